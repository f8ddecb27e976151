import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bracketedEmails, formatIdentity, noreplyAccount } from '../../src/provenance/identity.ts'

describe('the account in a noreply address', () => {
  test.each<[string, ReturnType<typeof noreplyAccount>]>([
    ['198982749+Copilot@users.noreply.github.com', { id: 198982749, login: 'copilot' }],
    [
      '158243242+devin-ai-integration[bot]@users.noreply.github.com',
      { id: 158243242, login: 'devin-ai-integration[bot]' },
    ],
    ['41898282+claude[bot]@Users.NoReply.GitHub.com', { id: 41898282, login: 'claude[bot]' }],
    ['copilot@users.noreply.github.com', { login: 'copilot' }],
    ['noreply+copilot@users.noreply.github.com', undefined],
    ['12+34+x@users.noreply.github.com', undefined],
    ['1234567890123456+x@users.noreply.github.com', undefined],
    ['+x@users.noreply.github.com', undefined],
    ['1+@users.noreply.github.com', undefined],
    ['dev@example.com', undefined],
    ['1+x@users.noreply.github.com.example.com', undefined],
    ['noreply@github.com', undefined],
    ['__proto__@users.noreply.github.com', { login: '__proto__' }],
    ['', undefined],
  ])('%s', (email, account) => {
    expect(noreplyAccount(email)).toEqual(account)
  })

  test('is the one that GitHub wrote there', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10 ** 12 }),
        fc.stringMatching(/^[A-Za-z0-9-]{1,39}(?:\[bot\])?$/),
        (id, login) => {
          expect(noreplyAccount(`${id}+${login}@users.noreply.github.com`)).toEqual({
            id,
            login: login.toLowerCase(),
          })
        },
      ),
    )
  })
})

describe('the addresses of a co-author line', () => {
  test.each<[string, string[]]>([
    ['Dev <dev@example.com>', ['dev@example.com']],
    ['A <A@Example.com>, B <b@example.com>', ['a@example.com', 'b@example.com']],
    ['Co-authored-by: Claude <noreply@anthropic.com>', ['noreply@anthropic.com']],
    ['Claude <noreplyanthropic.com>', ['noreplyanthropic.com']],
    ['openhands openhands@all-hands.dev', []],
    ['Claude Opus 4.8 (GitHub Copilot)', []],
    ['<<nested@example.com>>', ['nested@example.com']],
    ['Dev <two words@example.com>', []],
    ['Dev <unclosed@example.com', []],
    ['', []],
  ])('%s', (value, emails) => {
    expect(bracketedEmails(value)).toEqual(emails)
  })

  test('of a line of a million characters', () => {
    expect(bracketedEmails('<'.repeat(1_000_000))).toEqual([])
    expect(bracketedEmails(`<${'x'.repeat(1_000_000)}`)).toEqual([])
    expect(bracketedEmails('<a@b.c>'.repeat(100_000))).toHaveLength(100_000)
  })
})

test('an identity is written as git writes it', () => {
  expect(formatIdentity({ name: 'Dev', email: 'dev@example.com' })).toBe('Dev <dev@example.com>')
})
