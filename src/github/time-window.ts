import type { PullRequestNode, TimelineItem } from './records-schema.ts'

/** Events by whose time a pull request is selected; merges have a field of their own. */
const selecting: ReadonlySet<TimelineItem['__typename']> = new Set([
  'ReadyForReviewEvent',
  'ClosedEvent',
  'ReopenedEvent',
])

/** The time that is asked for: from a first moment on, until before a last one, milliseconds since the epoch. */
export class TimeWindow {
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

  /** Whether it was opened, made ready, closed, reopened or merged in that time. */
  selects(
    { createdAt, closedAt, mergedAt }: PullRequestNode,
    timeline: readonly TimelineItem[],
  ): boolean {
    const events = timeline.filter(({ __typename }) => selecting.has(__typename))
    return [createdAt, closedAt, mergedAt, ...events.map((event) => event.createdAt)].some(
      (time) => time !== null && this.#holds(time),
    )
  }

  /** Whether nothing that was opened with or after this pull request can be of that time. */
  endsBefore(node: PullRequestNode | null): boolean {
    return this.until !== undefined && node !== null && node.createdAt >= this.until
  }

  #holds(time: number): boolean {
    const { since, until } = this
    return (since === undefined || time >= since) && (until === undefined || time < until)
  }
}

function parseTime(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const time = Date.parse(text)
  if (Number.isNaN(time)) throw new RangeError(`this is no time: ${text}`)
  return time
}
