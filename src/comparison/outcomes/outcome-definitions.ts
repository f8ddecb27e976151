import { floatAt, intAt } from '../numbers/number-at.ts'
import { rules } from '../rules.ts'
import { assistedOrAttested, known } from '../strata/choices.ts'
import { onceFor } from '../strata/once-for.ts'
import type { Sample } from '../strata/sample.ts'
import type { ChangeTable } from '../table/change-table.ts'
import { millisecondsPerDay, millisecondsPerHour } from '../table/windows.ts'
import type { OutcomeDefinition } from './compare-one-outcome.ts'
import { comparableIn, type OutcomeContext } from './outcome-context.ts'
import { amountsOf, outcomesOf } from './outcomes-of.ts'

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
    outcomesOf: (sample) => logHours(table, sample),
  }
}

function logHours({ mergedAt, readyAt }: ChangeTable, { rows }: Sample): Float64Array {
  const values = new Float64Array(rows.length)
  for (let i = 0; i < rows.length; i += 1) {
    const row = intAt(rows, i)
    const hours = (floatAt(mergedAt, row) - floatAt(readyAt, row)) / millisecondsPerHour
    values[i] = Math.log(Math.max(hours, shortestHours))
  }
  return values
}

/** Review rounds of changes merged within 14 days. */
export function reviewRoundsOutcome({
  table,
  readyAt,
  attestedAtReady,
}: OutcomeContext): OutcomeDefinition {
  return {
    kind: 'count',
    comparableAt: onceFor((asOf) => readyAt(asOf).merged.keep(known(table.rounds))),
    attestedAlone: attestedAtReady,
    outcomesOf: amountsOf(table.rounds),
  }
}

/** Whether changes merged at least 30 days ago were reverted within 30 days: 1 or 0. */
export function revertsOutcome({ table, selection }: OutcomeContext): OutcomeDefinition {
  const horizon = rules.revertDays * millisecondsPerDay
  return {
    kind: 'share',
    comparableAt: onceFor((asOf) => comparableIn(table, { ...selection, asOf }, 'maturedMerges')),
    attestedAlone: (comparable) => comparable.keep(assistedOrAttested(table.unassistedAtMerge)),
    outcomesOf: outcomesOf((row) =>
      Number(floatAt(table.revertedAt, row) - floatAt(table.mergedAt, row) <= horizon),
    ),
    sameRisk: (other) => Math.min(rules.sameRisk, rules.sameRiskPart * other),
  }
}
