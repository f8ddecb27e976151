import type { BothGroups } from './both-groups.ts'
import type { ReportComparison } from './report-comparison.ts'
import type { Report } from './report-document.ts'

/** Changes a week of each group that are merged in time; null: too few weeks are shown. */
export type Pace = BothGroups<number | null>

/** So many weeks make a pace. */
export const paceWeeks = 4

/** The pace of the last four weeks that are shown, of each group. */
export function paceOf({
  weeks,
  merged,
  cohorts,
}: Pick<Report, 'weeks' | 'merged' | 'cohorts'>): Pace {
  const side = (group: 'aiRecorded' | 'noneRecorded') => {
    const shown = weeks.flatMap((week) => week[group]?.changes ?? []).slice(-paceWeeks)
    if (shown.length < paceWeeks) return null
    const percent = cohorts.clock === 'merged' ? 100 : (merged?.[group]?.at(-1)?.value ?? 100)
    return (shown.reduce((sum, changes) => sum + changes, 0) / paceWeeks) * (percent / 100)
  }
  return { aiRecorded: side('aiRecorded'), noneRecorded: side('noneRecorded') }
}

const day = 86_400_000
const week = 7 * day

/** How long a window of changes is, in weeks. */
export function weeksOf({ from, until }: ReportComparison['window']): number {
  return (Date.parse(until) - Date.parse(from)) / week
}

/** `never`: at that pace the window never holds so many. `unknown`: there is no pace, or it is not told how many it holds. */
export type When = number | 'never' | 'unknown'

/**
 * The Monday at which a rolling window will hold enough, if each week brings as many as the pace and what is in it goes out
 * evenly. Never before the next; the faster the pace, the sooner.
 *
 * @param times how many times as many each group needs
 * @param asOf milliseconds since the epoch, as is what is returned
 */
export function whenEnough(
  { comparable, window }: Pick<ReportComparison, 'comparable' | 'window'>,
  times: BothGroups<number>,
  { pace, asOf }: { readonly pace: Pace; readonly asOf: number },
): When {
  const short = (['aiRecorded', 'noneRecorded'] as const).filter((group) => times[group] > 1)
  const all = short.map((group) => {
    const held = comparable?.[group]?.all ?? null
    const perWeek = pace[group]
    if (held === null || perWeek === null) return 'unknown'
    return weeksUntil(held, times[group] * held, { perWeek, weeks: weeksOf(window) })
  })
  const known = all.filter((weeks) => typeof weeks === 'number')
  if (all.includes('never')) return 'never'
  return known.length < all.length ? 'unknown' : asOf + Math.max(1, ...known) * week
}

function weeksUntil(
  held: number,
  needed: number,
  { perWeek, weeks }: { readonly perWeek: number; readonly weeks: number },
): number | 'never' {
  const most = perWeek * weeks
  if (most < needed) return 'never'
  return most <= held ? 1 : Math.ceil((weeks * (needed - held)) / (most - held))
}
