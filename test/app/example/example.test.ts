import { beforeAll, describe, expect, test } from 'vitest'
import { exampleAccounts } from '../../../src/app/example/example-accounts.ts'
import { loadExample } from '../../../src/app/example/load-example.ts'
import { type ExampleReports, makeExample } from '../../../src/app/example/make-example.ts'
import { exampleOwnRecords } from '../../../src/app/example/own-records.ts'
import { changeFacts } from '../../../src/delivery/index.ts'
import { assessChange, indexRegistry, shippedRegistry } from '../../../src/provenance/index.ts'
import type { Report } from '../../../src/report/index.ts'

const monday = Date.parse('2026-11-16T00:00:00Z')
const week = 7 * 86_400_000
let example: ExampleReports

beforeAll(async () => {
  example = await makeExample(monday)
}, 120_000)

function verdictsOf(reports: readonly Report[]): Set<string> {
  return new Set(reports.flatMap(({ comparisons }) => comparisons.map(({ verdict }) => verdict)))
}

describe('the example', () => {
  test.each([0, 5])(
    'has every answer that a comparison can give, %i weeks later too',
    async (weeks) => {
      const asOf = monday + weeks * week
      const { busy, quiet } = weeks === 0 ? example : await makeExample(asOf)
      const verdicts = verdictsOf([...busy, ...quiet])
      for (const verdict of [
        'lower',
        'leaning_lower',
        'similar',
        'no_clear_difference',
        'mixed',
        'too_few',
        'too_few_events',
        'hidden',
      ]) {
        expect(verdicts, verdict).toContain(verdict)
      }
      // The first look says something, and is of this week.
      expect(busy[0].comparisons[0]?.verdict).toBe('lower')
      expect(new Set(busy.map((report) => Date.parse(report.asOf)))).toEqual(new Set([asOf]))
      expect([...busy, ...quiet].every(({ scope }) => scope.synthetic)).toBe(true)
    },
    120_000,
  )

  test('has every state in which an account or a repository can be', async () => {
    const now = monday + 5 * 86_400_000
    const accounts = exampleAccounts(example, now)
    const repositories = accounts.flatMap((account) => account.repositories)
    const standings = new Set(repositories.map(({ standing }) => standing.kind))
    expect([...standings].sort()).toEqual(
      ['awaited', 'closed', 'empty', 'hidden', 'reading', 'shown', 'unreadable'].sort(),
    )
    expect(new Set(accounts.map(({ state }) => state))).toEqual(
      new Set(['open', 'closed', 'suspended']),
    )
    expect(accounts.every(({ synthetic }) => synthetic)).toBe(true)
    const due = repositories.flatMap(({ standing }) =>
      standing.kind === 'awaited' ? standing.due : [],
    )
    expect(due.every((time) => time > now)).toBe(true)
  }, 120_000)

  test('is the same when it is made in a thread', async () => {
    const now = monday + 1
    const library = await loadExample(now, new AbortController().signal)
    expect(library.viewer).toEqual({ kind: 'local' })
    const [account] = await library.accounts()
    const { busy } = example
    expect(await account?.standing({ kind: 'organisation' })).toEqual({
      kind: 'shown',
      report: busy[0],
      builtAt: now,
    })
  }, 120_000)

  test('is given up where nobody waits for it', async () => {
    const stop = new AbortController()
    const loading = loadExample(monday, stop.signal)
    stop.abort(new Error('nobody'))
    await expect(loading).rejects.toThrow('nobody')
    await expect(loadExample(monday, stop.signal)).rejects.toThrow('nobody')
  })
})

test('a person of the example has changes of their own, with and without AI recorded, the newest first', () => {
  const records = exampleOwnRecords(monday)
  expect(records).toHaveLength(30)
  expect(new Set(records.map(({ author }) => JSON.stringify(author))).size).toBe(1)
  const numbers = records.map(({ number }) => number)
  expect(numbers).toEqual(numbers.toSorted((one, other) => other - one))
  const marks = indexRegistry(shippedRegistry())
  const assistances = new Set(
    records.map((one) => assessChange(changeFacts(one), marks).assistance),
  )
  expect(assistances.size).toBeGreaterThan(1)
  expect(exampleOwnRecords(monday)).toEqual(records)
})
