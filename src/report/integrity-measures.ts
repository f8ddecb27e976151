import type { DescribedValue, Integrity } from '../comparison/index.ts'
import { inShown, roundValue } from './described-parts.ts'
import type { Measure } from './report-comparison.ts'
import { twoDigits, wholePercent } from './rounding.ts'

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
    text: 'Changes of the group a week, over the whole window. It grows when work is split into more and smaller changes.',
  },
} as const

/** The numbers that move when changes are bent to look well; those of which neither side is shown are left out. */
export function integrityMeasures(integrity: Integrity): Measure[] {
  const percent = (side: DescribedValue) => roundValue(side, wholePercent)
  const measures = [
    {
      ...headOf('ai-after-start'),
      unit: 'percent' as const,
      ...inShown(integrity.aiAfterStart, percent),
    },
    { ...headOf('redrafted'), unit: 'percent' as const, ...inShown(integrity.redrafted, percent) },
    {
      ...headOf('changes-per-week'),
      unit: 'number' as const,
      ...inShown(integrity.changesPerWeek, (side) => roundValue(side, twoDigits)),
    },
  ]
  return measures
    .filter(({ assisted, other }) => assisted !== null || other !== null)
    .map((measure) => ({ ...measure, difference: null }))
}

function headOf(id: keyof typeof integrityWords) {
  return { id, label: integrityWords[id].label }
}
