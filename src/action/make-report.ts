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
}

/** The report of one repository, as the command makes it of the same records. */
export async function makeReport(
  records: readonly DeliveryRecord[],
  { marks, asOf: askedFor, repository }: Setting,
): Promise<MadeReport> {
  const reverts = linkReverts(records)
  const tableAsOf = (asOf: number) => tableFromRecords(records, { marks, asOf }, reverts)
  const asked = tableAsOf(askedFor)
  const asOf = publishedAsOf(asked, askedFor)
  const table = asOf === askedFor ? asked : tableAsOf(asOf)
  const { buildReport, renderHtml, renderJson, renderMarkdown } = await loadReports()
  const scope = {
    kind: 'repository',
    name: table.repositories[0] ?? repository,
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
