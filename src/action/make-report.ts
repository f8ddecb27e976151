import { type LastPublished, linkReverts, tableFromRecords } from '../comparison/index.ts'
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
  readonly askedFor: number
  /** `owner/name` that the repository has now: records that were kept may have an earlier one. */
  readonly repository: string
  readonly lastPublished?: LastPublished | undefined
}

/** The report of one repository, as the command makes it of the same records. */
export async function makeReport(
  records: readonly DeliveryRecord[],
  { marks, askedFor, repository, lastPublished }: Setting,
): Promise<MadeReport> {
  const reverts = linkReverts(records)
  const { publishReport, renderHtml, renderJson, renderMarkdown } = await loadReports()
  const document = await publishReport({
    tableAsOf: (asOf) => tableFromRecords(records, { marks, asOf }, reverts),
    askedFor,
    lastPublished,
    scopeOf: () => ({ kind: 'repository', name: repository, repository: 0, synthetic: false }),
  })
  return {
    document,
    html: renderHtml(document),
    json: renderJson(document),
    markdown: (limit) => renderMarkdown(document, { limit }),
  }
}
