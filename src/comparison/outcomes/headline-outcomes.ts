import { rules } from '../rules.ts'
import { at } from '../strata/layout.ts'
import { maturedMerges } from '../strata/sample.ts'
import { millisecondsPerDay, millisecondsPerHour } from '../table/windows.ts'
import type { Headline } from './headline.ts'
import { comparableIn, type OutcomeContext } from './outcome-context.ts'

const shortestHours = rules.shortestMinutes / 60

/** ln of the hours from ready to merged, of changes merged within 14 days; under 5 minutes counts as 5. */
export function cycleTimeHeadline({ table, readyAt }: OutcomeContext): Headline {
  return {
    kind: 'log-hours',
    comparableAt: (asOf) => readyAt(asOf).merged,
    attested: table.unassistedAtReady,
    outcomeOf: (row) => {
      const hours = (at(table.mergedAt, row) - at(table.readyAt, row)) / millisecondsPerHour
      return Math.log(Math.max(hours, shortestHours))
    },
  }
}

/** Review rounds of changes merged within 14 days. */
export function reviewRoundsHeadline({ table, readyAt }: OutcomeContext): Headline {
  return {
    kind: 'count',
    comparableAt: (asOf) =>
      readyAt(asOf).merged.keepRows((row) => !Number.isNaN(at(table.rounds, row))),
    attested: table.unassistedAtReady,
    outcomeOf: (row) => at(table.rounds, row),
  }
}

/** Whether changes merged at least 30 days ago were reverted within 30 days: 1 or 0. */
export function revertsHeadline({ table, selection }: OutcomeContext): Headline {
  const horizon = rules.revertDays * millisecondsPerDay
  return {
    kind: 'share',
    comparableAt: (asOf) => comparableIn(table, { ...selection, asOf }, maturedMerges),
    attested: table.unassistedAtMerge,
    outcomeOf: (row) => Number(at(table.revertedAt, row) - at(table.mergedAt, row) <= horizon),
    sameRisk: (other) => Math.min(rules.sameRisk, rules.sameRiskPart * other),
  }
}
