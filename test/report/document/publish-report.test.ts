import { describe, expect, test } from 'vitest'
import { publishedAsOf } from '../../../src/comparison/index.ts'
import { buildReport } from '../../../src/report/document/build-report.ts'
import { publishReport } from '../../../src/report/document/publish-report.ts'
import { aChangeTable, changesOfPeople, monday, type Row } from '../../support/a-change-table.ts'

const day = 86_400_000
const week = 7 * day
const scope = { kind: 'repository', name: 'acme/widgets', synthetic: false } as const

/** Ten people a week in each group up to a Monday a week ago, and two since. */
const rows: readonly Row[] = Array.from({ length: 30 }, (_, ago) =>
  (['aiRecorded', 'noneRecorded'] as const).flatMap((group) =>
    changesOfPeople({ changes: 10, people: ago === 0 ? 2 : 10, prefix: group }, (index) => ({
      group,
      readyAt: monday - (ago + 1) * week + (index % 7) * day,
    })),
  ),
).flat()

/** The changes up to a time, and the times for which they were asked. */
function source(isPromised: boolean) {
  const asked: number[] = []
  const tableAsOf = (asOf: number) => {
    asked.push(asOf)
    const known = rows.filter(({ readyAt = 0 }) => readyAt < asOf)
    const table = aChangeTable(known, { asOf })
    return isPromised ? Promise.resolve(table) : table
  }
  return { asked, tableAsOf }
}

describe.each([false, true])('publishReport, of tables that are promised: %s', (isPromised) => {
  test('without a memory the report is that of the rule', async () => {
    const { asked, tableAsOf } = source(isPromised)
    const report = await publishReport({ tableAsOf, askedFor: monday, scopeOf: () => scope })
    const [first = monday, ...others] = asked
    const asOf = publishedAsOf(await tableAsOf(first), monday)
    expect(others).toEqual(asOf === monday ? [] : [asOf])
    expect(report).toEqual(
      buildReport({ table: await tableAsOf(asOf), asOf, askedFor: monday, scope }),
    )
  })

  test('the older one that stays is made of what was known then', async () => {
    const { asked, tableAsOf } = source(isPromised)
    const asOf = monday - week
    const report = await publishReport({
      tableAsOf,
      askedFor: monday,
      lastPublished: { asOf, editable: false },
      scopeOf: () => scope,
    })
    expect(asked).toEqual([monday, asOf])
    expect(report).toEqual(
      buildReport({ table: await tableAsOf(asOf), asOf, askedFor: monday, scope }),
    )
    expect(report.kept).not.toBeNull()
  })

  test('the scope is told of the table that is shown', async () => {
    const { tableAsOf } = source(isPromised)
    const report = await publishReport({
      tableAsOf,
      askedFor: monday - week,
      scopeOf: ({ size }) => ({ ...scope, name: `of ${size}` }),
    })
    expect(report.kept).toBeNull()
    expect(report.scope.name).toBe(`of ${rows.length - 20}`)
  })
})
