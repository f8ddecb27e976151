import { dayText, hoursText, windowText } from '../text/dates.ts'
import { countText, figure, NOT_SHOWN, percentText, valueText } from '../text/figures.ts'
import { sizeBandText } from '../text/size-band-text.ts'
import { plainList } from './plain-list.ts'
import type { ReportVerdict } from './report-comparison.ts'
import type { Report } from './report-document.ts'
import type { CohortValue } from './report-parts.ts'

/** What the readings are written from. */
export type Unread = Omit<Report, 'readings' | 'definitions'>

/** What each part shows, in a sentence or two with its numbers: the same in every format. */
export function reportReadings(report: Unread): Report['readings'] {
  const { comparisons, quantiles, merged, weeks, funnel, coverage, sizes } = report
  return {
    differences: readDifferences(comparisons),
    merged: merged && readMerged(merged),
    reverts: readReverts(report),
    weeks: readWeeks(weeks),
    durations: readDurations(quantiles),
    funnel: funnel && readFunnel(funnel),
    coverage: coverage && readCoverage(coverage),
    sizes: sizes && readSizes(sizes),
  }
}

/** Where the interval lies, by what may be said of it. */
const places: Partial<Record<ReportVerdict, readonly [one: string, many: string]>> = {
  too_few: ['is too wide to tell anything', 'are too wide to tell anything'],
  no_clear_difference: [
    'includes "no difference", so either way is possible',
    'include "no difference", so either way is possible',
  ],
  similar: [
    'lies close to "no difference" with both its ends',
    'lie close to "no difference" with both their ends',
  ],
}
const apart = ['leaves "no difference" out', 'leave "no difference" out'] as const
/** Of too few events the interval says nothing by itself. */
const silent: ReadonlySet<ReportVerdict> = new Set(['too_few_events', 'hidden', 'not_known'])

function readDifferences(comparisons: Report['comparisons']): string | null {
  const drawn = comparisons.filter(
    ({ estimate, verdict }) => estimate !== null && !silent.has(verdict),
  )
  const byPlace = Map.groupBy(drawn, ({ verdict }) => places[verdict] ?? apart)
  if (byPlace.size === 0) return null
  return say(
    ...[...byPlace].map(([[one, many], some]) => {
      const titles = plainList(some.map(({ title }) => title.toLowerCase()))
      return some.length === 1
        ? `The interval of ${titles} ${one}.`
        : `The intervals of ${titles} ${many}.`
    }),
  )
}

function readMerged({ hours, assisted, other }: NonNullable<Report['merged']>): string {
  const share = (side: readonly number[] | null, index: number) =>
    percentText(side?.at(index) ?? null)
  const at = (index: number) =>
    `${share(assisted, index)} with AI recorded and ${share(other, index)} with none`
  const day = hours.indexOf(24)
  const last = `within ${hoursText(hours.at(-1) ?? 0)} ${at(-1)}`
  return say(`Merged ${day < 0 ? '' : `within a day: ${at(day)}; `}${last}.`)
}

/**
 * By 30 days. These are other changes than those compared, and counted in another way: where they point the other way, the
 * sentence is left out, so that no two of them contradict each other.
 */
function readReverts({ reverts, comparisons }: Unread): string | null {
  const rate = reverts?.rates.find(({ days }) => days === 30)
  if (reverts === null || rate === undefined) return null
  const { assisted, other } = rate
  const compared = comparisons.find(({ outcome }) => outcome === 'reverts')?.estimate ?? null
  if (compared !== null && assisted !== null && other !== null) {
    if ((assisted.value - other.value) * compared.value < 0) return null
  }
  const reverted = (side: CohortValue | null) =>
    side === null ? `the number is ${NOT_SHOWN}` : `${valueText(side, 'per-1000')} were reverted`
  return say(
    `Of all that were merged, young ones counted for as long as they were followed, not adjusted: by 30 days, of 1,000 with AI recorded ${reverted(assisted)}, of 1,000 with none ${reverted(other)}.`,
  )
}

function readWeeks(weeks: Report['weeks']): string | null {
  const shown = weeks.filter(({ assisted, other }) => assisted !== null || other !== null)
  const latest = shown.at(-1)
  if (latest === undefined) return null
  const { from, assisted, other, assistedPercent } = latest
  const median = (side: typeof assisted) =>
    side === null || side.median === null ? NOT_SHOWN : figure(side.median.value, 'hours')
  const number = shown.length === weeks.length ? 'All' : `${shown.length} of`
  return say(
    `${number} ${weeks.length} weeks are shown.`,
    `In the latest, from ${dayText(from)}, the median with AI recorded is ${median(assisted)} and with none ${median(other)}.`,
    assistedPercent === null
      ? ''
      : `${figure(assistedPercent, 'percent')} of that week's changes had AI recorded.`,
  )
}

function readDurations([first]: Report['quantiles']): string | null {
  if (first === undefined) return null
  const { label, assisted, other } = first
  const half = (side: typeof assisted, words: string) =>
    side === null
      ? `of those with ${words} it is ${NOT_SHOWN}`
      : `half of those with ${words} took at most ${figure(side.median.value, 'hours')}`
  return say(`${label}: ${half(assisted, 'AI recorded')}, ${half(other, 'none')}.`)
}

function readFunnel({ window, assisted, other }: NonNullable<Report['funnel']>): string {
  const side = (one: typeof assisted, words: string) =>
    one === null
      ? `Changes with ${words} are ${NOT_SHOWN}.`
      : `Of ${countText(one.ready)} changes with ${words}, ${figure(one.merged.value, 'percent')} were merged within 30 days, and ${figure(one.surviving.value, 'percent')} were merged so and not reverted within 30 more.`
  return say(
    `Changes that became ready ${windowText(window)}.`,
    side(assisted, 'AI recorded'),
    side(other, 'no AI recorded'),
  )
}

function readCoverage({ window, changes, assistance }: NonNullable<Report['coverage']>): string {
  const shares = assistance.map(
    ({ label, percent }) => `${midSentence(label)} ${percentText(percent)}`,
  )
  return say(`Of ${countText(changes)} changes merged ${windowText(window)}: ${shares.join(', ')}.`)
}

function readSizes({ bands }: NonNullable<Report['sizes']>): string | null {
  const common = (side: 'assistedPercent' | 'otherPercent') => {
    const [largest] = bands.toSorted((one, next) => next[side] - one[side])
    return largest && `${sizeBandText(largest.band)} (${figure(largest[side], 'percent')})`
  }
  const [assisted, other] = [common('assistedPercent'), common('otherPercent')]
  if (assisted === undefined || other === undefined) return null
  return say(`The most common size with AI recorded is ${assisted}; with none it is ${other}.`)
}

/** Sentences one after the other, with spaces as a document has them. */
function say(...sentences: readonly string[]): string {
  return sentences
    .filter((sentence) => sentence !== '')
    .join(' ')
    .replaceAll('\u00a0', ' ')
}

/** Words as they stand inside a sentence: abbreviations stay what they are. */
function midSentence(words: string): string {
  return /^\p{Lu}\p{Ll}/u.test(words) ? words.charAt(0).toLowerCase() + words.slice(1) : words
}
