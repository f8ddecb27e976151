import { restPasses } from '../disclosure/cohort-gate.ts'
import { at } from '../numbers/number-at.ts'
import { rules } from '../rules.ts'
import { changesNeeded } from '../statistics/detectable-difference.ts'
import { miettinenNurminen } from '../statistics/miettinen-nurminen.ts'
import type { Difference } from '../statistics/share-difference.ts'
import type { Comparable } from './comparable.ts'
import { compareOneOutcome, type OutcomeComparison } from './compare-one-outcome.ts'
import { estimate } from './estimate.ts'
import { comparableIn, type OutcomeContext } from './outcome-context.ts'
import { revertsOutcome } from './outcome-definitions.ts'
import { trustedDifference } from './trusted-difference.ts'

/** Changes reverted within 30 days of their merge: a difference of shares. */
export interface RevertComparison extends OutcomeComparison {
  /** Changes that merged too lately to be compared; null where those of a cohort may not be shown. */
  readonly maturing: number | null
  /** Of all changes, not adjusted for anything; null also where it would tell of the few that were not compared. */
  readonly crude: CrudeReverts | null
  /** Changes in each cohort that would show the rate doubled, 4 times in 5. */
  readonly changesNeeded: number | null
}

export interface CrudeReverts {
  readonly assisted: number
  readonly other: number
  /** By Miettinen & Nurminen, with every change taken as independent. */
  readonly difference: Difference
}

export function compareReverts(context: OutcomeContext): RevertComparison {
  const { selection, thresholds } = context
  const {
    comparison,
    measured,
    estimate: found,
  } = compareOneOutcome(
    revertsOutcome(context),
    { asOf: selection.asOf, thresholds },
    ({ comparable, outcome }, { events }) => {
      const isOften =
        events !== null && Math.min(events.assisted, events.other) >= rules.minimumEvents
      const ratio = isOften ? estimate(comparable.layout, outcome, 'count') : null
      return ratio && trustedDifference(ratio)
    },
  )
  const isHidden = comparison.counts === null
  const { comparable } = measured
  const isRestSafe =
    !isHidden && restPasses(comparable.people, comparable.comparedPeople, thresholds)
  return {
    ...comparison,
    maturing: isHidden ? null : maturingOf(context),
    crude: isRestSafe ? crudeReverts(comparable, measured.outcome) : null,
    changesNeeded: found && neededFor(found.other),
  }
}

function maturingOf({ table, selection, thresholds }: OutcomeContext): number | null {
  const maturing = comparableIn(table, selection, 'maturingMerges')
  const changes = maturing.sample.rows.length
  return changes === 0 || maturing.isShown(thresholds) ? changes : null
}

function crudeReverts({ sample }: Comparable, outcome: Float64Array): CrudeReverts {
  const events = [0, 0]
  const changes = [0, 0]
  for (let i = 0; i < outcome.length; i += 1) {
    const member = at(sample.assisted, i)
    events[member] = (events[member] ?? 0) + at(outcome, i)
    changes[member] = (changes[member] ?? 0) + 1
  }
  const side = (member: 0 | 1) => ({ events: events[member] ?? 0, changes: changes[member] ?? 0 })
  const [other, assisted] = [side(0), side(1)]
  return {
    assisted: assisted.events / assisted.changes,
    other: other.events / other.changes,
    difference: miettinenNurminen(assisted, other, rules.confidence),
  }
}

/** null where nothing was reverted, or doubling it would be more than all. */
function neededFor(rate: number): number | null {
  if (!(rate > 0 && rate <= 0.5)) return null
  const needed = changesNeeded(2 * rate, rate, rules.confidence, rules.power)
  return Number.isFinite(needed) ? needed : null
}
