import type {
  BothCohorts,
  DescribedValue,
  Span,
  SpanName,
  SpanQuantiles,
} from '../../comparison/index.ts'
import { inShownGroups, isHidden } from './both-groups.ts'
import type { Report } from './report-document.ts'
import { roundValue, windowPart } from './rounded-value.ts'
import { roundCount, twoDigits } from './rounding.ts'

/** What the steps of a change are called, in their order. */
export const spanWords: Readonly<
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
    .filter((id) => !isHidden(spans[id]))
    .map((id) => ({
      id,
      ...spanWords[id],
      window: windowPart(id === 'authored-to-merged' ? merged : ready),
      ...inShownGroups(spans[id], roundQuantiles),
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
