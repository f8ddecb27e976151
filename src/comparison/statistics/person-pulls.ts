import { byteAt, floatAt, intAt } from '../numbers/number-at.ts'
import type { Curve, Ended } from './incidence-curve.ts'

/**
 * Each person's pulls, time by time. What a change has pulled the share by once it is gone is in two parts, one of them a
 * multiple of the share: both are summed for each person when the change goes. All that are still there pull alike.
 *
 * @param slots for each change the first break that it does not outlast
 * @param read the breaks at which the curve is read
 * @returns for each of these an entry for each person
 */
export function personPulls(
  { cause, person, people }: Ended,
  slots: Int32Array,
  curve: Curve,
  read: readonly number[],
): Float64Array {
  const readOf = readsOf(read, curve.open.length)
  const room = () => new Float64Array(people * read.length)
  const parts: Parts = {
    ...{ fixed: room(), rising: room(), gone: room() },
    changes: new Float64Array(people),
  }
  for (let i = 0; i < slots.length; i += 1) {
    const own = intAt(person, i)
    const slot = intAt(slots, i)
    parts.changes[own] = floatAt(parts.changes, own) + 1
    const at = slot < readOf.length ? intAt(readOf, slot) : read.length
    if (at === read.length) continue
    const entry = at * people + own
    const how = byteAt(cause, i)
    const taken = how === 0 ? 1 / floatAt(curve.open, slot) : 0
    parts.gone[entry] = floatAt(parts.gone, entry) + 1
    parts.rising[entry] = floatAt(parts.rising, entry) + taken - floatAt(curve.rising, slot)
    parts.fixed[entry] =
      floatAt(parts.fixed, entry) +
      (how === 1 ? floatAt(curve.weight, slot) : 0) +
      floatAt(curve.fixed, slot) -
      taken * floatAt(curve.merged, slot)
  }
  return addUp(parts, curve, read, slots.length)
}

/** For each break which of the times asked for comes first from there; as many as there are where none does. */
function readsOf(read: readonly number[], breaks: number): Int32Array {
  const reads = new Int32Array(breaks)
  let next = 0
  for (let slot = 0; slot < breaks; slot += 1) {
    while (next < read.length && (read[next] ?? 0) < slot) next += 1
    reads[slot] = next
  }
  return reads
}

/** Sums of what is gone, by time and person; and each person's changes. */
interface Parts {
  readonly fixed: Float64Array
  readonly rising: Float64Array
  readonly gone: Float64Array
  readonly changes: Float64Array
}

/** Adds up what is gone by each time, and puts the parts together. */
function addUp(
  { fixed, rising, gone, changes }: Parts,
  curve: Curve,
  read: readonly number[],
  all: number,
): Float64Array {
  const people = changes.length
  for (const sums of [fixed, rising, gone]) {
    for (let entry = people; entry < sums.length; entry += 1) {
      sums[entry] = floatAt(sums, entry) + floatAt(sums, entry - people)
    }
  }
  const pulls = new Float64Array(fixed.length)
  for (const [index, slot] of read.entries()) {
    const share = floatAt(curve.merged, slot)
    const staying = floatAt(curve.fixed, slot) - share * floatAt(curve.rising, slot)
    for (let one = 0; one < people; one += 1) {
      const entry = index * people + one
      const own = floatAt(changes, one)
      pulls[entry] =
        floatAt(fixed, entry) +
        share * (floatAt(rising, entry) - own / all) +
        (own - floatAt(gone, entry)) * staying
    }
  }
  return pulls
}
