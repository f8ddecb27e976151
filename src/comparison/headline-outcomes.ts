import { Comparable } from './comparable.ts'
import type { Headline } from './headline.ts'
import { at } from './layout.ts'
import type { OutcomeContext } from './outcome-context.ts'
import { rules } from './rules.ts'
import { keep, maturedMerges } from './sample.ts'
import { millisecondsPerDay, revertDays } from './windows.ts'

const shortestHours = 5 / 60
const millisecondsPerHour = 3_600_000

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
      withKnown(readyAt(asOf).merged, (row) => !Number.isNaN(at(table.rounds, row))),
    attested: table.unassistedAtReady,
    outcomeOf: (row) => at(table.rounds, row),
  }
}

/** Whether changes merged at least 30 days ago were reverted within 30 days: 1 or 0. */
export function revertsHeadline({ table, selection }: OutcomeContext): Headline {
  const horizon = revertDays * millisecondsPerDay
  return {
    kind: 'share',
    comparableAt: (asOf) => new Comparable(maturedMerges(table, { ...selection, asOf })),
    attested: table.unassistedAtMerge,
    outcomeOf: (row) => Number(at(table.revertedAt, row) - at(table.mergedAt, row) <= horizon),
    // Half a point is more than the usual rate itself.
    sameRisk: (other) => Math.min(rules.sameRisk, other / 4),
  }
}

/** Those of the changes of which something is known; the same object where it is of all. */
export function withKnown(comparable: Comparable, isKnown: (row: number) => boolean): Comparable {
  const { sample } = comparable
  const kept = keep(sample, (i) => isKnown(at(sample.rows, i)))
  return kept === sample ? comparable : new Comparable(kept)
}
