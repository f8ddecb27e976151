import { type OutcomeComparisons, rules } from '../../comparison/index.ts'
import { dayText } from '../text/dates.ts'
import { plainNumber } from '../text/estimate-text.ts'
import type { ReportComparison } from './report-comparison.ts'
import type { Report } from './report-document.ts'
import { twoDigits } from './rounding.ts'
import { isoDay } from './times.ts'
import { type Shortfall, type Told, toldOf, whatIsShort } from './what-is-short.ts'
import { type Pace, paceOf, type When, weeksOf, whenEnough } from './when-enough.ts'

type Enough = NonNullable<ReportComparison['enough']>

/** The comparisons, each with what would make it surer, worked out from what the report prints alone. */
export function withEnough(
  comparisons: readonly ReportComparison[],
  compared: OutcomeComparisons,
  report: Pick<Report, 'weeks' | 'merged' | 'cohorts'> & { readonly asOf: number },
): ReportComparison[] {
  const answers = {
    'cycle-time': compared.cycleTime,
    'review-rounds': compared.reviewRounds,
    reverts: compared.reverts,
  }
  const pace = { pace: paceOf(report), asOf: report.asOf }
  return comparisons.map((one) => ({
    ...one,
    enough: enoughFor(one, toldOf(answers[one.outcome]), pace),
  }))
}

/**
 * What would make one comparison surer.
 *
 * @returns null where it is clear, or nothing is shown
 */
export function enoughFor(
  comparison: Omit<ReportComparison, 'enough'>,
  told: Told,
  paced: { readonly pace: Pace; readonly asOf: number },
): Enough | null {
  const shortfall = whatIsShort(comparison, told)
  if (shortfall === null) return null
  const { short, times } = shortfall
  const when = whenOf(comparison, shortfall, paced)
  const most = times && Math.max(times.aiRecorded, times.noneRecorded)
  const needed = neededText(comparison, shortfall)
  return {
    short,
    times: most && twoDigits(most),
    from: typeof when === 'number' ? isoDay(when) : null,
    text: [needed, ...whenText(when, shortfall, weeksOf(comparison.window))].join(' '),
  }
}

/** What was seen once must be seen again: the next Monday is the first that can tell. */
function whenOf(
  comparison: Omit<ReportComparison, 'enough'>,
  { short, times }: Shortfall,
  paced: { readonly pace: Pace; readonly asOf: number },
): When {
  if (short === 'weeks') return paced.asOf + 7 * 86_400_000
  return times === null ? 'unknown' : whenEnough(comparison, times, paced)
}

function neededText(
  { comparable, verdict }: Pick<ReportComparison, 'comparable' | 'verdict'>,
  { short, times }: Shortfall,
): string {
  switch (short) {
    case 'changes':
      return comparable === null || times === null
        ? 'More changes in both groups that are alike: in the same repositories and of like sizes, by more people.'
        : `Each group needs ${rules.comparableChanges} comparable changes, which takes about ${manyTimes(times)} as many.`
    case 'people':
      return 'More people in both groups: what can be compared is mostly the work of a few, and more changes of theirs would tell little more.'
    case 'reverts':
      return times === null
        ? `At least ${rules.minimumEvents} reverts among comparable changes are needed to compare them; so far there is none, so that it cannot be told how many changes that takes.`
        : `At least ${rules.minimumEvents} reverts among comparable changes are needed to compare them: at their share until now, that takes about ${manyTimes(times)} as many changes.`
    case 'interval':
      if (times === null) return 'A narrower interval; how many changes that takes cannot be told.'
      return verdict === 'too_few'
        ? `An interval narrow enough to tell anything takes about ${manyTimes(times)} as many changes of both groups.`
        : `If the difference stays where it is, a clear answer takes about ${manyTimes(times)} as many changes of both groups.`
    case 'weeks':
      return 'The same has to be seen in a second week running.'
    case 'same-people':
      return 'More changes with and without AI recorded by the same people: more changes of others would tell little more.'
  }
}

function manyTimes({ aiRecorded, noneRecorded }: NonNullable<Shortfall['times']>): string {
  return `${plainNumber(twoDigits(Math.max(aiRecorded, noneRecorded)))} times`
}

const more = 'More repositories would, or more changes in which the use of AI is recorded.'

function whenText(when: When, { short, times }: Shortfall, weeks: number): string[] {
  const window = `the ${Math.round(weeks)} weeks that are counted`
  if (short === 'weeks' && typeof when === 'number') {
    return [`The earliest Monday that can tell is ${dayText(isoDay(when))}.`]
  }
  if (typeof when === 'number') {
    return [
      `At the pace of the last four weeks that are shown, ${window} hold that many from about ${dayText(isoDay(when))} on.`,
    ]
  }
  if (when === 'never') {
    return [
      `At the pace of the last four weeks that are shown, ${window} never hold that many. ${more}`,
    ]
  }
  return times === null ? [] : ['When that will be cannot be told from the weeks that are shown.']
}
