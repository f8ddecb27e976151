import { rules } from '../rules.ts'

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

/** The person of each change of a group, by key or by number. */
export type People = Iterable<string | number> & { readonly length: number }

/** One part of a breakdown: for each cohort, the person of each change. */
export interface Cell {
  readonly id: string
  readonly assisted: People
  readonly other: People
  /** It must stay hidden, whatever its size. */
  readonly held?: boolean
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
  people: People,
  thresholds: GateThresholds = gateThresholds,
): boolean {
  return new CountedPeople().add(people).isPublishable(thresholds)
}

/** How many people stand behind how many changes, and how many the one with the most has. */
export interface GroupSize {
  readonly people: number
  readonly changes: number
  readonly most: number
}

/** Whether a group is large and mixed enough. */
export function reaches({ people, changes, most }: GroupSize, thresholds: GateThresholds): boolean {
  return (
    people >= thresholds.people &&
    changes >= thresholds.changes &&
    most <= thresholds.personShare * changes
  )
}

/**
 * Which parts of one breakdown may be shown beside its total, when both cohorts are (Hundepool et al. 2012, Statistical
 * Disclosure Control). Hidden parts together must be empty or publishable in each cohort, or subtracting what is shown from
 * the total would give them away: until they are, the shown part with the fewest changes is hidden too.
 */
export function disclose(
  cells: readonly Cell[],
  thresholds: GateThresholds = gateThresholds,
): Disclosure {
  const parts = cells.map(({ id, assisted, other, held }) => ({
    id,
    cohorts: [assisted, other],
    held: held === true,
  }))
  return disclosePartition(parts, 2, thresholds)
}

/** The same for one group by itself, of which the parts compare nothing: weeks, tiers, answers. */
export function discloseParts(
  parts: readonly { readonly id: string; readonly people: People }[],
  thresholds: GateThresholds = gateThresholds,
): Disclosure {
  const cells = parts.map(({ id, people }) => ({ id, cohorts: [people], held: false }))
  return disclosePartition(cells, 1, thresholds)
}

interface Part {
  readonly id: string
  /** As many as the breakdown has cohorts. */
  readonly cohorts: readonly People[]
  readonly held: boolean
}

function disclosePartition(
  parts: readonly Part[],
  cohorts: number,
  thresholds: GateThresholds,
): Disclosure {
  const together = (some: readonly Part[]) =>
    Array.from({ length: cohorts }, (_, cohort) =>
      some.reduce((union, part) => union.add(part.cohorts[cohort] ?? []), new CountedPeople()),
    )
  const passes = (group: CountedPeople) => group.isPublishable(thresholds)
  if (!together(parts).every(passes)) return { total: false, shown: [] }
  const shown = parts
    .filter((part) => !part.held && together([part]).every(passes))
    .sort(byFewestChanges)
  const isShown = new Set(shown)
  const hidden = together(parts.filter((part) => !isShown.has(part)))
  while (shown.length > 0 && !hidden.every((group) => group.size === 0 || passes(group))) {
    const smallest = shown.shift()
    for (const [cohort, group] of hidden.entries()) group.add(smallest?.cohorts[cohort] ?? [])
  }
  return { total: true, shown: shown.map(({ id }) => id).sort() }
}

function byFewestChanges(one: Part, other: Part): number {
  const size = ({ cohorts }: Part) => cohorts.reduce((sum, people) => sum + people.length, 0)
  return size(one) - size(other) || (one.id < other.id ? -1 : 1)
}

/** How many changes each person has in a group that grows. */
class CountedPeople {
  readonly #counts = new Map<string | number, number>()
  #most = 0
  size = 0

  /** A table is in the order of its people: each is looked up once for all that follow each other. */
  add(people: People): this {
    let last: string | number | undefined
    let run = 0
    for (const person of people) {
      if (person !== last && last !== undefined) {
        this.#count(last, run)
        run = 0
      }
      last = person
      run += 1
    }
    if (last !== undefined) this.#count(last, run)
    this.size += people.length
    return this
  }

  #count(person: string | number, changes: number): void {
    const count = (this.#counts.get(person) ?? 0) + changes
    this.#counts.set(person, count)
    this.#most = Math.max(this.#most, count)
  }

  isPublishable(thresholds: GateThresholds): boolean {
    const group = { people: this.#counts.size, changes: this.size, most: this.#most }
    return reaches(group, thresholds)
  }
}
