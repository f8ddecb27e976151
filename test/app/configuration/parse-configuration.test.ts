import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { writeCredentials } from '../../../src/app/configuration/credentials-file.ts'
import { explainConfiguration } from '../../../src/app/configuration/explain-configuration.ts'
import { parseConfiguration } from '../../../src/app/configuration/parse-configuration.ts'
import { variables } from '../../../src/app/configuration/variables.ts'
import type { Configuration } from '../../../src/app/configuration.ts'
import { oldSecret, secret } from '../../support/webhook.ts'

const pem = (type: 'rsa' | 'ed25519') => {
  const encoding = { type: 'pkcs8', format: 'pem' } as const
  return type === 'rsa'
    ? generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export(encoding).toString()
    : generateKeyPairSync('ed25519').privateKey.export(encoding).toString()
}
const privateKey = pem('rsa')
const sessionKey = randomBytes(32).toString('base64')
const credentials = { APP_ID: '7', PRIVATE_KEY: privateKey, WEBHOOK_SECRET: secret }

type Files = Readonly<Record<string, { text: string; openToOthers: boolean }>>

function parse(environment: Record<string, string>, files: Files = {}) {
  return parseConfiguration({ environment, directory: '/app', readFile: (path) => files[path] })
}

function accepted(environment: Record<string, string>, files: Files = {}): Configuration {
  const { configuration, problems } = parse(environment, files)
  expect(problems).toEqual([])
  if (configuration === undefined) throw new Error('refused without a reason')
  return configuration
}

/** The variables that something is wrong with. */
function wrong(environment: Record<string, string>, files: Files = {}): string[] {
  return parse(environment, files).problems.map(({ variable }) => variable)
}

test('nothing set: not connected, embedded, on loopback', () => {
  expect(accepted({})).toEqual({
    connected: false,
    credentialsFile: null,
    webhookSecrets: null,
    identity: null,
    signIn: null,
    github: { apiUrl: 'https://api.github.com', webUrl: 'https://github.com' },
    publicUrl: null,
    store: { engine: 'sqlite', file: '/app/data/what-shipped.sqlite' },
    host: '127.0.0.1',
    port: 3000,
    metricsToken: null,
    backfillWeeks: 26,
    retentionDays: 400,
    logLevel: 'info',
  })
})

test('everything set', () => {
  const configuration = accepted({
    ...credentials,
    WEBHOOK_SECRET_OLD: oldSecret,
    CLIENT_ID: 'Iv1.abc',
    CLIENT_SECRET: 'client',
    SESSION_KEY: sessionKey,
    DATABASE_URL: 'postgres://app:pw@db:5432/shipped',
    MIGRATION_DATABASE_URL: 'postgres://owner:pw@db:5432/shipped',
    DATABASE_CONNECTIONS: '20',
    PORT: '8080',
    HOST: '0.0.0.0',
    PUBLIC_URL: 'https://shipped.example.com/',
    GITHUB_API_URL: 'https://github.example.com/api/v3/',
    METRICS_TOKEN: 'a token of twenty letters',
    BACKFILL_WEEKS: '52',
    RETENTION_DAYS: '800',
    LOG_LEVEL: 'debug',
  })
  expect(configuration).toEqual({
    connected: true,
    credentialsFile: null,
    webhookSecrets: { current: secret, old: oldSecret },
    identity: {
      appId: 7,
      privateKey: privateKey.trim(),
      clientId: 'Iv1.abc',
      clientSecret: 'client',
    },
    signIn: {
      clientId: 'Iv1.abc',
      clientSecret: 'client',
      sessionKey: Buffer.from(sessionKey, 'base64'),
      publicUrl: 'https://shipped.example.com',
    },
    github: {
      apiUrl: 'https://github.example.com/api/v3',
      webUrl: 'https://github.example.com',
    },
    publicUrl: 'https://shipped.example.com',
    store: {
      engine: 'postgres',
      url: 'postgres://app:pw@db:5432/shipped',
      migrationUrl: 'postgres://owner:pw@db:5432/shipped',
      connections: 20,
    },
    host: '0.0.0.0',
    port: 8080,
    metricsToken: 'a token of twenty letters',
    backfillWeeks: 52,
    retentionDays: 800,
    logLevel: 'debug',
  })
})

