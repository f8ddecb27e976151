import { createPrivateKey } from 'node:crypto'
import { resolve } from 'node:path'
import type { AppIdentity, ConfigurationProblem } from '../configuration.ts'
import type { WebhookSecrets } from '../ingress/index.ts'
import { attempt, type ConfigurationSource, type Report } from './configuration-source.ts'
import type { StoredCredentials } from './credentials-file.ts'
import type { Environment } from './environment-schema.ts'
import { secretAdvice, secretWeakness } from './secret-strength.ts'

/** The secrets that sign deliveries, where they are any good. */
export function readSecrets(
  environment: Environment,
  stored: StoredCredentials | undefined,
  report: Report,
): WebhookSecrets | null {
  const current = environment.WEBHOOK_SECRET ?? stored?.webhookSecret
  const old = environment.WEBHOOK_SECRET_OLD ?? null
  if (current === undefined) {
    report('WEBHOOK_SECRET', `is missing: deliveries could come from anybody; ${secretAdvice}`)
    return null
  }
  const checked = { WEBHOOK_SECRET: current, ...(old === null ? {} : { WEBHOOK_SECRET_OLD: old }) }
  for (const [name, value] of Object.entries(checked)) {
    const weakness = secretWeakness(value)
    if (weakness !== undefined) report(name, `${weakness}; ${secretAdvice}`)
  }
  return { current, old }
}

/** Number and key of the App, from the environment or from the set-up page's file. */
export function readIdentity(
  environment: Environment,
  stored: StoredCredentials | undefined,
  wrong: ReadonlySet<string>,
  source: ConfigurationSource,
  report: Report,
): AppIdentity | null {
  const appId = environment.APP_ID ?? stored?.appId
  if (appId === undefined && !wrong.has('APP_ID')) {
    report('APP_ID', "is missing: it is on the App's settings page on GitHub")
  }
  if ((environment.CLIENT_ID === undefined) !== (environment.CLIENT_SECRET === undefined)) {
    report('CLIENT_ID', 'and CLIENT_SECRET belong together: set both or neither')
  }
  const privateKey = stored?.privateKey ?? privateKeyText(environment, source, report)
  if (privateKey !== undefined && !isPrivateKey(privateKey)) {
    report(
      environment.PRIVATE_KEY === undefined ? 'PRIVATE_KEY_PATH' : 'PRIVATE_KEY',
      "is no RSA private key in PEM: download one on the App's settings page on GitHub",
    )
  }
  if (appId === undefined || privateKey === undefined) return null
  return {
    appId,
    privateKey,
    clientId: environment.CLIENT_ID ?? stored?.clientId ?? null,
    clientSecret: environment.CLIENT_SECRET ?? stored?.clientSecret ?? null,
  }
}

function privateKeyText(
  { PRIVATE_KEY, PRIVATE_KEY_PATH }: Environment,
  { directory, readFile }: ConfigurationSource,
  report: Report,
): string | undefined {
  if (PRIVATE_KEY !== undefined && PRIVATE_KEY_PATH !== undefined) {
    report('PRIVATE_KEY_PATH', 'is set beside PRIVATE_KEY: leave one of them out')
  }
  // Where a variable cannot hold a line's end, two characters stand for it.
  if (PRIVATE_KEY !== undefined) return PRIVATE_KEY.replaceAll('\\n', '\n')
  if (PRIVATE_KEY_PATH === undefined) {
    report('PRIVATE_KEY', 'is missing, and so is PRIVATE_KEY_PATH: set one of them')
    return undefined
  }
  const file = attempt(() => readFile(resolve(directory, PRIVATE_KEY_PATH)))
  if (file === undefined) report('PRIVATE_KEY_PATH', 'names a file that does not exist')
  else if (file === 'failed') report('PRIVATE_KEY_PATH', 'names a file that cannot be read')
  else return file.text
  return undefined
}

function isPrivateKey(text: string): boolean {
  const key = attempt(() => createPrivateKey(text))
  return key !== 'failed' && key.asymmetricKeyType === 'rsa'
}

/** A key that others can read is no reason not to start: some ways to hand over a secret give no choice. */
export function keyWarnings(
  { PRIVATE_KEY_PATH }: Environment,
  { directory, readFile }: ConfigurationSource,
): ConfigurationProblem[] {
  if (PRIVATE_KEY_PATH === undefined) return []
  const file = attempt(() => readFile(resolve(directory, PRIVATE_KEY_PATH)))
  if (file === undefined || file === 'failed' || !file.openToOthers) return []
  const message = 'names a file that other users of this machine can read: chmod 600 it'
  return [{ variable: 'PRIVATE_KEY_PATH', message }]
}

/** The process that reads what strangers send holds nothing that is worth stealing (SECURITY.md). */
export function forbidKey({ PRIVATE_KEY, PRIVATE_KEY_PATH }: Environment, report: Report): void {
  const name = PRIVATE_KEY === undefined ? 'PRIVATE_KEY_PATH' : 'PRIVATE_KEY'
  if (PRIVATE_KEY === undefined && PRIVATE_KEY_PATH === undefined) return
  report(name, 'is not for a process that only takes deliveries: leave it out where ROLES=ingress')
}
