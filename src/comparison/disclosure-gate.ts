import { rules } from './rules.ts'

/** What must be reached before a group is shown. Owners may raise it, never lower it. */
export interface GateThresholds {
  readonly people: number
  readonly changes: number
  /** Largest share of the group's changes that may be one person's. */
  readonly personShare: number
}

export const gateThresholds: GateThresholds = {
  people: rules.minimumPeople,
  changes: rules.minimumChanges,
  personShare: rules.largestPersonShare,
}

/** One part of a breakdown: for each cohort, the person of each change. */
export interface Cell {
  readonly id: string
  readonly assisted: readonly string[]
  readonly other: readonly string[]
}

/** What of a breakdown may be shown. */
export interface Disclosure {
  /** Whether the total may be shown; if not, nothing may. */
  readonly total: boolean
  /** Ids of the parts that may, in order. */
  readonly shown: readonly string[]
}

/** Whether a group of changes, given by their people, is large and mixed enough to be shown. */
export function isPublishable(
  people: readonly string[],
  thresholds: GateThresholds = gateThresholds,
): boolean {
  const counts = new Map<string, number>()
  let most = 0
  for (const person of people) {
    const count = (counts.get(person) ?? 0) + 1
    counts.set(person, count)
    most = Math.max(most, count)
  }
  return (
    counts.size >= thresholds.people &&
    people.length >= thresholds.changes &&
    most <= thresholds.personShare * people.length
  )
}

/**
 * Which parts of one breakdown may be shown beside its total (Hundepool et al. 2012, Statistical Disclosure Control). Hidden
 * parts together must be empty or publishable in each cohort, or subtracting what is shown from the total would give them
 * away: until they are, the shown part with the fewest changes is hidden too.
 */
export function disclose(
  cells: readonly Cell[],
  thresholds: GateThresholds = gateThresholds,
): Disclosure {
  const passes = (people: readonly string[]) => isPublishable(people, thresholds)
  const isSafe = (people: readonly string[]) => people.length === 0 || passes(people)
  const cohortsOf = (some: readonly Cell[]) => [
    some.flatMap(({ assisted }) => assisted),
    some.flatMap(({ other }) => other),
  ]
  if (!cohortsOf(cells).every(passes)) return { total: false, shown: [] }
  const shown = cells.filter((cell) => cohortsOf([cell]).every(passes)).sort(byFewestChanges)
  const hidden = cells.filter((cell) => !shown.includes(cell))
  while (shown.length > 0 && !cohortsOf(hidden).every(isSafe)) hidden.push(...shown.splice(0, 1))
  return { total: true, shown: shown.map(({ id }) => id).sort() }
}

function byFewestChanges(one: Cell, other: Cell): number {
  const size = ({ assisted, other: rest }: Cell) => assisted.length + rest.length
  return size(one) - size(other) || (one.id < other.id ? -1 : 1)
}
