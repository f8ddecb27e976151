import { adjustedRiskDifference } from '../statistics/adjusted-risk-difference.ts'
import { type LikeForLike, likeForLike, likeForLikeInterval } from '../statistics/like-for-like.ts'
import type { Layout } from '../strata/layout.ts'
import type { Interval } from './verdict.ts'

/** What an outcome is: log hours, a count, or yes and no as 1 and 0. */
export type OutcomeKind = 'log-hours' | 'count' | 'share'

/** How the cohorts differ in one outcome among comparable changes, on the scale on which it is read. */
export interface Estimate {
  /** `ratio`: 1 is no difference. `difference`, for shares: 0 is. */
  readonly scale: 'ratio' | 'difference'
  readonly value: number
  /** What is typical of each cohort: hours, a mean, or a share. */
  readonly assisted: number
  readonly other: number
  readonly basis: LikeForLike
  /** For shares: how often it happened among the comparable changes of each cohort. */
  readonly events: { readonly assisted: number; readonly other: number } | null
  /** null: leaving out one person leaves nothing to compare, or there are too few people for any interval. */
  interval(confidence: number): Interval | null
}

/**
 * Estimates a difference on the right scale: the ratio of geometric means for log hours, of means for counts, and the
 * difference of shares.
 *
 * @returns null where no stratum holds both cohorts, or a ratio would be to or of nothing
 */
export function estimate(
  layout: Layout,
  outcome: Float64Array,
  kind: OutcomeKind,
): Estimate | null {
  return kind === 'share' ? estimateShares(layout, outcome) : estimateRatio(layout, outcome, kind)
}

function estimateRatio(
  layout: Layout,
  outcome: Float64Array,
  kind: 'log-hours' | 'count',
): Estimate | null {
  const basis = likeForLike(layout, outcome, kind === 'count' ? 'log-ratio' : 'difference')
  if (basis === null || !Number.isFinite(basis.estimate)) return null
  const read = kind === 'count' ? (mean: number) => mean : Math.exp
  return {
    scale: 'ratio',
    value: Math.exp(basis.estimate),
    assisted: read(basis.assistedMean),
    other: read(basis.otherMean),
    basis,
    events: null,
    interval: (confidence) => {
      const limits = likeForLikeInterval(basis, confidence)
      return limits === null ? null : finite([Math.exp(limits[0]), Math.exp(limits[1])])
    },
  }
}

function estimateShares(layout: Layout, outcome: Float64Array): Estimate | null {
  const risks = adjustedRiskDifference(layout, outcome)
  const basis = risks?.comparison ?? likeForLike(layout, outcome, 'difference')
  if (basis === null) return null
  return {
    scale: 'difference',
    value: basis.estimate,
    assisted: basis.assistedMean,
    other: basis.otherMean,
    basis,
    events: risks && { assisted: risks.assistedEvents, other: risks.otherEvents },
    interval: (confidence) => {
      if (risks === null) return null
      const { lower, upper } = risks.interval(confidence)
      return finite([lower, upper])
    },
  }
}

/** Limits past all numbers say nothing: a person or two cannot give an interval. */
function finite(interval: Interval): Interval | null {
  return interval.every(Number.isFinite) ? interval : null
}
