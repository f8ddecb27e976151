import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatRecord, parseRecord } from '../../src/delivery/index.ts'
import { aRecord } from '../support/a-record.ts'
import { anyRecord } from '../support/arbitrary-record.ts'
import { propertyRuns } from '../support/property-runs.ts'

test('a record that is written is read again', () => {
  fc.assert(
    fc.property(anyRecord(), (record) => {
      const line = formatRecord(record)
      expect(line).not.toContain('\n')
      expect(parseRecord(line)).toEqual({ record })
    }),
    { numRuns: propertyRuns(100) },
  )
})

test('nothing in a line acts on a terminal', () => {
  const label = 'a\u009b31m\u2028\u202e\u0007'
  const record = aRecord({ labels: [label] })
  const line = formatRecord(record)
  expect(line).toContain('a\\u009b31m\\u2028\\u202e\\u0007')
  expect(parseRecord(line)).toEqual({ record })
})

test('what a later version adds to a record is left out', () => {
  const record = aRecord()
  expect(parseRecord(JSON.stringify({ ...record, mood: 'good' }))).toEqual({ record })
})

test('which key a record was made with is read again', () => {
  const record = aRecord({ keyId: '0a1b2c3d' })
  expect(parseRecord(formatRecord(record))).toEqual({ record })
})

describe('what is no record', () => {
  const line = (differing: object) => JSON.stringify({ ...aRecord(), ...differing })

  test.each([
    ['', 'it is no JSON'],
    ['{"record":"pull-request"', 'it is no JSON'],
    ['null', 'it is no record: it has no field "record"'],
    ['{}', 'it is no record: it has no field "record"'],
    [line({ record: 'change' }), 'it is no record of a pull request or of a commit on a branch'],
    [
      line({ version: 2 }),
      'it is of version 2 of the format, and this reads version 1: use a newer what-shipped',
    ],
    [
      line({ version: 0 }),
      'it is of version 0 of the format, and this reads version 1: export it again',
    ],
    [
      line({ version: undefined }),
      'it is of no version of the format, and this reads version 1: export it again',
    ],
    [line({ number: -1 }), 'the field "number" should be at least 1'],
    [line({ number: 'one' }), 'the field "number" should be a number'],
    [line({ id: 1e20 }), 'the field "id" should be at most 9007199254740991'],
    [line({ number: undefined }), 'the field "number" is missing'],
    [line({ reviews: 'none' }), 'the field "reviews" should be a list'],
    [line({ labels: [7] }), 'the field "labels.0" should be a text'],
    [line({ openedAsDraft: 'no' }), 'the field "openedAsDraft" should be true or false'],
    [line({ base: null }), 'the field "base" should be an object'],
    [
      line({ size: { total: { files: 1.5, additions: 0, deletions: 0 }, counted: null } }),
      'the field "size.total.files" should be a whole number',
    ],
    [line({ state: 'lost' }), 'the field "state" should be "open", "closed" or "merged"'],
    [
      line({ author: { kind: 'robot' } }),
      'the field "author.kind" should be one of the kinds that docs/record.schema.json names',
    ],
    [line({ author: {} }), 'the field "author.kind" is missing'],
    [
      line({ createdAt: 'yesterday' }),
      'the field "createdAt" should be a time in UTC such as "2026-03-01T12:00:00Z"',
    ],
    [
      line({ state: undefined, number: 0 }),
      'the field "number" should be at least 1, and 1 more is wrong',
    ],
    [
      line({ commits: [{ ...aRecord().commits?.[0], sha: 'dev@example.com' }] }),
      'the field "commits.0.sha" should be lower-case hexadecimal digits, as many as docs/record.schema.json says',
    ],
  ])('%#', (text, problem) => {
    expect(parseRecord(text)).toEqual({ problem })
  })
})
