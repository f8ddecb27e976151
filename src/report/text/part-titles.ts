/** What the parts of a report are called, in every format. */
export const partTitles = {
  differences: 'How sure this is',
  merged: 'How soon changes merge',
  reverts: 'Reverts as time passes',
  weeks: 'Week by week',
  durations: 'Where the time goes',
  funnel: 'What shipped',
  coverage: 'What is recorded of AI use',
  sizes: 'How large the changes are',
  integrity: 'What else moves the numbers',
  repositories: 'Repository by repository',
  limits: 'What to know',
  selfAudit: 'What the owners say about how these numbers are used',
  definitions: 'What the words mean',
} as const
