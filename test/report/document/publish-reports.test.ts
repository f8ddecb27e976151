import { beforeAll, describe, expect, test } from 'vitest'
import {
  areNoneOrPublishable,
  publishedAsOf,
  tableFromRecords,
} from '../../../src/comparison/index.ts'
import { type DeliveryRecord, syntheticOrganisation } from '../../../src/delivery/index.ts'
import { indexRegistry, shippedRegistry } from '../../../src/provenance/index.ts'
import { buildReport } from '../../../src/report/document/build-report.ts'
import { publishReport } from '../../../src/report/document/publish-report.ts'
import { publishReports } from '../../../src/report/document/publish-reports.ts'

const asOf = Date.parse('2026-11-16T00:00:00Z')
const week = 7 * 86_400_000
const marks = indexRegistry(shippedRegistry())

/** Of a busy repository and of one in which a few people do little in a week. */
const teams = [
  { seed: 1, names: ['busy'], people: 14, changesPerWeek: 40, attestedShare: 0 },
  { seed: 2, names: ['quiet'], people: 12, changesPerWeek: 7, firstRepository: 1 },
]
let records: DeliveryRecord[]

beforeAll(() => {
  records = teams.flatMap((team) => [
    ...syntheticOrganisation({
      ...team,
      repositories: 1,
      weeks: 34,
      asOf: new Date(asOf).toISOString(),
    }),
  ])
})

const tableAsOf = (time: number) => tableFromRecords(records, { marks, asOf: time })
const scopeOf = () => ({ kind: 'organisation', name: 'example', synthetic: true }) as const

describe('the reports of several repositories', () => {
  test('are the whole’s, as it is by itself, then each repository’s by name, out of one table', async () => {
    const [whole, ...others] = await publishReports({ tableAsOf, askedFor: asOf, scopeOf })
    expect(whole).toEqual(await publishReport({ tableAsOf, askedFor: asOf, scopeOf }))
    expect(others.map(({ scope }) => scope)).toEqual(
      ['example/busy', 'example/quiet'].map((name) => ({
        ...{ kind: 'repository', name, repositories: 1 },
        ...{ synthetic: true, sources: ['github'] },
      })),
    )
    const together = Date.parse(others[0]?.asOf ?? '')
    const table = tableAsOf(together)
    for (const report of others) {
      const { name } = report.scope
      const scope = {
        kind: 'repository',
        name,
        repository: table.repositories.indexOf(name),
        synthetic: true,
      } as const
      expect(report).toEqual(buildReport({ table, asOf: together, askedFor: asOf, scope }))
    }
  })

  test('stay for one in which too few people moved, and are never newer than the whole', async () => {
    const held = new Set<number>()
    for (let back = 0; back < 8; back += 1) {
      const askedFor = asOf - back * week
      const table = tableAsOf(askedFor)
      const [whole, ...others] = await publishReports({ tableAsOf, askedFor, scopeOf })
      const [together = Number.NaN, ...rest] = new Set(others.map((one) => Date.parse(one.asOf)))
      expect(rest).toEqual([])
      expect(together).toBeLessThanOrEqual(Date.parse(whole.asOf))
      // On that Monday each of them may stand beside what was published before, and so may the whole.
      for (const repository of [undefined, ...table.repositories.keys()]) {
        expect(publishedAsOf(table, together, { repository })).toBe(together)
      }
      // On none between they all may.
      for (let later = together + week; later <= Date.parse(whole.asOf); later += week) {
        const published = [undefined, ...table.repositories.keys(), smallIn(table, later)].every(
          (repository) => publishedAsOf(table, later, { repository }) === later,
        )
        expect(published, new Date(later).toISOString()).toBe(false)
      }
      held.add(askedFor - together)
    }
    expect(held.size).toBeGreaterThan(2)
  }, 60_000)
})

test('of one repository there is one report', async () => {
  const alone = records.filter(({ repository }) => repository.name === 'example/busy')
  const publication = {
    tableAsOf: (time: number) => tableFromRecords(alone, { marks, asOf: time }),
    askedFor: asOf,
    scopeOf: () => ({ kind: 'repository', name: 'example/busy', synthetic: true }) as const,
  }
  expect(await publishReports(publication)).toEqual([await publishReport(publication)])
})

function smallIn(table: ReturnType<typeof tableAsOf>, monday: number): ReadonlySet<number> {
  const numbers = [...table.repositories.keys()]
  return new Set(
    numbers.filter((repository) => !areNoneOrPublishable(table, monday, { repository })),
  )
}
