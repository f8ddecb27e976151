import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { LoadedRecords, type Threads } from '../../src/cli/load-table.ts'
import { openRecordsFile } from '../../src/cli/records-file.ts'
import { tableFromRecords } from '../../src/comparison/index.ts'
import { formatRecord, syntheticOrganisation } from '../../src/delivery/index.ts'
import { indexRegistry, shippedRegistry } from '../../src/provenance/index.ts'
import { temporaryDirectory } from '../support/git-repository.ts'

const asOf = Date.parse('2026-11-16T00:00:00Z')
const week = 7 * 86_400_000
const marks = indexRegistry(shippedRegistry())
const records = [
  ...syntheticOrganisation({
    seed: 11,
    asOf: '2026-11-16T00:00:00Z',
    people: 20,
    repositories: 3,
    changesPerWeek: 15,
    weeks: 30,
    revertRisk: 0.1,
  }),
]
const lines = records.map(formatRecord)

async function load(text: readonly string[], threads?: Threads, as = asOf) {
  const path = join(temporaryDirectory(), 'records.ndjson')
  writeFileSync(path, text.map((line) => `${line}\n`).join(''))
  const file = await openRecordsFile(path)
  const bad: number[] = []
  let done = 0
  const listener = {
    onBadLine: (number: number) => bad.push(number),
    onProgress: (bytes: number) => {
      done = Math.max(done, bytes)
    },
  }
  const loaded = await LoadedRecords.read(file, listener, threads)
  try {
    const { pullRequests, firstTime, lastReading } = loaded.summary
    const table = await loaded.table(as)
    return { table, summary: { pullRequests, firstTime, lastReading }, bad, done }
  } finally {
    await loaded.close()
    await file.close()
  }
}

const inThreads: Threads = { most: 3, partSize: 1_000 }

describe('LoadedRecords', () => {
  test('links only those that reverts concern, and gives the same table as all of them', async () => {
    const { table, bad } = await load(lines)
    expect(table).toEqual(tableFromRecords(records, { marks, asOf }))
    expect(table.revertedAt.filter((time) => !Number.isNaN(time)).length).toBeGreaterThan(10)
    expect(bad).toEqual([])
  })

  test('of several threads is the same as of one', async () => {
    const { table, summary } = await load(lines, inThreads)
    const alone = await load(lines)
    expect(table).toEqual(alone.table)
    expect(summary).toEqual(alone.summary)
  })

  test('counts bad and blank lines over all parts', async () => {
    const [half, end] = [Math.floor(lines.length / 2), lines.length]
    const broken = [...lines.slice(0, half), '', 'nothing', ...lines.slice(half), '{}']
    const { table, bad } = await load(broken, inThreads)
    expect(bad).toEqual([half + 2, end + 3])
    expect(table).toEqual(tableFromRecords(records, { marks, asOf }))
  })

  test('takes several records of a pull request for one, in whatever part they are', async () => {
    const repeated = [...lines, ...lines.filter((_, index) => index % 5 === 0)]
    const { table } = await load(repeated, inThreads)
    expect(table).toEqual(tableFromRecords(records, { marks, asOf }))
  })

  test.each([undefined, inThreads])(
    'is right of readings of several weeks, with %j',
    async (threads) => {
      const weeks = records.map((record, index) =>
        record.record === 'pull-request'
          ? {
              ...record,
              readAt: index % 3 === 0 ? '2026-11-09T08:30:15.250Z' : '2026-11-17T00:00:00Z',
            }
          : record,
      )
      for (const as of [asOf, asOf - week, asOf - 12 * week]) {
        const { table } = await load(weeks.map(formatRecord), threads, as)
        expect(table).toEqual(tableFromRecords(weeks, { marks, asOf: as }))
      }
    },
  )

  test('derives again for each time that is asked for, and gives the first table once more', async () => {
    const path = join(temporaryDirectory(), 'records.ndjson')
    writeFileSync(path, [...lines, ...lines.slice(0, 40)].map((line) => `${line}\n`).join(''))
    const file = await openRecordsFile(path)
    const loaded = await LoadedRecords.read(file, { onBadLine: () => {}, onProgress: () => {} })
    for (const as of [asOf, asOf - 5 * week, asOf, asOf]) {
      expect(await loaded.table(as)).toEqual(tableFromRecords(records, { marks, asOf: as }))
    }
    await loaded.close()
    await file.close()
  })

  test('takes no field that it does not know for a subject', async () => {
    const isCommit = (line: string) => line.startsWith('{"record":"branch-commit"')
    const more = lines.map((line) =>
      line.replace(/^\{/, isCommit(line) ? '{"number":1,' : '{"sha":"x",'),
    )
    const { table, bad } = await load(more)
    expect(bad).toEqual([])
    expect(table).toEqual(tableFromRecords(records, { marks, asOf }))
  })
})