describe('signing in', () => {
  const { APP_ID, PRIVATE_KEY, WEBHOOK_SECRET } = credentials
  const client = { CLIENT_ID: 'Iv1.abc', CLIENT_SECRET: 'client' }
  const PUBLIC_URL = 'https://shipped.example.com'
  const worker = { APP_ID, PRIVATE_KEY, ...client, PUBLIC_URL }

  test('takes the client and the address, and makes its key of the secret', () => {
    const one = accepted({ ...worker, WEBHOOK_SECRET }).signIn
    expect(one?.sessionKey).toHaveLength(32)
    expect(accepted({ ...worker, WEBHOOK_SECRET }).signIn).toEqual(one)
    const other = accepted({ ...worker, WEBHOOK_SECRET, CLIENT_SECRET: 'another' }).signIn
    expect(other?.sessionKey).not.toEqual(one?.sessionKey)
  })

  test.each([
    ['the client', { ...credentials, PUBLIC_URL }],
    ['the address', { ...credentials, ...client }],
  ])('is off without %s', (_, environment) => {
    expect(accepted(environment).signIn).toBeNull()
  })

  test('is off in a process that only takes deliveries: what signs people in is worth stealing', () => {
    const database = { DATABASE_URL: 'postgres://app:pw@db:5432/shipped' }
    const environment = { ...database, ...client, PUBLIC_URL, ROLES: 'ingress', WEBHOOK_SECRET }
    expect(accepted(environment).signIn).toBeNull()
  })

  test.each([
    ['too short', Buffer.alloc(31, 'x').toString('base64')],
    ['no base64', 'x'.repeat(44)],
    ['all one byte', Buffer.alloc(32).toString('base64')],
  ])('a key that is %s is refused, and not shown', (_, SESSION_KEY) => {
    const environment = { ...credentials, ...client, PUBLIC_URL, SESSION_KEY }
    const { problems } = parse(environment)
    expect(problems.map(({ variable }) => variable)).toEqual(['SESSION_KEY'])
    expect(JSON.stringify(problems)).not.toContain(SESSION_KEY)
  })
})

test('an empty variable is not set', () => {
  const empty = Object.fromEntries(variables.map(({ name }) => [name, ' ']))
  expect(accepted(empty)).toEqual(accepted({}))
})

test('everything that is wrong is told at once', () => {
  const problems = wrong({
    APP_ID: 'seven',
    WEBHOOK_SECRET: 'development',
    CLIENT_ID: 'Iv1.abc',
    DATABASE_URL: 'mysql://db',
    MIGRATION_DATABASE_URL: 'postgres://db/shipped',
    PORT: '99999',
    HOST: 'not a host',
    PUBLIC_URL: 'http://shipped.example.com',
    GITHUB_API_URL: 'ftp://github.example.com',
    METRICS_TOKEN: 'short',
    BACKFILL_WEEKS: '0',
    RETENTION_DAYS: '30',
    LOG_LEVEL: 'loud',
    ROLES: 'everything',
  })
  expect(problems.sort()).toEqual([
    'APP_ID',
    'BACKFILL_WEEKS',
    'CLIENT_ID',
    'DATABASE_URL',
    'GITHUB_API_URL',
    'HOST',
    'LOG_LEVEL',
    'METRICS_TOKEN',
    'MIGRATION_DATABASE_URL',
    'PORT',
    'PRIVATE_KEY',
    'PUBLIC_URL',
    'RETENTION_DAYS',
    'ROLES',
    'WEBHOOK_SECRET',
  ])
})

describe('I7: the webhook secret', () => {
  test.each([
    ['is missing', undefined],
    ['is the one that Probot takes by itself', 'development'],
    ['is short', secret.slice(0, 31)],
    ['is long and well known', 'development-development-development'],
    ['is an example', 'your-webhook-secret-goes-here-please'],
    ["is GitHub's example, twice", "It's a Secret to EverybodyIt's a Secret to Everybody"],
    ['repeats itself', 'abababababababababababababababababab'],
    ['counts', '01234567890123456789012345678901'],
  ])('that %s is refused', (_, weak) => {
    const { WEBHOOK_SECRET: __, ...rest } = credentials
    const given = weak === undefined ? rest : { ...rest, WEBHOOK_SECRET: weak }
    const { problems } = parse(given)
    expect(problems.map(({ variable }) => variable)).toEqual(['WEBHOOK_SECRET'])
    expect(problems[0]?.message).toContain('randomBytes(32)')
    if (weak !== undefined) expect(problems[0]?.message).not.toContain(weak)
  })

  test('before it is held to the same', () => {
    expect(wrong({ ...credentials, WEBHOOK_SECRET_OLD: 'development' })).toEqual([
      'WEBHOOK_SECRET_OLD',
    ])
  })

  test('that was drawn at random passes', () => {
    for (let drawn = 0; drawn < 200; drawn += 1) {
      const WEBHOOK_SECRET = Buffer.from(
        Uint8Array.from(
          { length: 32 },
          (_, index) => (drawn * 131 + index * 89 + index ** 3) % 256,
        ),
      ).toString('hex')
      expect(wrong({ ...credentials, WEBHOOK_SECRET })).toEqual([])
    }
  })
})

