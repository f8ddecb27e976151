import type { Report } from './report-document.ts'

/** What happened to the changes of the two groups in their window: 'changes that …'. */
export const cohortClocks: Readonly<Record<Report['cohorts']['clock'], string>> = {
  ready: 'became ready for review',
  merged: 'were merged',
}
