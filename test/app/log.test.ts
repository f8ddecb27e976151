import { describe, expect, test } from 'vitest'
import { describeError } from '../../src/app/describe-error.ts'
import { createLog, type LogFields } from '../../src/app/log.ts'
import { GitHubError } from '../../src/github/index.ts'
import { maliciousTexts } from '../support/malicious-inputs.ts'

const now = () => Date.UTC(2026, 10, 23, 9)

/** What is written for one line. */
function written(fields: LogFields, level: 'debug' | 'info' = 'info'): string {
  const lines: string[] = []
  const log = createLog({ level, now, destination: { write: (line) => lines.push(line) } })
  log.info('tried', fields)
  return lines.join('')
}

// What a caller gets past the types, as data from outside does.
function untyped(fields: Record<string, unknown>): LogFields {
  return JSON.parse(JSON.stringify(fields))
}

test('a line is JSON, with its time and its event', () => {
  expect(JSON.parse(written({ tenant: 21, tries: 2, webhook: 'pull_request' }))).toEqual({
    level: 'info',
    time: '2026-11-23T09:00:00.000Z',
    message: 'tried',
    tenant: 21,
    tries: 2,
    webhook: 'pull_request',
  })
})

test('a field that is not in the list is left out', () => {
  const line = written(untyped({ payload: { title: 'Secret plan' }, tries: 1 }))
  expect(JSON.parse(line)).not.toHaveProperty('payload')
  expect(line).not.toContain('Secret plan')
})

test.each([
  ['a sentence', { reason: 'Fix the login page' }],
  ['an e-mail address', { reason: 'someone@example.com' }],
  ['a path with an owner', { outcome: 'acme/widgets' }],
  ['two lines', { kind: 'a\nb' }],
  ['an object', { outcome: { title: 'x' } }],
  ['a text for a number', { tenant: 'acme' }],
  ['a text that is too long', { reason: 'a'.repeat(65) }],
])('%s is withheld', (_, fields) => {
  const line = JSON.parse(written(untyped(fields)))
  expect(Object.values(line)).toContain('[withheld]')
})

test('hostile texts do not get in by any field', () => {
  for (const { text, name } of maliciousTexts) {
    if (/^[\w.:,[\]-]{1,64}$/.test(text)) continue
    const line = written(untyped({ reason: text, outcome: text, kind: text, delivery: text }))
    expect(line.split('\n'), name).toHaveLength(2)
    expect(Object.values(JSON.parse(line)), name).not.toContain(text)
  }
})

test('what looks like a token or a key is taken out of the finished line', () => {
  const token = ['ghs', 'abcdefghijklmnopqrstuvwxyz0123456789'].join('_')
  expect(written({ reason: token })).not.toContain(token)
  const line = JSON.parse(written({ reason: token, tries: 1 }))
  expect(line).toMatchObject({ reason: '[REDACTED]', tries: 1 })
  const begin = ['-----BEGIN RSA PRIVATE', 'KEY-----'].join(' ')
  const lines: string[] = []
  const log = createLog({ level: 'info', now, destination: { write: (one) => lines.push(one) } })
  log.info(`${begin} MIIE`)
  expect(JSON.parse(lines.join(''))).toMatchObject({ message: '[REDACTED]' })
})

test('below its level nothing is written', () => {
  const lines: string[] = []
  const log = createLog({ level: 'warn', now, destination: { write: (line) => lines.push(line) } })
  log.debug('one')
  log.info('two')
  expect(lines).toEqual([])
})

describe('an error', () => {
  test('is told without its message', () => {
    const error = new SyntaxError('Unexpected token \'S\', "Secret plan" is not valid JSON')
    expect(JSON.stringify(describeError(error))).not.toContain('Secret')
    expect(describeError(error)).toMatchObject({ name: 'SyntaxError' })
  })

  test('tells its code, its status, where it came from and its cause', () => {
    const cause = Object.assign(new Error('secret'), { code: 'ECONNREFUSED' })
    const error = new GitHubError('permission', 'GET /repos/acme/widgets', { status: 403, cause })
    const described = describeError(error)
    expect(described).toMatchObject({
      name: 'GitHubError',
      code: 'permission',
      status: 403,
      cause: { name: 'Error' },
    })
    expect(JSON.stringify(described)).not.toMatch(/acme|secret/)
  })

  test('of ours names the file and the line', () => {
    const log = createLog({ level: 'info', now, destination: { write: () => {} } })
    let thrown: unknown
    try {
      // A field whose reading fails, inside our own code.
      log.info('x', {
        get error() {
          throw new Error('secret')
        },
      })
    } catch (error) {
      thrown = error
    }
    expect(describeError(thrown).at?.[0]).toMatch(/^src\/app\/log\.ts:\d+$/)
  })

  test.each([
    ['a text', 'secret', { name: 'string' }],
    ['nothing', undefined, { name: 'undefined' }],
  ])('that is %s is told by its type', (_, thrown, described) => {
    expect(describeError(thrown)).toEqual(described)
  })

  test('that causes itself ends', () => {
    const error = new Error('round')
    error.cause = error
    expect(JSON.stringify(describeError(error)).length).toBeLessThan(2_000)
  })
})
