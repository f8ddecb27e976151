import type { PullRequestRecord } from './record.ts'
import { recordAsOf } from './record-as-of.ts'
import { parseTime } from './recorded-time.ts'

const isoTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d/
/** When something was read says nothing of when it happened. */
const readings: ReadonlySet<string> = new Set(['readAt', 'mergedFrom'])

/**
 * The last time that a record tells of, milliseconds since the epoch: as of any later one it is as it was read. Clients' clocks
 * count too, also those that are ahead. Where it is not told when something happened, it has since the reading.
 */
export function latestTime(record: PullRequestRecord): number {
  const told = latestWithin(record)
  return tellsWhen(record, told) ? told : Math.max(told, parseTime(record.readAt))
}

/** Commits may be replaced, a head moved, and a change closed or opened again, by events that could not be read. */
function tellsWhen(record: PullRequestRecord, told: number): boolean {
  if ((record.formerCommits ?? []).length > 0 || told === Number.NEGATIVE_INFINITY) return false
  const { state, head, commits } = recordAsOf(record, told)
  return (
    state === record.state &&
    head.sha === record.head.sha &&
    commits?.length === record.commits?.length
  )
}

function latestWithin(value: unknown): number {
  if (typeof value === 'string') {
    return isoTime.test(value) ? parseTime(value) : Number.NEGATIVE_INFINITY
  }
  let latest = Number.NEGATIVE_INFINITY
  if (typeof value !== 'object' || value === null) return latest
  for (const [name, part] of Object.entries(value)) {
    if (!readings.has(name)) latest = Math.max(latest, latestWithin(part))
  }
  return latest
}
