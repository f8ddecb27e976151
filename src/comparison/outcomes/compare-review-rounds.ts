import type { Comparable } from '../strata/comparable.ts'
import { knowsReviews } from '../strata/known-outcomes.ts'
import { at } from '../strata/layout.ts'
import { unknown } from '../table/change-table.ts'
import { readinessWindow } from '../table/windows.ts'
import { type Companion, type CompanionId, companion } from './companion.ts'
import { compareOneOutcome, notKnown, type OutcomeComparison } from './compare-one-outcome.ts'
import type { OutcomeContext } from './outcome-context.ts'
import { reviewRoundsOutcome } from './outcome-definitions.ts'

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
  const beside = (
    id: CompanionId,
    kind: 'share' | 'count',
    of: Comparable,
    outcomeOf: (row: number) => number,
  ) => companion({ id, kind }, of, outcomeOf, thresholds)
  const count = (id: CompanionId, column: Float64Array) =>
    beside(
      id,
      'count',
      compared.keepRows((row) => !Number.isNaN(at(column, row))),
      (row) => at(column, row),
    )
  return {
    ...comparison,
    companions: [
      beside('no-rounds', 'share', compared, (row) => Number(at(rounds, row) === 0)),
      beside(
        'merged-unreviewed',
        'share',
        compared.keepRows((row) => at(reviewed, row) !== unknown),
        (row) => 1 - at(reviewed, row),
      ),
      count('changes-requested', table.changesRequested),
      count('later-pushes', table.laterPushes),
      count('later-lines', table.laterLines),
      count('threads', table.threads),
    ].filter((one) => one !== null),
  }
}
