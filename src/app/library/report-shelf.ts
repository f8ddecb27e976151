import { loadReports, type Report } from '../../report/index.ts'
import type { Snapshot } from '../../store/index.ts'

/** What decides whether a report may be shown. */
export interface ReportOutline extends Pick<Report, 'settings'> {
  /** Every group in it is hidden. */
  readonly tellsNothing: boolean
}

type Key = Pick<Snapshot, 'scope' | 'repositoryId' | 'asOf' | 'builtAt'>

/**
 * Reports that were read out of snapshots, which never change: to read one takes longer than to find it. Undefined: a newer version
 * of the App wrote it.
 */
export interface ReportShelf {
  open(tenantId: number, snapshot: Key & Pick<Snapshot, 'report'>): Promise<Report | undefined>
  /** @param find its snapshot, where it was not opened lately */
  outline(
    tenantId: number,
    key: Key,
    find: () => Promise<Snapshot | undefined>,
  ): Promise<ReportOutline | undefined>
}

/** A report has some hundred kilobytes, an outline hardly any. */
const most = { reports: 64, outlines: 10_000 }

export function createReportShelf(): ReportShelf {
  const reports = new Map<string, Report | undefined>()
  const outlines = new Map<string, ReportOutline | undefined>()

  async function open(
    tenantId: number,
    snapshot: Key & Pick<Snapshot, 'report'>,
  ): Promise<Report | undefined> {
    const key = keyOf(tenantId, snapshot)
    const report = reports.has(key)
      ? reports.get(key)
      : (await loadReports()).parseReport(snapshot.report)
    putLast(reports, key, report, most.reports)
    putLast(outlines, key, report && outlineOf(report), most.outlines)
    return report
  }

  return {
    open,
    outline: async (tenantId, key, find) => {
      const name = keyOf(tenantId, key)
      if (outlines.has(name)) return outlines.get(name)
      const snapshot = await find()
      const report = snapshot && (await open(tenantId, snapshot))
      return report && outlineOf(report)
    },
  }
}

/** With the time at which it was made: an account may be erased, and come back. */
function keyOf(tenantId: number, { scope, repositoryId, asOf, builtAt }: Key): string {
  return [tenantId, scope, repositoryId, asOf, builtAt].join()
}

function outlineOf({ settings, comparisons }: Report): ReportOutline {
  const tellsNothing = comparisons.every(
    ({ verdict }) => verdict === 'hidden' || verdict === 'not_known',
  )
  return { settings, tellsNothing }
}

/** What was put longest ago goes first. */
function putLast<Value>(map: Map<string, Value>, key: string, value: Value, size: number): void {
  map.delete(key)
  map.set(key, value)
  const [oldest] = map.keys()
  if (map.size > size && oldest !== undefined) map.delete(oldest)
}
