import type { CycleTimeComparison, RevertComparison } from '../../comparison/index.ts'
import { estimateText, plainNumber, signedText, sizeText } from '../text/estimate-text.ts'
import { roundDifference } from './round-difference.ts'
import { perThousand, ratioPercent, twoDigits } from './rounding.ts'

/** What to know before the time to merge is read. */
export function cycleTimeNotes({
  verdict,
  medianRatio,
  mergesDiffer,
}: CycleTimeComparison): string[] {
  if (verdict === 'hidden' || verdict === 'not_known') return []
  return [
    ...(mergesDiffer
      ? [
          'The two groups also differ in how often changes merge, so times of merged changes are not fully comparable.',
        ]
      : []),
    ...(medianRatio === null
      ? []
      : [
          `Medians tell a different story: by them the difference is ${signedText(ratioPercent(medianRatio), 'percent')}, outside the interval.`,
        ]),
    ofSameSize,
  ]
}

const ofSameSize = 'Changes of the same size are compared, and size may itself come from using AI.'

/** What to know before reverts are read. */
export function revertNotes({ counts, crude, changesNeeded }: RevertComparison): string[] {
  if (counts === null) return []
  return [
    ...(crude === null ? [] : [crudeNote(crude)]),
    ...(changesNeeded === null
      ? []
      : [
          `Reverts are rare: at this rate about ${plainNumber(twoDigits(changesNeeded))} comparable changes in each group would usually (4 in 5) show it doubled.`,
        ]),
    'A later change that mends an earlier one is not a revert and is not counted.',
  ]
}

function crudeNote({
  assisted,
  other,
  difference,
}: NonNullable<RevertComparison['crude']>): string {
  const { difference: value, lower, upper } = difference
  const text = estimateText(
    roundDifference({ scale: 'difference', value, interval95: [lower, upper] }, 'per-1000'),
  )
  return `Of those merged at least 30 days ago, not adjusted for anything: ${sizeText(perThousand(assisted), 'per-1000')} reverts per 1,000 with AI recorded, ${sizeText(perThousand(other), 'per-1000')} with no AI recorded, a difference of ${text}.`
}
