import { canonicalText, compare } from './canonical-text.ts'
import type { Actor } from './record.ts'
import { compareTimes } from './record-readings.ts'

/** How two lists become one. */
export interface Uniting<Item> {
  /** What has the same key is the same. */
  readonly key: (item: Item) => string | number
  readonly join: (one: Item, other: Item) => Item
  readonly order: (one: Item, other: Item) => number
  /** The same may have happened more than once: then the n-th of one side is the n-th of the other. */
  readonly repeats?: boolean
}

export function uniteLists<Item>(
  one: readonly Item[],
  other: readonly Item[],
  by: Uniting<Item>,
): Item[] {
  const united = new Map<string, Item>()
  for (const [key, item] of [...keyed(one, by), ...keyed(other, by)]) {
    const known = united.get(key)
    united.set(key, known === undefined ? item : by.join(known, item))
  }
  return [...united.values()].toSorted(
    (first, second) =>
      by.order(first, second) || compare(canonicalText(first), canonicalText(second)),
  )
}

function keyed<Item>(
  items: readonly Item[],
  { key, order, repeats = false }: Uniting<Item>,
): [string, Item][] {
  if (!repeats) return items.map((item) => [String(key(item)), item])
  const groups = Map.groupBy(items, key)
  return [...groups].flatMap(([name, group]) =>
    group.toSorted(order).map((item, index): [string, Item] => [`${name} ${index}`, item]),
  )
}

/** The one that is known; where both are and differ, always the same of the two. */
export function known<Value>(one: Value | null, other: Value | null): Value | null {
  return one === null || other === null ? (one ?? other) : either(one, other)
}

/** Always the same of two, whichever comes first. */
export function either<Value>(one: Value, other: Value): Value {
  return compare(canonicalText(one), canonicalText(other)) < 0 ? other : one
}

export function earliest(one: string | null, other: string | null): string | null {
  if (one === null || other === null) return one ?? other
  return compareTimes(one, other) <= 0 ? one : other
}

/** A deleted account is no better known than nobody. */
export function knownActor<Who extends Actor | null>(one: Who, other: Who): Who {
  const difference = told(one) - told(other)
  if (difference !== 0) return difference > 0 ? one : other
  return either(one, other)
}

/** How much is told: nobody, a deleted account, somebody. */
export function told(actor: Actor | null): number {
  if (actor === null) return 0
  return actor.kind === 'unknown' ? 1 : 2
}
