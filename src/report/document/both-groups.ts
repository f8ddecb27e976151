import type { BothCohorts } from '../../comparison/index.ts'

/** The same of both groups, by the names that they have in the document. */
export interface BothGroups<Side> {
  readonly aiRecorded: Side
  readonly noneRecorded: Side
}

/** What is known of both cohorts, as it stands in the document. */
export function inBothGroups<From, To>(
  { assisted, other }: BothCohorts<From>,
  make: (side: From) => To,
): BothGroups<To> {
  return { aiRecorded: make(assisted), noneRecorded: make(other) }
}

/** The same with either side that is shown. */
export function inShownGroups<From, To>(
  cohorts: BothCohorts<From | null>,
  make: (side: From) => To,
): BothGroups<To | null> {
  return inBothGroups(cohorts, (side) => (side === null ? null : make(side)))
}

/** Whether nothing of either side is shown. */
export function isHidden({ assisted, other }: BothCohorts<unknown>): boolean {
  return assisted === null && other === null
}
