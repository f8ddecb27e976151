import type { Report } from '../document/report-document.ts'

/** The parts that a report may lack, in the words of the page; there is nothing of them in the document then. */
export function missingParts(report: Report): string[] {
  const { comparisons, merged, reverts, weeks, quantiles, funnel, coverage, sizes } = report
  const parts: readonly (readonly [missing: boolean, words: string])[] = [
    ...comparisons.map(
      ({ title, verdict }) => [verdict === 'hidden', title.toLowerCase()] as const,
    ),
    [merged === null, 'the share merged over time'],
    [reverts === null, 'reverts by days since the merge'],
    [weeks.length === 0, 'single weeks'],
    [quantiles.length === 0, 'the time of each step'],
    [funnel === null, 'what became of the changes'],
    [coverage === null, 'what is recorded of AI use'],
    [sizes === null, 'the sizes of changes'],
  ]
  return parts.flatMap(([missing, words]) => (missing ? [words] : []))
}
