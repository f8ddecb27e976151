import type { Change } from './change.ts'
import { parseTime, writeTime } from './recorded-time.ts'

/** The times of a change's own timeline, in the order in which a change has them. */
const anchors = [
  'firstCommitAt',
  'openedAt',
  'readyAt',
  'firstReviewAt',
  'firstBotReviewAt',
  'lastApprovalAt',
  'queuedAt',
  'mergedAt',
  'closedAt',
] as const

type Anchor = (typeof anchors)[number]
type Anchors<Time> = { readonly [Name in Anchor]: Time | null }
type Reverted = NonNullable<Change['reverted']>

/**
 * A change as it is counted: with the times that are counted in milliseconds since the epoch. To write them as text and to
 * read them again would take a tenth of the time in which a change is derived.
 */
export type CountedChange = Omit<Change, Anchor | 'asOf' | 'reverted'> &
  Anchors<number> & {
    readonly asOf: number
    readonly reverted: (Omit<Reverted, 'at'> & { readonly at: number | null }) | null
  }

export function writeCounted(change: CountedChange): Change {
  const { asOf, reverted } = change
  return {
    ...change,
    ...convert(change, writeTime),
    asOf: writeTime(asOf),
    reverted: reverted && { ...reverted, at: orNull(reverted.at, writeTime) },
  }
}

export function readCounted(change: Change): CountedChange {
  const { asOf, reverted } = change
  return {
    ...change,
    ...convert(change, parseTime),
    asOf: parseTime(asOf),
    reverted: reverted && { ...reverted, at: orNull(reverted.at, parseTime) },
  }
}

function convert<From, To>(times: Anchors<From>, to: (time: From) => To): Anchors<To> {
  const converted = anchors.map((name) => [name, orNull(times[name], to)])
  return Object.fromEntries(converted)
}

function orNull<From, To>(time: From | null, to: (time: From) => To): To | null {
  return time === null ? null : to(time)
}
