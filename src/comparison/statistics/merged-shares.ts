import { floatAt, intAt } from '../numbers/number-at.ts'
import { rules } from '../rules.ts'
import { aalenJohansen } from './aalen-johansen.ts'
import type { Ended } from './incidence-curve.ts'
import { type Interval, shareInterval } from './share-interval.ts'

/** A cumulative share with its 95 % interval; null where that is not known, for want of people. */
export interface MergedShare extends Interval {
  readonly value: number
}

/**
 * Cumulative shares merged with 95 % intervals from leaving out one person at a time. Without a person who made n_g of n changes
 * the share is lower by that person's pull times n/(n − n_g): exactly so where no change was lost to sight, as in a plain share,
 * and nearly so with a few that were.
 *
 * @param times at which to read the curve, ascending
 */
export function mergedShares(ended: Ended, times: readonly number[]): MergedShare[] {
  const own = countOf(ended)
  const changes = ended.time.length
  let squares = 0
  for (const count of own) squares += count ** 2
  return aalenJohansen(ended, times).map(({ merged, followed, pulls }) => {
    let moved = 0
    for (let one = 0; one < own.length; one += 1) {
      moved += ((floatAt(pulls, one) * changes) / (changes - floatAt(own, one))) ** 2
    }
    const share = {
      value: merged,
      changes: followed,
      standardError: Math.sqrt((moved * (own.length - 1)) / own.length),
      effectivePeople: changes ** 2 / squares,
    }
    return { value: merged, ...shareInterval(share, rules.confidence) }
  })
}

function countOf({ person, people }: Ended): Float64Array {
  const counts = new Float64Array(people)
  for (let i = 0; i < person.length; i += 1) {
    counts[intAt(person, i)] = floatAt(counts, intAt(person, i)) + 1
  }
  return counts
}
