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
    [line({ number: -1 }), 'the field "number" is wrong (Too small: expected number to be >0)'],
    [
      line({ merge: { at: 'yesterday' }, state: undefined }),
      /^the field "state" is wrong \(.*, and \d+ more\)$/,
    ],
    [
      line({ commits: [{ ...aRecord().commits?.[0], sha: 'dev@example.com' }] }),
      /^the field "commits\.0\.sha" is wrong \(Invalid string: must match pattern [^@]*\)$/,
    ],
  ])('%#', (text, problem) => {
    const parsed = parseRecord(text)
    expect(parsed).toEqual({
      problem: typeof problem === 'string' ? problem : expect.stringMatching(problem),
    })
  })
})
