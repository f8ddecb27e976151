import type {
  BothCohorts,
  CohortFunnel,
  CohortSize,
  CohortWeek,
  Coverage,
  DescribedMerged,
  DescribedReverts,
  DescribedSizes,
  DescribedValue,
  DescribedWeek,
  Span,
  SpanName,
  SpanQuantiles,
} from '../../comparison/index.ts'
import type { Report } from './report-document.ts'
import type { CohortValue, Count, Window } from './report-parts.ts'
import { perThousand, roundCount, twoDigits, wholePercent } from './rounding.ts'
import { isoDay } from './times.ts'

/** How a number is printed. */
type Rounding = (value: number) => number

/** A value with its limits, rounded. */
export function roundValue({ value, lower, upper }: DescribedValue, round: Rounding): CohortValue {
  return {
    value: round(value),
    low: lower === null ? null : round(lower),
    high: upper === null ? null : round(upper),
  }
}

/** The days of a span; it ends at a midnight. */
export function windowPart({ start, end }: Span): Window {
  return { from: isoDay(start), until: isoDay(end) }
}

/** The same with either side that is shown. */
export function inShown<From, To>(
  { assisted, other }: BothCohorts<From | null>,
  make: (side: From) => To,
): { assisted: To | null; other: To | null } {
  return {
    assisted: assisted === null ? null : make(assisted),
    other: other === null ? null : make(other),
  }
}

const spanWords: Readonly<
  Record<SpanName, { readonly label: string; readonly definition: string }>
> = {
  'cycle-time': {
    label: 'Ready to merged',
    definition:
      'Hours from ready for review to merged, of changes that became ready in the window and merged within 14 days.',
  },
  pickup: {
    label: 'Pickup',
    definition:
      "Hours from ready for review to another person's first review, of the same changes where there was one.",
  },
  review: {
    label: 'Review',
    definition:
      "Hours from another person's first review to the last approval, of the same changes where there were both.",
  },
  'merge-wait': {
    label: 'Merge wait',
    definition:
      'Hours from the last approval to the merge, of the same changes where there was one.',
  },
  'authored-to-merged': {
    label: 'First commit to merged',
    definition:
      "Hours from the first commit, by its author's clock, to the merge, of changes merged in the last 26 weeks. Such clocks can be wrong, and commits can be rewritten.",
  },
}

/** Quantiles in hours to two digits; a span of which nothing is shown is left out. */
export function quantileParts(
  { ready, merged }: { readonly ready: Span; readonly merged: Span },
  spans: Readonly<Record<SpanName, BothCohorts<SpanQuantiles | null>>>,
): Report['quantiles'] {
  const names = Object.keys(spanWords) as SpanName[]
  return names
    .filter((id) => spans[id].assisted !== null || spans[id].other !== null)
    .map((id) => ({
      id,
      ...spanWords[id],
      window: windowPart(id === 'authored-to-merged' ? merged : ready),
      ...inShown(spans[id], roundQuantiles),
    }))
}

function roundQuantiles({ changes, median, p75, p90 }: SpanQuantiles) {
  const hours = (value: DescribedValue | null) => value && roundValue(value, twoDigits)
  return {
    changes: roundCount(changes),
    median: roundValue(median, twoDigits),
    p75: hours(p75),
    p90: hours(p90),
  }
}

/** How many changes stand behind the sides of which anything is shown. */
function shownCounts(
  sizes: BothCohorts<CohortSize | null>,
  isShown: (side: 'assisted' | 'other') => boolean,
): BothCohorts<Count> {
  const count = (side: 'assisted' | 'other') => {
    const size = sizes[side]
    return size !== null && isShown(side) ? roundCount(size.changes) : null
  }
  return { assisted: count('assisted'), other: count('other') }
}

/** Whole percents of changes merged by each hour; null where neither side is shown. */
export function mergedPart(
  window: Span,
  sizes: BothCohorts<CohortSize | null>,
  { hours, ...shares }: DescribedMerged,
): Report['merged'] {
  if (shares.assisted === null && shares.other === null) return null
  return {
    window: windowPart(window),
    changes: shownCounts(sizes, (side) => shares[side] !== null),
    hours: [...hours],
    ...inShown(shares, (side) => side.map(wholePercent)),
  }
}

export function revertPart({ window, changes, rates }: DescribedReverts): Report['reverts'] {
  const shown = rates.filter(({ assisted, other }) => assisted !== null || other !== null)
  if (shown.length === 0) return null
  return {
    window: windowPart(window),
    changes: inShown(changes, roundCount),
    rates: shown.map(({ days, ...sides }) => ({
      days,
      ...inShown(sides, (side) => roundValue(side, perThousand)),
    })),
  }
}

/** Weeks of which anything is shown stay in their order among those of which nothing is. */
export function weekParts(weeks: readonly DescribedWeek[]): Report['weeks'] {
  if (weeks.every(({ assisted, other }) => assisted === null && other === null)) return []
  return weeks.map(({ from, assistedShare, ...sides }) => ({
    from: isoDay(from),
    ...inShown(sides, roundWeek),
    assistedPercent: assistedShare === null ? null : wholePercent(assistedShare),
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
  if (funnel.assisted === null && funnel.other === null) return null
  return {
    window: windowPart(window),
    ...inShown(funnel, ({ ready, merged, surviving }) => ({
      ready: roundCount(ready),
      merged: roundValue(merged, wholePercent),
      surviving: roundValue(surviving, wholePercent),
    })),
  }
}

const assistanceLabels = {
  assisted: 'AI recorded',
  unassisted: 'Attested unassisted',
  undeclared: 'Nothing recorded',
} as const

const tierLabels = {
  E1: 'E1 attested by a platform or a validated note',
  E2: 'E2 written by a tool',
  E3: 'E3 declared by a person',
  none: 'Nothing recorded, or weak signs alone',
} as const

export function coveragePart(window: Span, coverage: Coverage | null): Report['coverage'] {
  if (coverage === null) return null
  const percent = (share: number | null) => (share === null ? null : wholePercent(share))
  const { changes, assistance, tiers } = coverage
  return {
    window: windowPart(window),
    changes: roundCount(changes),
    assistance: (['assisted', 'unassisted', 'undeclared'] as const).map((answer) => ({
      assistance: answer,
      label: assistanceLabels[answer],
      percent: percent(assistance[answer]),
    })),
    tiers: (['E1', 'E2', 'E3', 'none'] as const).map((tier) => ({
      tier,
      label: tierLabels[tier],
      percent: percent(tiers[tier]),
    })),
  }
}

export function sizePart(window: Span, sizes: DescribedSizes | null): Report['sizes'] {
  if (sizes === null) return null
  const { changes, bands } = sizes
  return {
    window: windowPart(window),
    changes: { assisted: roundCount(changes.assisted), other: roundCount(changes.other) },
    bands: bands.map(({ band, assisted, other }) => ({
      band,
      assistedPercent: wholePercent(assisted),
      otherPercent: wholePercent(other),
    })),
  }
}
