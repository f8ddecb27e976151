import { isOfTime, type TimeSpan, type Turns } from '../delivery/index.ts'
import type { PullRequestNode, TimelineItem } from './records-schema.ts'
import { iso, Timeline } from './records-timeline.ts'

/** The time that is asked for: from a first moment on, until before a last one, milliseconds since the epoch. */
export class TimeWindow implements TimeSpan {
  readonly since: number | undefined
  readonly until: number | undefined
  /** Since when what changed is looked at: `since`, where not only a part of it is asked for. */
  readonly changedSince: number | undefined

  /** @throws RangeError where one of them is no time */
  constructor(
    since: string | undefined,
    until: string | undefined,
    updatedSince: string | undefined,
  ) {
    this.since = parseTime(since)
    this.until = parseTime(until)
    this.changedSince = parseTime(updatedSince) ?? this.since
  }

  /** Whether it is of that time, by what is known of its timeline. */
  selects(
    { createdAt, closedAt, mergedAt }: PullRequestNode,
    items: readonly TimelineItem[],
  ): boolean {
    const timeline = new Timeline(items)
    // The last of its closes is told without the timeline too, which may not be read to that yet.
    const closed = closedAt === null ? [] : [{ at: iso(closedAt) }]
    const turns: Turns = {
      record: 'pull-request',
      createdAt: iso(createdAt),
      draftEvents: timeline.draftEvents(),
      closes: [...closed, ...timeline.times('ClosedEvent')],
      reopens: timeline.times('ReopenedEvent'),
      merge: mergedAt === null ? null : { at: iso(mergedAt) },
    }
    return isOfTime(turns, this)
  }

  /** Whether nothing that was opened with or after this pull request can be of that time. */
  endsBefore(node: PullRequestNode | null): boolean {
    return this.until !== undefined && node !== null && node.createdAt >= this.until
  }
}

function parseTime(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const time = Date.parse(text)
  if (Number.isNaN(time)) throw new RangeError(`this is no time: ${text}`)
  return time
}