describe('the private key', () => {
  const { PRIVATE_KEY: _, ...rest } = credentials

  test('may stand on one line', () => {
    const line = privateKey.trim().replaceAll('\n', '\\n')
    expect(accepted({ ...rest, PRIVATE_KEY: line }).identity?.privateKey).toBe(privateKey.trim())
  })

  test('may be in a file', () => {
    const files = { '/app/keys/app.pem': { text: privateKey, openToOthers: false } }
    const environment = { ...rest, PRIVATE_KEY_PATH: 'keys/app.pem' }
    expect(accepted(environment, files).identity?.privateKey).toBe(privateKey)
  })

  test.each([
    ['no key', { PRIVATE_KEY: 'secret-but-no-key' }, 'PRIVATE_KEY'],
    ['a key of another kind', { PRIVATE_KEY: pem('ed25519') }, 'PRIVATE_KEY'],
    ['a key that broke off', { PRIVATE_KEY: privateKey.slice(0, 400) }, 'PRIVATE_KEY'],
    ['a file that is not there', { PRIVATE_KEY_PATH: 'none.pem' }, 'PRIVATE_KEY_PATH'],
    ['both', { PRIVATE_KEY: privateKey, PRIVATE_KEY_PATH: 'none.pem' }, 'PRIVATE_KEY_PATH'],
    ['neither', {}, 'PRIVATE_KEY'],
  ])('%s is refused, without a word of it', (_case, given, variable) => {
    const { problems } = parse({ ...rest, ...given })
    expect(problems.map((one) => one.variable)).toEqual([variable])
    expect(problems[0]?.message).not.toMatch(/BEGIN|secret-but/)
  })

  test('in a file that others can read is taken, and told of in one line', () => {
    const { PRIVATE_KEY: _, ...others } = credentials
    const environment = { ...others, PRIVATE_KEY_PATH: 'keys/app.pem' }
    const parsed = (openToOthers: boolean) =>
      parse(environment, { '/app/keys/app.pem': { text: privateKey, openToOthers } })
    expect(parsed(false).warnings).toEqual([])
    const { configuration, problems, warnings } = parsed(true)
    expect(configuration?.identity?.appId).toBe(7)
    const told = explainConfiguration(environment, configuration, problems, warnings)
    expect(told.trimEnd().split('\n').at(-1)).toBe(
      'Warning: PRIVATE_KEY_PATH names a file that other users of this machine can read: chmod 600 it',
    )
  })

  test('in a file that cannot be read is refused', () => {
    const { problems } = parseConfiguration({
      environment: { ...rest, PRIVATE_KEY_PATH: 'app.pem' },
      directory: '/app',
      readFile: (path) => {
        if (path.endsWith('.pem')) throw new Error('EACCES')
        return undefined
      },
    })
    expect(problems).toEqual([
      { variable: 'PRIVATE_KEY_PATH', message: 'names a file that cannot be read' },
    ])
  })
})

describe('roles', () => {
  const database = { DATABASE_URL: 'postgres://db/shipped' }

  test('a process that takes deliveries has no key', () => {
    const configuration = accepted({ ...database, ROLES: 'ingress', WEBHOOK_SECRET: secret })
    expect(configuration.identity).toBeNull()
    expect(configuration.webhookSecrets).toEqual({ current: secret, old: null })
    expect(wrong({ ...database, ...credentials, ROLES: 'ingress' })).toEqual(['PRIVATE_KEY'])
  })

  test('a process that works has no secret', () => {
    const { WEBHOOK_SECRET: _, ...rest } = credentials
    const configuration = accepted({ ...database, ...rest, ROLES: 'worker' })
    expect(configuration.identity?.appId).toBe(7)
    expect(configuration.webhookSecrets).toBeNull()
  })

  test('both is what there is with the embedded database', () => {
    expect(wrong({ ...credentials, ROLES: 'worker' })).toEqual(['ROLES'])
    expect(accepted({ ...credentials, ROLES: 'worker, ingress' }).connected).toBe(true)
  })
})

