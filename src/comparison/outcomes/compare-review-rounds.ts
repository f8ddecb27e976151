import { byteAt, floatAt } from '../numbers/number-at.ts'
import { answered, known } from '../strata/choices.ts'
import { knowsReviews } from '../strata/known-outcomes.ts'
import { readinessWindow } from '../table/windows.ts'
import { type Companion, type CompanionId, companion } from './companion.ts'
import type { Comparable } from './comparable.ts'
import { compareOneOutcome, notKnown, type OutcomeComparison } from './compare-one-outcome.ts'
import type { OutcomeContext } from './outcome-context.ts'
import { reviewRoundsOutcome } from './outcome-definitions.ts'
import { amountsOf, type OutcomesOf, outcomesOf } from './outcomes-of.ts'

/** Review rounds of changes merged within 14 days: a ratio of means. */
export interface ReviewRoundsComparison extends OutcomeComparison {
  readonly companions: readonly Companion[]
}

export function compareReviewRounds(context: OutcomeContext): ReviewRoundsComparison {
  const { table, selection, thresholds } = context
  const { asOf } = selection
  if (!knowsReviews(table, selection)) {
    return { ...notKnown(readinessWindow(asOf)), companions: [] }
  }
  const { rounds, reviewed } = table
  const definition = reviewRoundsOutcome(context)
  const compared = definition.comparableAt(asOf)
  const { comparison } = compareOneOutcome(definition, { asOf, thresholds })
  const beside = (id: CompanionId, kind: 'share' | 'count', of: Comparable, outcomes: OutcomesOf) =>
    companion({ id, kind }, of, outcomes, thresholds)
  const count = (id: CompanionId, column: Float64Array) =>
    beside(id, 'count', compared.keep(known(column)), amountsOf(column))
  return {
    ...comparison,
    companions: [
      beside(
        'no-rounds',
        'share',
        compared,
        outcomesOf((row) => Number(floatAt(rounds, row) === 0)),
      ),
      beside(
        'merged-unreviewed',
        'share',
        compared.keep(answered(reviewed)),
        outcomesOf((row) => 1 - byteAt(reviewed, row)),
      ),
      count('changes-requested', table.changesRequested),
      count('later-pushes', table.laterPushes),
      count('later-lines', table.laterLines),
      count('threads', table.threads),
    ].filter((one) => one !== null),
  }
}
