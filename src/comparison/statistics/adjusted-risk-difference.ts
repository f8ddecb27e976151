import { floatAt } from '../numbers/number-at.ts'
import type { Layout } from '../strata/layout.ts'
import { type LikeForLike, likeForLikeOfSums, sumOutcome } from './like-for-like.ts'
import { mantelHaenszel, type Tables } from './mantel-haenszel.ts'
import { type Difference, shareDifference } from './share-difference.ts'
import { type ShareInterval, wilsonInterval } from './wilson-interval.ts'

/** How the risk of something that is rare differs between the cohorts, among comparable changes. */
export interface AdjustedRisks {
  readonly comparison: LikeForLike
  /** Events in the strata that hold both cohorts. */
  readonly assistedEvents: number
  readonly otherEvents: number
  /** How much wider the interval is because changes of one person go together; at least 1. */
  readonly designEffect: number
  readonly independentError: number
  readonly assistedEffective: number
  readonly otherEffective: number
  interval(confidence: number): AdjustedRiskInterval
}

/** The standardised risk of each cohort and their difference, each with its interval. */
export interface AdjustedRiskInterval extends Difference {
  readonly assisted: ShareInterval
  readonly other: ShareInterval
}

/**
 * Difference of standardised risks: Wilson's interval for each cohort at its effective size, put together by MOVER. The
 * effective size is W²/Σ(w²/n), the size of an unweighted cohort with the same variance, divided by the design effect
 * (se of the jackknife / se of Sato)². It exists also where nothing was reverted.
 *
 * @param outcome 1 where it happened, else 0
 * @returns null where no stratum holds both cohorts, or leaving out one person leaves nothing to compare
 */
export function adjustedRiskDifference(
  layout: Layout,
  outcome: Float64Array,
): AdjustedRisks | null {
  const sums = sumOutcome(layout, outcome)
  const comparison = likeForLikeOfSums(layout, sums, 'difference')
  if (comparison === null || comparison.standardError === null) return null
  // Strata with one cohort only count for nothing: their changes are not in the layout, and neither are their events.
  const tables = { events: sums.cells, counts: layout.cellCounts }
  const { standardError: independentError } = mantelHaenszel(tables)
  const designEffect =
    independentError > 0 ? Math.max(1, (comparison.standardError / independentError) ** 2) : 1
  const sizes = effectiveSizes(tables)
  const assistedEffective = sizes.assisted / designEffect
  const otherEffective = sizes.other / designEffect
  return {
    comparison,
    assistedEvents: eventsOf(tables, 1),
    otherEvents: eventsOf(tables, 0),
    designEffect,
    independentError,
    assistedEffective,
    otherEffective,
    interval: (confidence) => {
      const assisted = wilsonInterval(comparison.assistedMean, assistedEffective, confidence)
      const other = wilsonInterval(comparison.otherMean, otherEffective, confidence)
      return { ...shareDifference(assisted, other), assisted, other }
    },
  }
}

function effectiveSizes({ counts }: Tables) {
  let weight = 0
  let assisted = 0
  let other = 0
  for (let cell = 0; cell < counts.length; cell += 2) {
    const n1 = floatAt(counts, cell + 1)
    const n0 = floatAt(counts, cell)
    if (n1 === 0 || n0 === 0) continue
    const w = (n1 * n0) / (n1 + n0)
    weight += w
    assisted += w ** 2 / n1
    other += w ** 2 / n0
  }
  return { assisted: weight ** 2 / assisted, other: weight ** 2 / other }
}

function eventsOf({ events }: Tables, member: 0 | 1): number {
  let sum = 0
  for (let cell = member; cell < events.length; cell += 2) sum += floatAt(events, cell)
  return sum
}
