import type { GateThresholds } from '../../comparison/index.ts'
import { gateText } from './gate-words.ts'
import { plainList } from './plain-list.ts'
import type { Report } from './report-document.ts'

/** Parts of which there may be nothing in a report. */
export type Parts = Pick<
  Report,
  'merged' | 'reverts' | 'weeks' | 'quantiles' | 'funnel' | 'coverage' | 'sizes'
>

interface Missing {
  readonly parts: Parts
  /** The source is a clone, which cannot know when changes became ready. */
  readonly isClone: boolean
  /** The report is of one repository, and there are others. */
  readonly isOneOfSeveral: boolean
  readonly thresholds: GateThresholds
}

/** What is said of parts of which there is nothing in the report, so that nobody takes them for forgotten. */
export function warnOfMissing(missing: Missing): Report['warnings'] {
  const { isOneOfSeveral, thresholds } = missing
  const hidden = hiddenParts(missing)
  return [
    ...(isOneOfSeveral
      ? [
          {
            code: 'one-of-several',
            text: 'Weeks, sizes and what is recorded are told of all repositories together, not of one among several: single changes could be worked out from both.',
          },
        ]
      : []),
    ...(hidden.length === 0
      ? []
      : [
          {
            code: 'not-shown',
            text: `Not shown: ${plainList(hidden)}. There ${gateText(thresholds)}, or too few of its changes were merged.`,
          },
        ]),
  ]
}

/** What could be known of this source and scope, and is not shown. */
function hiddenParts({ parts, isClone, isOneOfSeveral }: Missing): string[] {
  const { merged, reverts, weeks, quantiles, funnel, coverage, sizes } = parts
  const all: readonly (readonly [isHidden: boolean, words: string])[] = [
    [!isClone && merged === null, 'the share merged over time'],
    [reverts === null, 'reverts by days since the merge'],
    [!isOneOfSeveral && weeks.length === 0, 'single weeks'],
    [quantiles.length === 0, 'the time of each step'],
    [!isClone && funnel === null, 'what became of the changes'],
    [!isOneOfSeveral && coverage === null, 'what is recorded of AI use'],
    [!isOneOfSeveral && sizes === null, 'the sizes of changes'],
  ]
  return all.flatMap(([isHidden, words]) => (isHidden ? [words] : []))
}
