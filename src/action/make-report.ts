import { linkReverts, publishedAsOf, tableFromRecords } from '../comparison/index.ts'
import type { DeliveryRecord } from '../delivery/index.ts'
import type { KnownMarks } from '../provenance/index.ts'
import { loadReports, type Report } from '../report/index.ts'

/** A report in every form that a run gives. */
export interface MadeReport {
  readonly document: Report
  readonly html: string
  readonly json: string
  /** As Markdown of at most so many bytes. */
  readonly markdown: (limit: number) => string
}

/** What a report is made from beside its records. */
interface Setting {
  readonly marks: KnownMarks
  /** The Monday that is asked for, milliseconds since the epoch. */
  readonly asOf: number
  /** `owner/name`, where no record tells it. */
  readonly repository: string
  /** The Monday of the report that was published last, where it is known. */
  readonly lastPublished?: number | null
}

/** The report of one repository, as the command makes it of the same records. */
export async function makeReport(
  records: readonly DeliveryRecord[],
  { marks, asOf: askedFor, repository, lastPublished }: Setting,
): Promise<MadeReport> {
  const reverts = linkReverts(records)
  const tableAsOf = (asOf: number) => tableFromRecords(records, { marks, asOf }, reverts)
  const asked = tableAsOf(askedFor)
  const asOf = publishedAsOf(asked, askedFor, { lastPublished })
  const table = asOf === askedFor ? asked : tableAsOf(asOf)
  const { buildReport, renderHtml, renderJson, renderMarkdown } = await loadReports()
  const scope = {
    kind: 'repository',
    name: table.repositories[0] ?? repository,
    repository: 0,
    synthetic: false,
  } as const
  const document = buildReport({ table, asOf, askedFor, scope })
  return {
    document,
    html: renderHtml(document),
    json: renderJson(document),
    markdown: (limit) => renderMarkdown(document, { limit }),
  }
}