test.each([
  ['https://api.github.com', 'https://github.com'],
  ['https://api.acme.ghe.com', 'https://acme.ghe.com'],
  ['https://github.acme.example/api/v3', 'https://github.acme.example'],
  ['http://127.0.0.1:4010', 'http://127.0.0.1:4010'],
])('GitHub with its API at %s has its pages at %s', (GITHUB_API_URL, webUrl) => {
  expect(accepted({ GITHUB_API_URL }).github).toEqual({ apiUrl: GITHUB_API_URL, webUrl })
})

test.each([
  'http://api.github.com',
  'https://user:pw@api.github.com',
  'https://api.github.com?x=1',
  'api.github.com',
])('%s is no address of GitHub', (GITHUB_API_URL) => {
  expect(wrong({ GITHUB_API_URL })).toEqual(['GITHUB_API_URL'])
})

describe('the file of the set-up page', () => {
  const path = '/app/data/app-credentials.json'
  const text = writeCredentials({
    appId: 9,
    privateKey,
    webhookSecret: secret,
    clientId: 'Iv1.file',
    clientSecret: 'client',
    publicUrl: 'https://shipped.example.com',
  })

  test('is read where the environment has no credentials', () => {
    expect(accepted({}, { [path]: { text, openToOthers: false } })).toMatchObject({
      connected: true,
      credentialsFile: path,
      identity: { appId: 9, clientId: 'Iv1.file' },
      webhookSecrets: { current: secret, old: null },
      publicUrl: 'https://shipped.example.com',
    })
  })

  test('is not looked at where it has some', () => {
    const files = { [path]: { text, openToOthers: true } }
    expect(accepted(credentials, files).identity?.appId).toBe(7)
    expect(wrong({ APP_ID: '7' }, files).sort()).toEqual(['PRIVATE_KEY', 'WEBHOOK_SECRET'])
  })

  test('lies beside the database, and nowhere with PostgreSQL', () => {
    const elsewhere = { '/var/shipped/app-credentials.json': { text, openToOthers: false } }
    expect(accepted({ DATABASE_FILE: '/var/shipped/x.sqlite' }, elsewhere).connected).toBe(true)
    const database = { DATABASE_URL: 'postgres://db/shipped' }
    expect(accepted(database, { [path]: { text, openToOthers: false } }).connected).toBe(false)
  })

  test.each([
    ['others can read it', { text, openToOthers: true }],
    ['it broke off', { text: text.slice(0, 50), openToOthers: false }],
    ['it is something else', { text: '{}', openToOthers: false }],
  ])('is refused where %s', (_, file) => {
    expect(wrong({}, { [path]: file })).toEqual([path])
  })
})

describe('--check', () => {
  const explain = (environment: Record<string, string>) => {
    const { configuration, problems } = parse(environment)
    return explainConfiguration(environment, configuration, problems)
  }

  test('names every setting, and never the value of a secret', () => {
    const secrets = {
      ...credentials,
      CLIENT_ID: 'Iv1.abc',
      CLIENT_SECRET: 'canary-client',
      WEBHOOK_SECRET_OLD: oldSecret,
      DATABASE_URL: 'postgres://app:canary-password@db/shipped',
      MIGRATION_DATABASE_URL: 'postgres://owner:canary-password@db/shipped',
      METRICS_TOKEN: 'canary-token-of-twenty',
    }
    const text = explain(secrets)
    for (const { name } of variables) expect(text).toMatch(new RegExp(`^${name} `, 'm'))
    for (const value of ['canary', secret, oldSecret, 'BEGIN']) expect(text).not.toContain(value)
    expect(text).toContain(
      'Would start on 127.0.0.1, port 3000, and take deliveries and work as App 7.',
    )
  })

  test('says what is wrong', () => {
    const text = explain({ APP_ID: '7' })
    expect(text).toContain('Would not start. 2 things are wrong:')
    expect(text).toContain('- WEBHOOK_SECRET is missing')
    expect(text).toContain('- PRIVATE_KEY is missing')
  })

  test('says where to go before there are credentials', () => {
    expect(explain({ PORT: '8080' })).toContain('connects it to GitHub, at port 8080')
  })

  test('writes nothing that moves a cursor', () => {
    expect(explain({ CLIENT_ID: 'a\u001b[2J\u0007b' })).not.toMatch(/[^\P{Cc}\n]/u)
  })
})
