/** The two groups, in the order in which they are always shown. */
export const cohorts = ['assisted', 'other'] as const

export type Cohort = (typeof cohorts)[number]

/** How the groups are called where a chart or a table has no document at hand. */
export const cohortLabels: Readonly<Record<Cohort, string>> = {
  assisted: 'AI recorded',
  other: 'No AI recorded',
}
