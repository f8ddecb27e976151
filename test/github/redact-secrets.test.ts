import { inspect } from 'node:util'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { GitHubError } from '../../src/github/index.ts'
import { redactSecrets } from '../../src/github/redact-secrets.ts'
import { github, testClient } from '../support/github-client.ts'
import { forbidNetwork } from '../support/no-network.ts'

forbidNetwork()

/** Made up. The first and the last are the malicious inputs log-token-in-error and log-pem-in-error. */
const secrets: readonly (readonly [string, string])[] = [
  ['an installation token', 'ghs_0123456789abcdefghijklmnopqrstuvwxyz'],
  ['an installation token of 2026', 'ghs_1234_eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiIxIn0.c2ln-bmF0_dXJl'],
  ['a personal access token', 'ghp_0123456789abcdefghijklmnopqrstuvwxyz'],
  ["an app user's token", 'ghu_0123456789abcdefghijklmnopqrstuvwxyz'],
  ['a refresh token', 'ghr_0123456789abcdefghijklmnopqrstuvwxyz'],
  ['an OAuth token', 'gho_0123456789abcdefghijklmnopqrstuvwxyz'],
  ['a fine-grained token', 'github_pat_11AAAAAAA0abcdefghijkl_0123456789abcdef'],
  ['an old installation token', `v1.${'0123456789'.repeat(4)}`],
  ["an app's JSON Web Token", 'eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiIxIn0.c2lnbmF0dXJl'],
  ['a private key', '-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----'],
  ['a key on one line', '-----BEGIN EC PRIVATE KEY-----\\nMIIE\\n-----END EC PRIVATE KEY-----'],
  ['a key that is cut off', '-----BEGIN RSA PRIVATE KEY-----\nMIIE'],
]

test.each(secrets)('%s is redacted', (_, secret) => {
  expect(redactSecrets(secret)).toBe('[REDACTED]')
  expect(redactSecrets(`Bad credentials for ${secret}`)).toBe('Bad credentials for [REDACTED]')
})

test('what follows a whole key, and a second secret, are seen to', () => {
  const [, key = ''] = secrets.find(([name]) => name === 'a private key') ?? []
  expect(redactSecrets(`${key} and ${key}, ghs_a and ghp_b are wrong`)).toBe(
    '[REDACTED] and [REDACTED], [REDACTED] and [REDACTED] are wrong',
  )
})

test.each([
  'Not Found - https://docs.github.com/rest/pulls/pulls#list-commits-on-a-pull-request',
  'No commit found for SHA: 0123456789abcdef0123456789abcdef01234567',
  'Resource not accessible by integration',
  'high_level ghost_writer v1.2.3 -----BEGIN PUBLIC KEY-----',
])('%j stays as it is', (text) => {
  expect(redactSecrets(text)).toBe(text)
})

test('no secret is left, whatever stands around it', async () => {
  const around = fc.string({ unit: 'binary', maxLength: 40 }).map((text) => `${text} `)
  await fc.assert(
    fc.property(around, fc.constantFrom(...secrets), around, (before, [, secret], after) => {
      expect(redactSecrets(`${before}${secret} ${after}`)).not.toContain(secret)
    }),
  )
})

describe('an error', () => {
  test.each(secrets)('shows nothing of %s, also when it is logged in whole', async (_, secret) => {
    const { api } = testClient()
    github()
      .get('/user')
      .reply(401, { message: `Bad credentials for ${secret}`, errors: [{ code: secret }] })
    const error = await api.read('GET /user', {}, z.unknown()).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(GitHubError)
    const shown = inspect(error, { depth: Number.POSITIVE_INFINITY, showHidden: true })
    expect(shown).toContain('Bad credentials for [REDACTED]')
    expect(shown).not.toContain(secret.slice(-12))
  })

  test('keeps its causes, with what they say', () => {
    const reset = new Error('read ECONNRESET by ghs_a')
    const failed = new TypeError('fetch failed', { cause: reset })
    const error = new GitHubError('unavailable', 'no answer', { status: 502, cause: failed })
    expect(error).toMatchObject({ name: 'GitHubError', failure: 'unavailable', status: 502 })
    expect(error.cause).toMatchObject({
      name: 'TypeError',
      message: 'fetch failed',
      cause: { name: 'Error', message: 'read ECONNRESET by [REDACTED]' },
    })
  })

  test('takes anything that was thrown for a cause, and none', () => {
    expect(new GitHubError('refused', 'no', { cause: 'ghs_a' }).cause).toBe('[REDACTED]')
    expect('cause' in new GitHubError('refused', 'no')).toBe(false)
  })
})
