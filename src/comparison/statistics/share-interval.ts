import { studentQuantile } from './student-distribution.ts'
import { scoreInterval } from './wilson-interval.ts'

/** A share of one cohort's changes, not adjusted for anything. */
export interface ClusteredShare {
  /** From 0 to 1. */
  readonly value: number
  readonly changes: number
  /** Of the share, leaving out one person at a time. */
  readonly standardError: number
  /** Kish's: how many people there would be, were all to have made as many changes. */
  readonly effectivePeople: number
}

/** null: not known, for want of people. */
export interface Interval {
  readonly lower: number | null
  readonly upper: number | null
}

/** A share this close to none or all is that but for rounding. */
const rounding = 1e-12

/**
 * Interval of a share when changes of one person go together: Wilson's at the effective number of changes (Kish 1965, Survey
 * Sampling; Korn & Graubard 1998, Survey Methodology 24:193), with Student's t at the effective number of people less one. It
 * stays within 0 to 1, and exists for none and for all too. Nothing then tells how far people differ, so that every change
 * counts for itself.
 */
export function shareInterval(
  { value, changes, standardError, effectivePeople }: ClusteredShare,
  confidence: number,
): Interval {
  const t = studentQuantile((1 + confidence) / 2, effectivePeople - 1)
  const share = value < rounding ? 0 : value > 1 - rounding ? 1 : value
  const independent = (share * (1 - share)) / changes
  const designEffect = independent > 0 ? Math.max(1, standardError ** 2 / independent) : 1
  const { lower, upper } = scoreInterval(share, changes / designEffect, t)
  const isKnown = Number.isFinite(lower) && Number.isFinite(upper)
  return isKnown ? { lower, upper } : { lower: null, upper: null }
}
