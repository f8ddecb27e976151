import { resolve } from 'node:path'
import type { StoreLocation } from '../../store/index.ts'
import { sessionKeyOf } from '../access/session-key.ts'
import type { Configuration, ConfigurationProblem } from '../configuration.ts'
import { attempt, type ConfigurationSource, type Report } from './configuration-source.ts'
import { credentialsFile, readCredentials, type StoredCredentials } from './credentials-file.ts'
import { type Environment, EnvironmentSchema } from './environment-schema.ts'
import { githubAddress } from './github-address.ts'
import { forbidKey, keyWarnings, readIdentity, readSecrets } from './read-credentials.ts'
import { variables } from './variables.ts'

export type ParsedConfiguration =
  | {
      readonly configuration: Configuration
      readonly problems: readonly []
      /** What works, and should still be changed. */
      readonly warnings: readonly ConfigurationProblem[]
    }
  | {
      readonly configuration: undefined
      readonly problems: readonly ConfigurationProblem[]
      readonly warnings: readonly []
    }

const credentialNames = [
  'APP_ID',
  'PRIVATE_KEY',
  'PRIVATE_KEY_PATH',
  'WEBHOOK_SECRET',
  'WEBHOOK_SECRET_OLD',
  'CLIENT_ID',
  'CLIENT_SECRET',
] as const satisfies readonly (keyof Environment)[]

/** Reads the configuration, and finds everything that is wrong with it at once. A variable that is empty is not set. */
export function parseConfiguration(source: ConfigurationSource): ParsedConfiguration {
  const given = setVariables(source.environment)
  const parsed = EnvironmentSchema.safeParse(given)
  const problems: ConfigurationProblem[] = []
  const report: Report = (variable, message) => {
    problems.push({ variable, message })
  }
  for (const { path, message } of parsed.error?.issues ?? []) report(String(path[0]), message)
  // What is wrong by itself is left out, so that the rest can be checked too.
  const wrong = new Set(problems.map(({ variable }) => variable))
  const rest = Object.fromEntries(Object.entries(given).filter(([name]) => !wrong.has(name)))
  const environment = parsed.data ?? EnvironmentSchema.parse(rest)

  const store = storeLocation(environment, source.directory, report)
  const inEnvironment = credentialNames.some((name) => given[name] !== undefined)
  const stored = inEnvironment ? undefined : storedCredentials(store, source, report)
  const connected = inEnvironment || stored !== undefined
  const roles = new Set(environment.ROLES)
  const webhookSecrets =
    connected && roles.has('ingress') ? readSecrets(environment, stored, report) : null
  const identity =
    connected && roles.has('worker')
      ? readIdentity(environment, stored, wrong, source, report)
      : null
  if (inEnvironment && !roles.has('worker')) forbidKey(environment, report)
  if (store.engine === 'sqlite' && roles.size < 2) {
    report('ROLES', 'can be split only with DATABASE_URL: one process has the embedded database')
  }
  if (problems.length > 0) return { configuration: undefined, problems, warnings: [] }
  const publicUrl = environment.PUBLIC_URL?.origin ?? stored?.publicUrl ?? null
  return {
    problems: [],
    warnings: identity === null ? [] : keyWarnings(environment, source),
    configuration: {
      connected,
      credentialsFile: stored === undefined ? null : (credentialsFile(store) ?? null),
      webhookSecrets,
      identity,
      signIn: signInSettings(identity, publicUrl, environment),
      github: githubAddress(environment.GITHUB_API_URL),
      publicUrl,
      store,
      host: environment.HOST,
      port: environment.PORT,
      metricsToken: environment.METRICS_TOKEN ?? null,
      backfillWeeks: environment.BACKFILL_WEEKS,
      retentionDays: environment.RETENTION_DAYS,
      logLevel: environment.LOG_LEVEL,
    },
  }
}

/** Null where a part is missing, and in a process without a key: what signs people in is worth stealing too. */
function signInSettings(
  identity: Configuration['identity'],
  publicUrl: string | null,
  { SESSION_KEY }: Environment,
): Configuration['signIn'] {
  const { clientId = null, clientSecret = null } = identity ?? {}
  if (clientId === null || clientSecret === null || publicUrl === null) return null
  const sessionKey = sessionKeyOf({ sessionKey: SESSION_KEY ?? null, clientSecret })
  return { clientId, clientSecret, sessionKey, publicUrl }
}

function setVariables(environment: ConfigurationSource['environment']): Record<string, string> {
  return Object.fromEntries(
    variables.flatMap(({ name }) => {
      const value = environment[name]
      return value === undefined || value.trim() === '' ? [] : [[name, value.trim()]]
    }),
  )
}

function storeLocation(
  { DATABASE_URL, MIGRATION_DATABASE_URL, DATABASE_FILE, DATABASE_CONNECTIONS }: Environment,
  directory: string,
  report: Report,
): StoreLocation {
  if (DATABASE_URL !== undefined) {
    if (DATABASE_FILE !== undefined) {
      report('DATABASE_FILE', 'is set beside DATABASE_URL: leave one of them out')
    }
    return {
      engine: 'postgres',
      url: DATABASE_URL,
      ...(MIGRATION_DATABASE_URL === undefined ? {} : { migrationUrl: MIGRATION_DATABASE_URL }),
      connections: DATABASE_CONNECTIONS,
    }
  }
  if (MIGRATION_DATABASE_URL !== undefined) {
    report('MIGRATION_DATABASE_URL', 'is of no use without DATABASE_URL')
  }
  return { engine: 'sqlite', file: resolve(directory, DATABASE_FILE ?? 'data/what-shipped.sqlite') }
}

function storedCredentials(
  store: StoreLocation,
  { readFile }: ConfigurationSource,
  report: Report,
): StoredCredentials | undefined {
  const path = credentialsFile(store)
  if (path === undefined) return undefined
  const file = attempt(() => readFile(path))
  if (file === 'failed') report(path, 'cannot be read by this user')
  if (file === undefined || file === 'failed') return undefined
  if (file.openToOthers) report(path, 'can be read by others on this machine: chmod 600 it')
  const credentials = readCredentials(file.text)
  if (credentials === undefined) {
    report(path, 'is not what the set-up page wrote: set APP_ID and the others, or delete the file')
  }
  return credentials
}
