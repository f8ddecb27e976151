import { rules } from '../rules.ts'
import { floatAt } from '../strata/number-at.ts'
import { onceFor } from '../strata/once-for.ts'
import { maturedMerges } from '../strata/sample.ts'
import { millisecondsPerDay, millisecondsPerHour } from '../table/windows.ts'
import type { OutcomeDefinition } from './compare-one-outcome.ts'
import { comparableIn, type OutcomeContext } from './outcome-context.ts'

const shortestHours = rules.shortestMinutes / 60

/** ln of the hours from ready to merged, of changes merged within 14 days; under 5 minutes counts as 5. */
export function cycleTimeOutcome({
  table,
  readyAt,
  attestedAtReady,
}: OutcomeContext): OutcomeDefinition {
  return {
    kind: 'log-hours',
    comparableAt: (asOf) => readyAt(asOf).merged,
    attestedAlone: attestedAtReady,
    outcomeOf: (row) => {
      const hours =
        (floatAt(table.mergedAt, row) - floatAt(table.readyAt, row)) / millisecondsPerHour
      return Math.log(Math.max(hours, shortestHours))
    },
  }
}

/** Review rounds of changes merged within 14 days. */
export function reviewRoundsOutcome({
  table,
  readyAt,
  attestedAtReady,
}: OutcomeContext): OutcomeDefinition {
  return {
    kind: 'count',
    comparableAt: onceFor((asOf) =>
      readyAt(asOf).merged.keepRows((row) => !Number.isNaN(floatAt(table.rounds, row))),
    ),
    attestedAlone: attestedAtReady,
    outcomeOf: (row) => floatAt(table.rounds, row),
  }
}

/** Whether changes merged at least 30 days ago were reverted within 30 days: 1 or 0. */
export function revertsOutcome({ table, selection }: OutcomeContext): OutcomeDefinition {
  const horizon = rules.revertDays * millisecondsPerDay
  return {
    kind: 'share',
    comparableAt: onceFor((asOf) => comparableIn(table, { ...selection, asOf }, maturedMerges)),
    attestedAlone: (comparable) => comparable.attestedAlone(table.unassistedAtMerge),
    outcomeOf: (row) =>
      Number(floatAt(table.revertedAt, row) - floatAt(table.mergedAt, row) <= horizon),
    sameRisk: (other) => Math.min(rules.sameRisk, rules.sameRiskPart * other),
  }
}
