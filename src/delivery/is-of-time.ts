import type { DeliveryRecord, PullRequestRecord } from './record.ts'

/** From a first moment on, until before a last one, milliseconds since the epoch; without one of them, without that end. */
export interface TimeSpan {
  readonly since?: number | undefined
  readonly until?: number | undefined
}

/** What tells of what time a pull request is. */
export type Turns = Pick<
  PullRequestRecord,
  'record' | 'createdAt' | 'draftEvents' | 'closes' | 'reopens'
> & { readonly merge: { readonly at: string } | null }

type Commit = Extract<DeliveryRecord, { record: 'branch-commit' }>

/**
 * Whether a record is of a time: the pull request was opened, made ready, closed, reopened or merged in it, or the commit was
 * committed in it. By this alone records are selected, wherever they are read, kept or written.
 */
export function isOfTime(
  record: Turns | Pick<Commit, 'record' | 'committedAt'>,
  { since, until }: TimeSpan,
): boolean {
  if (since === undefined && until === undefined) return true
  return timesOf(record).some((text) => {
    const time = Date.parse(text)
    return (since === undefined || time >= since) && (until === undefined || time < until)
  })
}

function timesOf(record: Turns | Pick<Commit, 'record' | 'committedAt'>): string[] {
  if (record.record === 'branch-commit') return [record.committedAt]
  const { createdAt, merge, closes, reopens, draftEvents } = record
  const ready = (draftEvents ?? []).filter(({ to }) => to === 'ready')
  const events = [...(closes ?? []), ...(reopens ?? []), ...ready]
  return [createdAt, merge?.at, ...events.map(({ at }) => at)].flatMap((time) => time ?? [])
}
