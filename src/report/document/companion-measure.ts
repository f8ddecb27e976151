import type { CohortMean, Companion, CompanionId } from '../../comparison/index.ts'
import { inBothGroups } from './both-groups.ts'
import type { Measure } from './report-comparison.ts'
import type { CohortValue } from './report-parts.ts'
import { roundDifference } from './round-difference.ts'
import { roundValue } from './rounded-value.ts'
import { likeTwoDigits, roundCount, wholePercent } from './rounding.ts'

/** What the numbers beside the comparisons are called, in the order in which they stand there. */
export const companionLabels: Readonly<Record<CompanionId, string>> = {
  'merged-within-14-days': 'Merged within 14 days',
  'no-rounds': 'Merged with no review round',
  'merged-unreviewed': "Merged without another person's review",
  'changes-requested': 'Changes requested',
  'later-pushes': 'Pushes after the first review',
  'later-lines': 'Lines changed after the first review',
  threads: 'Review threads',
}

/** What belongs beside a comparison, rounded: shares in whole percent, counts to two digits. */
export function companionMeasure(companion: Companion): Measure {
  const { id, kind, difference } = companion
  return {
    id,
    label: companionLabels[id],
    unit: kind === 'share' ? 'percent' : 'number',
    of: 'both',
    changes: inBothGroups(companion, ({ changes }) => roundCount(changes)),
    ...inBothGroups(companion, (side) => roundMean(side, kind)),
    difference: difference && roundDifference(difference, 'points'),
  }
}

function roundMean(mean: CohortMean, kind: Companion['kind']): CohortValue {
  return roundValue(mean, kind === 'share' ? wholePercent : likeTwoDigits(mean.value))
}
