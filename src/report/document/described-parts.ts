import type {
  BothCohorts,
  CohortFunnel,
  CohortWeek,
  DescribedMerged,
  DescribedReverts,
  DescribedSizes,
  DescribedWeek,
  Span,
} from '../../comparison/index.ts'
import { inBothGroups, inShownGroups, isHidden } from './both-groups.ts'
import type { Report } from './report-document.ts'
import { roundValue, windowPart } from './rounded-value.ts'
import { perThousand, roundCount, twoDigits, wholePercent } from './rounding.ts'
import { isoDay } from './times.ts'

/** Whole percents of changes merged by each hour, with their intervals; null where neither side is shown. */
export function mergedPart(
  window: Span,
  { hours, changes, ...shares }: DescribedMerged,
): Report['merged'] {
  if (isHidden(shares)) return null
  return {
    window: windowPart(window),
    changes: inShownGroups(changes, roundCount),
    hours: [...hours],
    ...inShownGroups(shares, (side) => side.map((one) => roundValue(one, wholePercent))),
  }
}

export function revertPart({ window, changes, rates }: DescribedReverts): Report['reverts'] {
  const shown = rates.filter((sides) => !isHidden(sides))
  if (shown.length === 0) return null
  return {
    window: windowPart(window),
    changes: inShownGroups(changes, roundCount),
    rates: shown.map(({ days, ...sides }) => ({
      days,
      ...inShownGroups(sides, (side) => roundValue(side, perThousand)),
    })),
  }
}

/** Weeks of which anything is shown stay in their order among those of which nothing is. */
export function weekParts(weeks: readonly DescribedWeek[]): Report['weeks'] {
  if (weeks.every(isHidden)) return []
  return weeks.map(({ from, assistedShare, ...sides }) => ({
    from: isoDay(from),
    ...inShownGroups(sides, roundWeek),
    aiRecordedPercent: assistedShare === null ? null : wholePercent(assistedShare),
  }))
}

function roundWeek({ changes, median }: CohortWeek) {
  return {
    changes: roundCount(changes),
    median: median === null ? null : roundValue(median, twoDigits),
  }
}

export function funnelPart(
  window: Span,
  funnel: BothCohorts<CohortFunnel | null>,
): Report['funnel'] {
  if (isHidden(funnel)) return null
  return {
    window: windowPart(window),
    ...inShownGroups(funnel, ({ ready, merged, surviving }) => ({
      ready: roundCount(ready),
      merged: roundValue(merged, wholePercent),
      surviving: roundValue(surviving, wholePercent),
    })),
  }
}

export function sizePart(window: Span, sizes: DescribedSizes | null): Report['sizes'] {
  if (sizes === null) return null
  const { changes, bands } = sizes
  return {
    window: windowPart(window),
    changes: inBothGroups(changes, roundCount),
    bands: bands.map(({ band, assisted, other }) => ({
      band,
      aiRecordedPercent: wholePercent(assisted),
      noneRecordedPercent: wholePercent(other),
    })),
  }
}
