import { type Cohort, cohortLabels } from '../charts/cohort.ts'
import type { Report } from '../document/report-document.ts'
import { capital } from './capital.ts'

/** What the two groups are called at the start of a line. */
export function cohortNames({ assisted, other }: Report['cohorts']): Record<Cohort, string> {
  return {
    assisted: capital(assisted?.label ?? cohortLabels.assisted),
    other: capital(other?.label ?? cohortLabels.other),
  }
}
