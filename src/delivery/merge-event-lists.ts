import { canonicalText } from './canonical-text.ts'
import { either, uniteLists } from './merge-lists.ts'
import type { PullRequestRecord } from './record.ts'
import { compareTimes } from './record-readings.ts'

const eventLists = [
  'draftEvents',
  'baseChanges',
  'reviewRequests',
  'labelEvents',
  'queueEvents',
  'closes',
  'reopens',
] as const satisfies readonly (keyof PullRequestRecord)[]

/** A list of what happened, which GitHub's timeline tells whole and webhooks tell one by one. */
type EventList = (typeof eventLists)[number]

type LabelEvent = NonNullable<PullRequestRecord['labelEvents']>[number]

/**
 * The lists of events of both records, united. What GitHub's timeline told whole up to a time gets nothing added before
 * that time: the same event told by a webhook may be dated a second off, and would count twice.
 */
export function mergeEventLists(one: PullRequestRecord, other: PullRequestRecord) {
  function unite<Item extends { readonly at: string }>(
    name: EventList,
    of: (record: PullRequestRecord) => readonly Item[] | null,
    same: (item: Item) => unknown = (item) => item,
    join: (one: Item, other: Item) => Item = either,
  ): Item[] | null {
    const ours = of(one)
    const theirs = of(other)
    if (ours === null && theirs === null) return null
    const until = latest(wholeUntil(one, name), wholeUntil(other, name))
    return uniteLists(
      newsAfter(until, wholeUntil(one, name), ours ?? []),
      newsAfter(until, wholeUntil(other, name), theirs ?? []),
      {
        key: (item) => canonicalText([same(item), Date.parse(item.at)]),
        join,
        order: (first, second) => compareTimes(first.at, second.at),
        repeats: name !== 'labelEvents',
      },
    )
  }
  return {
    draftEvents: unite(
      'draftEvents',
      (record) => record.draftEvents,
      ({ to }) => to,
    ),
    baseChanges: unite(
      'baseChanges',
      (record) => record.baseChanges,
      () => null,
    ),
    reviewRequests: unite(
      'reviewRequests',
      (record) => record.reviewRequests,
      () => null,
    ),
    labelEvents: unite<LabelEvent>(
      'labelEvents',
      (record) => record.labelEvents,
      ({ label, action }) => [label, action],
      knownSetter,
    ),
    queueEvents: unite(
      'queueEvents',
      (record) => record.queueEvents,
      ({ action }) => action,
    ),
    closes: unite(
      'closes',
      (record) => record.closes,
      () => null,
    ),
    reopens: unite(
      'reopens',
      (record) => record.reopens,
      () => null,
    ),
  } satisfies Pick<PullRequestRecord, EventList>
}

/** By name, up to when each list was told whole by either record's timeline. */
export function mergeWholeUntil(
  one: PullRequestRecord,
  other: PullRequestRecord,
): Record<string, string> {
  const times = eventLists.flatMap((name) => {
    const until = latest(wholeUntil(one, name), wholeUntil(other, name))
    return until === null ? [] : [[name, until] as const]
  })
  return Object.fromEntries(times)
}

/** Up to when GitHub's timeline told this list, and left nothing out; null: other sources told it. */
function wholeUntil(record: PullRequestRecord, name: EventList): string | null {
  if (record.mergedFrom !== undefined) return record.mergedFrom.wholeUntil[name] ?? null
  const whole =
    record.source === 'github' && record[name] !== null && !record.truncated.includes('timeline')
  return whole ? record.readAt : null
}

/** All of the list that a timeline told whole up to that very time, and of any other what came later. */
function newsAfter<Item extends { readonly at: string }>(
  until: string | null,
  whole: string | null,
  items: readonly Item[],
): readonly Item[] {
  if (until === null || (whole !== null && Date.parse(whole) === Date.parse(until))) return items
  return items.filter(({ at }) => Date.parse(at) > Date.parse(until))
}

function latest(one: string | null, other: string | null): string | null {
  if (one === null || other === null) return one ?? other
  return compareTimes(one, other) < 0 ? other : one
}

/** Only a source that knows this tool's own account can tell its labels from another app's. */
function knownSetter(one: LabelEvent, other: LabelEvent): LabelEvent {
  const setters: readonly LabelEvent['by'][] = ['person', 'app', 'us']
  const difference = setters.indexOf(one.by) - setters.indexOf(other.by)
  if (difference !== 0) return difference > 0 ? one : other
  return either(one, other)
}
