/** The two groups by their names in the document, in the order in which they are always shown. */
export const cohorts = ['aiRecorded', 'noneRecorded'] as const

export type Cohort = (typeof cohorts)[number]

/** What they are called at the start of a line and at the head of a column. */
export const cohortNames: Readonly<Record<Cohort, string>> = {
  aiRecorded: 'AI recorded',
  noneRecorded: 'No AI recorded',
}

/** The heads of two columns. */
export const cohortHeadings = cohorts.map((cohort) => cohortNames[cohort])
