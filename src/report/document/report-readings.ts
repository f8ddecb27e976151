import { dayText, hoursText, windowText } from '../text/dates.ts'
import { countText, figure, NOT_SHOWN, percentText, valueText } from '../text/figures.ts'
import { sizeBandText } from '../text/size-band-text.ts'
import { gateText } from './gate-words.ts'
import { plainList } from './plain-list.ts'
import type { ReportVerdict } from './report-comparison.ts'
import type { Report } from './report-document.ts'
import type { CohortValue } from './report-parts.ts'

/** What the readings are written from. */
export type Unread = Omit<Report, 'readings' | 'definitions'>

/** What each part shows, in a sentence or two with its numbers: the same in every format. */
export function reportReadings(report: Unread): Report['readings'] {
  const { comparisons, quantiles, merged, funnel, coverage, sizes } = report
  return {
    differences: readDifferences(comparisons),
    merged: merged && readMerged(merged),
    reverts: readReverts(report),
    weeks: readWeeks(report),
    durations: readDurations(quantiles),
    funnel: funnel && readFunnel(funnel),
    coverage: coverage && readCoverage(coverage),
    sizes: sizes && readSizes(sizes),
    repositories: readRepositories(report),
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

function readMerged({ hours, aiRecorded, noneRecorded }: NonNullable<Report['merged']>): string {
  const share = (side: readonly CohortValue[] | null, index: number) =>
    valueText(side?.at(index) ?? null, 'percent')
  const at = (index: number) =>
    `${share(aiRecorded, index)} with AI recorded and ${share(noneRecorded, index)} with none`
  const day = hours.indexOf(24)
  const last = `within ${hoursText(hours.at(-1) ?? 0)}: ${at(-1)}`
  return say(`Merged ${day < 0 ? '' : `within a day: ${at(day)}; `}${last}.`)
}

/**
 * By 30 days. These are other changes than those compared, and counted in another way: where they point the other way, the
 * sentence is left out, so that no two of them contradict each other.
 */
function readReverts({ reverts, comparisons }: Unread): string | null {
  const rate = reverts?.rates.find(({ days }) => days === 30)
  if (reverts === null || rate === undefined) return null
  const { aiRecorded, noneRecorded } = rate
  const compared = comparisons.find(({ outcome }) => outcome === 'reverts')?.estimate ?? null
  if (compared !== null && aiRecorded !== null && noneRecorded !== null) {
    if ((aiRecorded.value - noneRecorded.value) * compared.value < 0) return null
  }
  const reverted = (side: CohortValue | null) =>
    side === null ? `the number is ${NOT_SHOWN}` : `${valueText(side, 'per-1000')} were reverted`
  return say(
    `Of all that were merged, young ones counted for as long as they were followed, not adjusted: by 30 days, of 1,000 with AI recorded ${reverted(aiRecorded)}, of 1,000 with none ${reverted(noneRecorded)}.`,
  )
}

/** Times of which a week has the median, by what the report counts changes by. */
const weekTimes: Readonly<Record<Report['cohorts']['clock'], string>> = {
  ready: 'the median time to merge',
  merged: 'the median time from the first commit to the merge',
}

function readWeeks({ weeks, cohorts }: Pick<Unread, 'weeks' | 'cohorts'>): string | null {
  const withAi = weeks.filter(({ aiRecorded }) => aiRecorded !== null)
  const withNone = weeks.filter(({ noneRecorded }) => noneRecorded !== null)
  const latest =
    withAi.findLast((week) => withNone.includes(week)) ??
    weeks.findLast((week) => withAi.includes(week) || withNone.includes(week))
  if (latest === undefined) return null
  const { from, aiRecorded, noneRecorded, aiRecordedPercent } = latest
  const isWhole = withAi.length === weeks.length && withNone.length === weeks.length
  const median = (side: typeof aiRecorded) => valueText(side?.median ?? null, 'hours')
  return say(
    isWhole
      ? `All ${weeks.length} weeks are shown.`
      : `Of ${weeks.length} weeks ${withAi.length} are shown with AI recorded, and ${withNone.length} with none.`,
    `In the week from ${dayText(from)}, ${weekTimes[cohorts.clock]} with AI recorded is ${median(aiRecorded)} and with none ${median(noneRecorded)}.`,
    aiRecordedPercent === null
      ? ''
      : `${figure(aiRecordedPercent, 'percent')} of that week's changes had AI recorded.`,
  )
}

function readDurations([first]: Report['quantiles']): string | null {
  if (first === undefined) return null
  const { label, aiRecorded, noneRecorded } = first
  const half = (side: typeof aiRecorded, words: string) =>
    side === null
      ? `of those with ${words} it is ${NOT_SHOWN}`
      : `half of those with ${words} took at most ${valueText(side.median, 'hours')}`
  return say(`${label}: ${half(aiRecorded, 'AI recorded')}, ${half(noneRecorded, 'none')}.`)
}

function readFunnel({ window, aiRecorded, noneRecorded }: NonNullable<Report['funnel']>): string {
  const side = (one: typeof aiRecorded, words: string) =>
    one === null
      ? `Changes with ${words} are ${NOT_SHOWN}.`
      : `Of ${countText(one.ready)} changes with ${words}, ${valueText(one.merged, 'percent')} were merged within 30 days, and ${valueText(one.surviving, 'percent')} were merged so and not reverted within 30 more.`
  return say(
    `Changes that became ready ${windowText(window)}.`,
    side(aiRecorded, 'AI recorded'),
    side(noneRecorded, 'no AI recorded'),
  )
}

function readCoverage({ window, changes, assistance }: NonNullable<Report['coverage']>): string {
  const shares = assistance.map(
    ({ label, percent }) => `${midSentence(label)} ${percentText(percent)}`,
  )
  return say(`Of ${countText(changes)} changes merged ${windowText(window)}: ${shares.join(', ')}.`)
}

function readSizes({ bands }: NonNullable<Report['sizes']>): string | null {
  const common = (side: 'aiRecordedPercent' | 'noneRecordedPercent') => {
    const [largest] = bands.toSorted((one, next) => next[side] - one[side])
    return largest && `${sizeBandText(largest.band)} (${figure(largest[side], 'percent')})`
  }
  const [aiRecorded, noneRecorded] = [common('aiRecordedPercent'), common('noneRecordedPercent')]
  if (aiRecorded === undefined || noneRecorded === undefined) return null
  return say(
    `The most common size with AI recorded is ${aiRecorded}; with none it is ${noneRecorded}.`,
  )
}

function readRepositories({
  scope,
  repositories,
  settings,
}: Pick<Unread, 'scope' | 'repositories' | 'settings'>): string | null {
  const all = scope.repositories
  if (scope.kind === 'repository' || all < 2) return null
  const shown = repositories.length
  if (shown === all) return `All ${all} repositories are shown.`
  const { people, changes, largestPersonPercent } = settings
  const why = gateText({ people, changes, personShare: largestPersonPercent / 100 })
  return say(
    shown === 0
      ? `None of the ${all} repositories is shown.`
      : `${shown} of ${all} repositories are shown.`,
    `In ${shown === 0 ? 'each' : 'each of the others'} ${why}, or too little can be compared, or too few people stand behind what is new.`,
  )
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
