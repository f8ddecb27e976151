import { rules } from '../rules.ts'
import { at, largest } from '../strata/layout.ts'
import { studentQuantile } from './student-distribution.ts'
import { wilsonInterval } from './wilson-interval.ts'

/** A mean or share of one cohort, not adjusted for anything. */
export interface CohortMean {
  readonly changes: number
  readonly value: number
  /** null: not known, for want of people. */
  readonly lower: number | null
  readonly upper: number | null
}

type Kind = 'count' | 'share'

/** Whose each change is, and in which cohort: 1 for AI recorded. */
interface Members {
  readonly person: Int32Array
  readonly assisted: Uint8Array
}

/**
 * Mean of one cohort with a 95 % interval from leaving out one person at a time, as `likeForLike` has it: of a count by
 * Student's t with Kish's number of people less one (Kish 1965, Survey Sampling), never below 0; of a share by Wilson's
 * interval at the effective number of changes, which exists also for none and for all.
 *
 * @param member 1 for AI recorded, 0 for no AI recorded
 */
export function cohortMean(
  members: Members,
  outcome: Float64Array,
  member: 0 | 1,
  kind: Kind,
): CohortMean | null {
  return cohortMeans(members, outcome, kind)[member]
}

/** The same for both cohorts: first no AI recorded, then AI recorded. */
export function cohortMeans(
  { person, assisted }: Members,
  outcome: Float64Array,
  kind: Kind,
): readonly [other: CohortMean | null, assisted: CohortMean | null] {
  const entries = 2 * (largest(person) + 1)
  const counts = new Float64Array(entries)
  const sums = new Float64Array(entries)
  for (let i = 0; i < outcome.length; i += 1) {
    const entry = 2 * at(person, i) + at(assisted, i)
    counts[entry] = at(counts, entry) + 1
    sums[entry] = at(sums, entry) + at(outcome, i)
  }
  return [meanOf(counts, sums, 0, kind), meanOf(counts, sums, 1, kind)]
}

/** @param counts of each person and cohort, and so `sums`: entry `2 * person + cohort` */
function meanOf(
  counts: Float64Array,
  sums: Float64Array,
  member: 0 | 1,
  kind: Kind,
): CohortMean | null {
  let changes = 0
  let sum = 0
  for (let entry = member; entry < counts.length; entry += 2) {
    changes += at(counts, entry)
    sum += at(sums, entry)
  }
  if (changes === 0) return null
  const value = sum / changes
  let people = 0
  let squares = 0
  let countSquares = 0
  for (let entry = member; entry < counts.length; entry += 2) {
    const own = at(counts, entry)
    if (own === 0) continue
    people += 1
    squares += ((sum - at(sums, entry)) / (changes - own) - value) ** 2
    countSquares += own ** 2
  }
  const standardError = Math.sqrt(((people - 1) / people) * squares)
  const limits =
    kind === 'share'
      ? shareLimits(value, changes, standardError)
      : countLimits(value, changes ** 2 / countSquares, standardError)
  const isKnown = limits.every(Number.isFinite)
  return { changes, value, lower: isKnown ? limits[0] : null, upper: isKnown ? limits[1] : null }
}

function shareLimits(value: number, changes: number, standardError: number): [number, number] {
  const independent = (value * (1 - value)) / changes
  const designEffect = independent > 0 ? Math.max(1, standardError ** 2 / independent) : 1
  const { lower, upper } = wilsonInterval(value, changes / designEffect, rules.confidence)
  return [lower, upper]
}

function countLimits(
  value: number,
  effectivePeople: number,
  standardError: number,
): [number, number] {
  const half = studentQuantile((1 + rules.confidence) / 2, effectivePeople - 1) * standardError
  return [Math.max(0, value - half), value + half]
}
