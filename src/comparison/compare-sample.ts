import { type AdjustedRisks, adjustedRiskDifference } from './adjusted-risk-difference.ts'
import { layOut } from './layout.ts'
import { type LikeForLike, likeForLike, type Scale } from './like-for-like.ts'
import { rules } from './rules.ts'
import { samePeopleStrata } from './same-people.ts'
import type { Sample } from './sample.ts'
import { chooseStrata, type StrataLevel } from './strata.ts'

/** One outcome, compared among changes of a kind. */
export interface SampleComparison {
  readonly strataLevel: StrataLevel
  /** Changes with AI recorded, and how many of them could be compared. */
  readonly assisted: number
  readonly comparableAssisted: number
  /** null: no stratum holds both cohorts. */
  readonly likeForLike: LikeForLike | null
  /** For shares; null also where leaving out one person leaves nothing to compare. */
  readonly risks: AdjustedRisks | null
  /** Everybody compared to themselves; null where it rests on too few people. */
  readonly samePeople: LikeForLike | null
}

/** What the outcome is: log hours, a count, or yes and no. */
export type OutcomeKind = 'log-hours' | 'count' | 'share'

/** Compares the cohorts of a sample inside strata, and once more inside people. */
export function compareSample(sample: Sample, kind: OutcomeKind): SampleComparison {
  const { assisted, person, outcome, window } = sample
  const strata = chooseStrata(sample, window)
  const layout = layOut({ assisted, stratum: strata.stratum, person })
  const scale: Scale = kind === 'count' ? 'log-ratio' : 'difference'
  const within = layOut({ assisted, stratum: samePeopleStrata(sample), person })
  return {
    strataLevel: strata.level,
    assisted: strata.assisted,
    comparableAssisted: strata.comparableAssisted,
    likeForLike: likeForLike(layout, outcome, scale),
    risks: kind === 'share' ? adjustedRiskDifference(layout, outcome) : null,
    samePeople: onEnoughPeople(likeForLike(within, outcome, scale)),
  }
}

function onEnoughPeople(compared: LikeForLike | null): LikeForLike | null {
  if (compared === null) return null
  const { effectivePeople, largestShare } = compared
  const enough =
    effectivePeople >= rules.effectivePeople && largestShare <= rules.largestPersonShare
  return enough ? compared : null
}
