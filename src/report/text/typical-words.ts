import type { ReportComparison } from '../document/report-comparison.ts'

/** What the typical value of comparable changes is called. */
export const typicalWords: Readonly<
  Record<NonNullable<ReportComparison['typical']>['unit'], string>
> = {
  hours: 'Typical time',
  rounds: 'Mean rounds',
  'per-1000': 'Per 1,000',
}
