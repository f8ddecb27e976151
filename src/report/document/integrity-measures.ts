import type { BothCohorts, CohortMean, Integrity, Span } from '../../comparison/index.ts'
import { inShownGroups } from './both-groups.ts'
import type { Measure } from './report-comparison.ts'
import type { Report } from './report-document.ts'
import type { CohortValue } from './report-parts.ts'
import { roundValue, windowPart } from './rounded-value.ts'
import { roundCount, wholePercent } from './rounding.ts'

/** What each number that tells of bending is called and means. */
export const integrityWords = {
  'ai-after-start': {
    label: 'AI recorded only after ready',
    text: 'Share of changes with no AI recorded when they became ready that received some before the merge. They stay in their group.',
  },
  redrafted: {
    label: 'Made a draft again after ready',
    text: 'Share of changes put back into draft after they were ready. That stops no clock.',
  },
  'changes-per-week': {
    label: 'Changes a week',
    text: 'Changes of the group a week, over the whole window, to the nearest whole number. It grows when work is split into more and smaller changes.',
  },
} as const

/**
 * The numbers that move when changes are bent to look well; those of which neither side is shown are left out, and all of it
 * where that leaves none.
 */
export function integrityPart(window: Span, integrity: Integrity): Report['integrity'] {
  const measures = [
    measure('ai-after-start', integrity.aiAfterStart, { of: 'noneRecorded', unit: 'percent' }),
    measure('redrafted', integrity.redrafted, { of: 'both', unit: 'percent' }),
    measure('changes-per-week', integrity.changesPerWeek, { of: 'both', unit: 'number' }),
  ].filter(({ aiRecorded, noneRecorded }) => aiRecorded !== null || noneRecorded !== null)
  return measures.length === 0 ? null : { window: windowPart(window), measures }
}

function measure(
  id: keyof typeof integrityWords,
  sides: BothCohorts<CohortMean | null>,
  { of, unit }: Pick<Measure, 'of' | 'unit'>,
): Measure {
  const value = unit === 'percent' ? roundShare : roundRate
  return {
    ...{ id, label: integrityWords[id].label, unit, of },
    changes: inShownGroups(sides, ({ changes }) => roundCount(changes)),
    ...inShownGroups(sides, value),
    difference: null,
  }
}

function roundShare(share: CohortMean): CohortValue {
  return roundValue(share, wholePercent)
}

/** A rate of the rounded number of changes: of the exact one it would give that away. */
function roundRate({ changes, value }: CohortMean): CohortValue {
  const rounded = roundCount(changes) ?? 0
  return { value: Math.round((value / changes) * rounded), low: null, high: null }
}
