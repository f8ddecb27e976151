import type { ReportComparison } from '../document/report-comparison.ts'
import type { Fact } from './report-section.ts'

/** What stands above them. */
export const surerTitle = 'What would make it surer'

/** What would make each statement surer that is not clear. */
export function surerFacts(comparisons: readonly ReportComparison[]): Fact[] {
  return comparisons.flatMap(({ title, enough }) =>
    enough === null ? [] : [{ label: title, text: enough.text }],
  )
}
