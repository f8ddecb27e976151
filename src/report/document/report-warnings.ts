import {
  type ChangeTable,
  type DataLimits,
  type DescribedReadings,
  rules,
  type ShareStep,
  type UnreadShares,
} from '../../comparison/index.ts'
import { dayText } from '../text/dates.ts'
import { figure } from '../text/figures.ts'
import { plainList } from './plain-list.ts'
import type { ReportComparison } from './report-comparison.ts'
import type { Report } from './report-document.ts'
import { wholePercent } from './rounding.ts'
import { isoDay } from './times.ts'

type Warning = Report['warnings'][number]

/** What warnings are read from. */
export interface Warned {
  readonly table: ChangeTable
  readonly asOf: number
  readonly isClone: boolean
  readonly readings: DescribedReadings
  /** null: the changes may not be shown, not even together. */
  readonly limits: DataLimits | null
  /** null: as above. */
  readonly unread: UnreadShares | null
  readonly step: ShareStep | null
  readonly comparisons: readonly ReportComparison[]
}

/** What limits the whole report, always in the same order. */
export function reportWarnings(warned: Warned): Warning[] {
  return [
    ...warnOfSource(warned),
    ...warnOfLists(warned),
    ...warnOfAdjustment(warned.comparisons),
    ...warnOfShare(warned),
  ]
}

function warnOfSource({ table, asOf, isClone, limits, readings }: Warned): Warning[] {
  const warnings: Warning[] = []
  if (isClone) {
    warnings.push({
      code: 'no-reviews',
      text: "A clone holds no reviews and no times at which changes became ready, and dates its merges by the committers' clocks: time to merge, review rounds, the share merged over time and what became of changes are not known.",
    })
  }
  warnings.push(...warnOfReadings(readings, table.repositories.length, asOf))
  if (table.futureDated > 0) {
    warnings.push({
      code: 'future-dates',
      text: 'Some changes hold a time later than their own reading: a clock was wrong. They count only up to the time of this report.',
    })
  }
  if (table.registries.length > 1) {
    warnings.push({
      code: 'several-registries',
      text: `The changes were read with several versions of the registry of marks: ${plainList(table.registries.toSorted())}. Part of a difference may come from that.`,
    })
  }
  if (!isClone) {
    warnings.push(
      ...warnOfPart(
        limits?.withoutStart,
        'without-start',
        (part) =>
          `Of ${part} of the merged changes it is not known when they became ready, as of those read from a clone: they count in reverts and in what is recorded, and nowhere else.`,
      ),
      ...warnOfPart(
        limits?.approximateStart,
        'approximate-start',
        (part) =>
          `Of ${part} of the changes the time at which they became ready is taken from their opening, as their draft states are not told.`,
      ),
      ...warnOfPart(
        limits?.approximateExposure,
        'approximate-exposure',
        (part) =>
          `For ${part} of the changes it is not sure what was recorded at their start: it rests on states without a time, or on dates that clients set.`,
      ),
    )
  }
  return warnings
}

function warnOfReadings(
  { latest, behind }: DescribedReadings,
  repositories: number,
  asOf: number,
): Warning[] {
  const warnings: Warning[] = []
  if (latest < asOf) {
    warnings.push({
      code: 'old-records',
      text: `The records were last read on ${dayText(isoDay(latest))}: what happened after that is missing.`,
    })
  }
  if (behind !== null) {
    const [were, them] = behind.repositories === 1 ? ['was', 'it'] : ['were', 'them']
    warnings.push({
      code: 'some-old-records',
      text: `${figure(behind.repositories)} of ${figure(repositories)} repositories ${were} last read before ${dayText(isoDay(behind.before))}: what happened in ${them} after that reading is missing, and the time that is told of ${them} ends earlier.`,
    })
  }
  return warnings
}

function warnOfLists({ limits, unread }: Warned): Warning[] {
  return [
    ...warnOfPart(
      limits?.truncated,
      'truncated',
      (part) =>
        `Of ${part} of the changes a list goes on past what could be read: evidence and reviews may be missing.`,
    ),
    ...warnOfPart(
      unread?.contents,
      'without-contents',
      (part) =>
        `Of ${part} of the merged changes the token could not read the contents of the repository: reverts that were pushed without a pull request, and what authorship notes record, are missing. The permission “contents: read” gives them.`,
    ),
    ...warnOfPart(
      unread?.notes,
      'without-notes',
      (part) =>
        `Of ${part} of the merged changes authorship notes could not be read: AI that only they record is missing.`,
    ),
    ...warnOfPart(
      limits?.unknownSize,
      'unknown-size',
      (part) => `Of ${part} of the changes the size is not known: they are not told apart by size.`,
    ),
  ]
}

/** Nothing is said of parts that round to nothing. */
function warnOfPart(
  share: number | undefined,
  code: string,
  write: (part: string) => string,
): Warning[] {
  const percent = wholePercent(share ?? 0)
  return percent === 0 ? [] : [{ code, text: write(percent === 100 ? 'all' : `${percent} %`) }]
}

function warnOfAdjustment(comparisons: readonly ReportComparison[]): Warning[] {
  const coarse = comparisons.filter(({ adjustedFor }) => adjustedFor === 'coarse-size')
  if (coarse.length === 0) return []
  const outcomes = plainList(coarse.map(({ title }) => title.toLowerCase()))
  return [
    {
      code: 'not-adjusted-for-date',
      text: `Not adjusted for date: ${outcomes}. Too few changes of one month could be compared, so that what changed over the weeks may stand behind a difference.`,
    },
  ]
}

function warnOfShare({ limits, step }: Warned): Warning[] {
  const warnings: Warning[] = []
  if (step !== null) {
    const verb = step.after < step.before ? 'fell' : 'rose'
    warnings.push({
      code: 'step-in-share',
      text: `The share of changes with AI recorded ${verb} from ${wholePercent(step.before)} to ${wholePercent(step.after)} % in one week, that of ${dayText(isoDay(step.from))}. So fast, it may be the recording that changed, not the work.`,
    })
  }
  const assisted = limits?.assisted ?? 0
  if (assisted > rules.highShare) {
    warnings.push({
      code: 'high-share',
      text: `AI is recorded on ${wholePercent(assisted)} % of the changes: the few others may be of another kind altogether, so that a comparison says little.`,
    })
  }
  return warnings
}
