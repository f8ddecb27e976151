import { buildReport, type ReportInput } from '../../src/report/document/build-report.ts'
import type { Report } from '../../src/report/document/report-document.ts'
import { aChangeTable, changesOfPeople, monday, type Row } from '../support/a-change-table.ts'

const day = 86_400_000
const organisation = { kind: 'organisation', name: 'harbour-lights', synthetic: true } as const

/** Two groups of eight people in one repository, 30 changes a week each. */
export function twoGroups(each: (index: number) => Partial<Row> = () => ({})): Row[] {
  return (['aiRecorded', 'noneRecorded'] as const).flatMap((group) =>
    changesOfPeople({ changes: 390, people: 8, prefix: `person-key-${group}` }, (index) => ({
      group,
      readyAt: monday - 14 * day - ((index * 7) % 91) * day - 3_600_000,
      hours: 1 + ((index * 37) % 300),
      ...each(index),
    })),
  )
}

/** A report as production makes it, of the Monday of the tests. */
export function reportOf(table: ReportInput['table'], init: Partial<ReportInput> = {}): Report {
  return buildReport({ table, asOf: monday, askedFor: monday, scope: organisation, ...init })
}

/** A team too small to be shown. */
const few = changesOfPeople({ changes: 30, people: 2 }, () => ({
  group: 'aiRecorded' as const,
  repository: 'o/small',
  readyAt: monday - 20 * day,
  hours: 3,
}))
const several = [
  ...twoGroups(() => ({ repository: 'o/one' })),
  ...twoGroups((index) => ({ repository: 'o/two', hours: 0.1 + (index % 40) / 20 })),
  ...few,
]

/** Reports with every word that production can put together of them, each under what it is of. */
export const builtReports: readonly (readonly [string, Report])[] = [
  ['several repositories', reportOf(aChangeTable(several, { excluded: ['bot', 'no-lines'] }))],
  [
    'one of several repositories',
    reportOf(aChangeTable(several), {
      scope: { kind: 'repository', name: 'o/two', repository: 1, synthetic: true },
      askedFor: monday + 9 * day,
    }),
  ],
  ['a clone as read', reportOf(aChangeTable(twoGroups(), { sources: ['git'] }))],
  ['a small team', reportOf(aChangeTable(few))],
]
