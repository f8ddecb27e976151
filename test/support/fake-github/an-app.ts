import { createSign, generateKeyPairSync } from 'node:crypto'
import type { App, Installation } from './app-state.ts'
import { anAccount, minute } from './builders.ts'
import { idOf } from './hash.ts'
import type { Account } from './state.ts'

/** A key pair takes some tenths of a second: one for all tests of a process. */
let keys: { readonly publicKey: string; readonly privateKey: string } | undefined

function keyPair() {
  keys ??= generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    // As GitHub gives it: PKCS#1.
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  })
  return keys
}

/** What this App subscribes to where its owner granted all that can be granted. */
const events = [
  'pull_request',
  'pull_request_review',
  'pull_request_review_comment',
  'pull_request_review_thread',
  'check_run',
  'check_suite',
  'merge_group',
  'push',
  'repository',
  'organization',
  'member',
  'membership',
  'team',
]

const permissions = {
  metadata: 'read',
  pull_requests: 'read',
  checks: 'write',
  members: 'read',
} as const satisfies App['permissions']

/** An App with the permissions that this one asks for by default. */
export function anApp(init: Partial<App> = {}): App {
  const slug = init.slug ?? 'what-shipped'
  return {
    id: (idOf(`app ${slug}`) % 900_000) + 100_000,
    slug,
    name: 'What Shipped',
    owner: anAccount('acme', { type: 'Organization' }),
    clientId: 'Iv23lifakeclientid00',
    clientSecret: 'fake-client-secret-of-forty-characters00',
    webhookSecret: 'fake-webhook-secret-of-forty-characters0',
    hookUrl: null,
    permissions: { ...permissions },
    events: [...events],
    deliveries: [],
    ...keyPair(),
    ...init,
  }
}

/** An installation on all repositories of an account, with all that the App asks for. */
export function anInstallation(
  app: App,
  account: Account,
  init: Partial<Installation> = {},
): Installation {
  return {
    id: (idOf(`installation ${app.id} ${account.id}`) % 90_000_000) + 10_000_000,
    appId: app.id,
    account,
    repositories: 'all',
    permissions: { ...app.permissions },
    suspendedAt: null,
    addressRefused: false,
    createdAt: minute(0),
    ...init,
  }
}

/** The token that an App signs for itself. `at`: milliseconds since the epoch. */
export function signAs({ id, privateKey }: App, at: number): string {
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url')
  const seconds = Math.floor(at / 1_000)
  const claims = { iss: String(id), iat: seconds - 60, exp: seconds + 540 }
  const signed = `${encode({ alg: 'RS256', typ: 'JWT' })}.${encode(claims)}`
  return `${signed}.${createSign('RSA-SHA256').update(signed).sign(privateKey, 'base64url')}`
}
