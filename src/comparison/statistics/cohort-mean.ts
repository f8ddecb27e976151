import { byteAt, floatAt, intAt } from '../numbers/number-at.ts'
import { rules } from '../rules.ts'
import { countPeople, type PeopleCounts } from '../strata/count-people.ts'
import { type ClusteredShare, type Interval, shareInterval } from './share-interval.ts'
import { studentQuantile } from './student-distribution.ts'

/** A mean or share of one cohort, not adjusted for anything. */
export interface CohortMean extends Interval {
  readonly changes: number
  readonly value: number
}

type Kind = 'count' | 'share'

/** Whose each change is, and in which cohort: 1 for AI recorded. */
interface Members {
  readonly person: Int32Array
  readonly assisted: Uint8Array
}

/**
 * Mean of one cohort with a 95 % interval from leaving out one person at a time, as `likeForLike` has it: of a count by
 * Student's t with Kish's number of people less one (Kish 1965, Survey Sampling), never below 0; of a share as `shareInterval`
 * has it.
 *
 * @param member 1 for AI recorded, 0 for no AI recorded
 */
export function cohortMean(
  members: Members,
  outcome: Float64Array,
  member: 0 | 1,
  kind: Kind,
): CohortMean | null {
  return cohortMeans(members, countPeople(members), outcome, kind)[member]
}

/**
 * The same for both cohorts: first no AI recorded, then AI recorded.
 *
 * @param counts of the members, as `countPeople` has them
 */
export function cohortMeans(
  { person, assisted }: Members,
  counts: PeopleCounts,
  outcome: Float64Array,
  kind: Kind,
): readonly [other: CohortMean | null, assisted: CohortMean | null] {
  const sums = new Float64Array(counts.length)
  for (let i = 0; i < outcome.length; i += 1) {
    const entry = 2 * intAt(person, i) + byteAt(assisted, i)
    sums[entry] = floatAt(sums, entry) + floatAt(outcome, i)
  }
  return [meanOf(counts, sums, 0, kind), meanOf(counts, sums, 1, kind)]
}

/** @param sums of each person and cohort, as the counts */
function meanOf(
  counts: PeopleCounts,
  sums: Float64Array,
  member: 0 | 1,
  kind: Kind,
): CohortMean | null {
  let changes = 0
  let sum = 0
  for (let entry = member; entry < counts.length; entry += 2) {
    changes += intAt(counts, entry)
    sum += floatAt(sums, entry)
  }
  if (changes === 0) return null
  const value = sum / changes
  let people = 0
  let squares = 0
  let countSquares = 0
  for (let entry = member; entry < counts.length; entry += 2) {
    const own = intAt(counts, entry)
    if (own === 0) continue
    people += 1
    squares += ((sum - floatAt(sums, entry)) / (changes - own) - value) ** 2
    countSquares += own ** 2
  }
  const standardError = Math.sqrt(((people - 1) / people) * squares)
  const mean = { value, changes, standardError, effectivePeople: changes ** 2 / countSquares }
  const interval = kind === 'share' ? shareInterval(mean, rules.confidence) : countInterval(mean)
  return { changes, value, ...interval }
}

function countInterval({ value, standardError, effectivePeople }: ClusteredShare): Interval {
  const half = studentQuantile((1 + rules.confidence) / 2, effectivePeople - 1) * standardError
  return Number.isFinite(half)
    ? { lower: Math.max(0, value - half), upper: value + half }
    : { lower: null, upper: null }
}
