import type { Report } from '../document/report-document.ts'

/** Which changes stand in a week, and what its median is of: by what the report counts changes by. */
export const weekWords: Readonly<Record<Report['cohorts']['clock'], string>> = {
  ready: 'Changes by the week in which they became ready, and the time from then to the merge.',
  merged:
    "Changes by the week of their merge, and the time from the first commit, by its author's clock, to the merge.",
}
