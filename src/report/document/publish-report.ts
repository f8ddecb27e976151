import { type ChangeTable, type LastPublished, publishedAfter } from '../../comparison/index.ts'
import { buildReport, type ReportInput } from './build-report.ts'
import type { Report } from './report-document.ts'

/** What is to be published. */
export interface Publication {
  /** The changes as they were known at a time, milliseconds since the epoch. */
  readonly tableAsOf: (asOf: number) => ChangeTable | Promise<ChangeTable>
  /** Monday 00:00 UTC, milliseconds since the epoch. */
  readonly askedFor: number
  /** Absent: nothing is remembered of earlier reports. */
  readonly lastPublished?: LastPublished | undefined
  readonly scopeOf: (table: ChangeTable) => ReportInput['scope']
}

/**
 * The report of the Monday asked for, or the older one that stays because too few people have moved since
 * (`publishedAfter`). The changes are read anew as of the Monday that is shown: nothing of a later one is in its report.
 */
export async function publishReport({
  tableAsOf,
  askedFor,
  lastPublished,
  scopeOf,
}: Publication): Promise<Report> {
  const asked = await tableAsOf(askedFor)
  const asOf = publishedAfter(asked, askedFor, lastPublished)
  const table = asOf === askedFor ? asked : await tableAsOf(asOf)
  return buildReport({
    table,
    asOf,
    askedFor,
    lastPublished: lastPublished?.asOf,
    scope: scopeOf(table),
  })
}
