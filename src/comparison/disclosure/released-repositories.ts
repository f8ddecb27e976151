import { gatherInts } from '../numbers/gather.ts'
import { byteAt, floatAt, intAt } from '../numbers/number-at.ts'
import { allRows, rowsWhere } from '../numbers/rows-where.ts'
import { splitBy } from '../numbers/split-by.ts'
import type { ChangeTable } from '../table/change-table.ts'
import { millisecondsPerDay } from '../table/windows.ts'
import { type GateThresholds, gateThresholds, isPublishable } from './disclosure-gate.ts'
import { mayFollow } from './published-snapshot.ts'
import { disclosedRepositories } from './shown-rows.ts'
import type { Days } from './sliding-people.ts'
import { areApart } from './snapshot-anchor.ts'
import { type GroupKind, groupChanges, groupKinds } from './snapshot-groups.ts'

export interface ReleaseOptions {
  readonly thresholds?: GateThresholds | undefined
  /** The Mondays of the organisation's earlier snapshots, milliseconds since the epoch. */
  readonly published: readonly number[]
  /** Those that may have a snapshot of their own, by their number in the table, with the Mondays of their earlier ones. */
  readonly repositories: ReadonlyMap<number, ReadonlySet<number>>
}

/**
 * The repositories whose own snapshots are published beside that of the whole organisation.
 *
 * Two things could be told by subtraction. Of one repository, from its last snapshot to this one: so enough people moved in it,
 * or nobody. And of all that is hidden, from any earlier snapshot of the organisation to this one: what the organisation shows less the
 * repositories that are shown both times. Not from the last alone: one that was held back then is shown again now, and would
 * no longer cover what it was held back for. So as long as few people moved among the others in any group, one more keeps its last snapshot, and what
 * moved in it is among the others: that with the most people who moved, so that mostly one is enough. In the end none is
 * shown, and what moved in all together is the organisation's own step.
 *
 * @param asOf the Monday that the organisation's snapshot is of, which may follow its last, milliseconds since the epoch
 * @returns their numbers in the table
 */
export function releasedRepositories(
  table: ChangeTable,
  asOf: number,
  options: ReleaseOptions,
): ReadonlySet<number> {
  const { thresholds = gateThresholds, published } = options
  // Under raised thresholds one may seem to have been hidden that an earlier report has shown.
  const rules = thresholds === gateThresholds ? [thresholds] : [thresholds, gateThresholds]
  const released = ownSteps(table, asOf, rules, options)
  const near = published.filter((monday) => monday < asOf && !areApart(monday, asOf))
  const steps = rules.flatMap((rule) =>
    near.flatMap((since) => groupSteps(table, { since, asOf }, rule, options.repositories)),
  )
  const people = countMoved(steps)
  const inOrder = [...released].toSorted(
    (one, other) => (people.get(other) ?? 0) - (people.get(one) ?? 0) || one - other,
  )
  while (released.size > 0 && !steps.every((step) => isSafe(step, released))) {
    for (const one of inOrder.splice(0, Math.ceil(released.size / slowSteps))) released.delete(one)
  }
  return released
}

/** Up to so many repositories, one after the other is held back. */
const slowSteps = 64

/** Those of which enough people moved, or nobody, since the last snapshot of each. */
function ownSteps(
  table: ChangeTable,
  asOf: number,
  rules: readonly GateThresholds[],
  { repositories }: ReleaseOptions,
): Set<number> {
  const lasts = new Map<number, number>()
  for (const [one, mondays] of repositories) {
    const last = Math.max(...mondays)
    if (mondays.size > 0 && !areApart(last, asOf)) lasts.set(one, last)
  }
  const near = lasts.values()
  const groupsOf = groupChanges(table, { start: Math.min(asOf, ...near), end: asOf })
  const found = new Set<number>()
  for (const { key, values } of splitBy(table.repository, allRows(table.size))) {
    if (!repositories.has(key)) continue
    const last = lasts.get(key)
    if (
      last === undefined ||
      rules.every((rule) => mayFollow(last, asOf, groupsOf(values), rule))
    ) {
      found.add(key)
    }
  }
  return found
}

/** What came into a group that the organisation shows both times, and what went out of it. */
interface GroupStep {
  readonly rule: GateThresholds
  readonly moved: readonly { readonly repository: Int32Array; readonly person: Int32Array }[]
  /** Repositories that may show the group both times; what is in the others is hidden. */
  readonly shown: ReadonlySet<number>
}

function groupSteps(
  table: ChangeTable,
  { since, asOf }: { readonly since: number; readonly asOf: number },
  rule: GateThresholds,
  repositories: ReleaseOptions['repositories'],
): GroupStep[] {
  const all = groupKinds(table, { start: since, end: asOf })
  return all.flatMap((group) => {
    const { daysAt } = group
    const [before, now] = [daysAt(since), daysAt(asOf)]
    const [then, today] = [before, now].map((days) => shownIn(table, group, days, rule))
    if (then === null || today === null || then === undefined || today === undefined) return []
    const shown = [...today].filter(
      (one) => then.has(one) && repositories.get(one)?.has(since) === true,
    )
    const wentOut = { start: before.start, end: Math.min(before.end, now.start) }
    const cameIn = { start: Math.max(before.end, now.start), end: now.end }
    const moved = [wentOut, cameIn].map((days) => {
      const rows = rowsIn(table, group, group.bits, days)
      return {
        repository: gatherInts(table.repository, rows),
        person: gatherInts(table.person, rows),
      }
    })
    return [{ rule, moved, shown: new Set(shown) }]
  })
}

/** Which repositories may show a group, beside the organisation; null: that does not show it either. */
function shownIn(
  table: ChangeTable,
  group: GroupKind,
  days: Days,
  rule: GateThresholds,
): ReadonlySet<number> | null {
  const disclosed = (bits: number) => {
    const rows = rowsIn(table, group, bits, days)
    const people = gatherInts(table.person, rows)
    if (!isPublishable(people, rule)) return null
    return disclosedRepositories(gatherInts(table.repository, rows), people, rule)
  }
  const own = disclosed(group.bits)
  if (own === null || group.beside === null) return own
  const beside = disclosed(group.beside)
  return beside && own.intersection(beside)
}

function rowsIn(
  table: ChangeTable,
  { time, kinds }: GroupKind,
  bits: number,
  { start, end }: Days,
): Int32Array {
  const [from, to] = [start * millisecondsPerDay, end * millisecondsPerDay]
  return rowsWhere(allRows(table.size), (row) => {
    const kind = byteAt(kinds, row)
    if (kind === 0 || (kind & bits) !== bits) return false
    const at = floatAt(time, row)
    return at >= from && at < to
  })
}

/** How many people moved in each repository, in any group. */
function countMoved(steps: readonly GroupStep[]): ReadonlyMap<number, number> {
  const people = new Map<number, Set<number>>()
  for (const { repository, person } of steps.flatMap(({ moved }) => moved)) {
    for (let i = 0; i < person.length; i += 1) {
      const one = intAt(repository, i)
      const own = people.get(one) ?? new Set()
      people.set(one, own.add(intAt(person, i)))
    }
  }
  return new Map(Array.from(people, ([one, own]) => [one, own.size]))
}

/** Whether of what is hidden enough people moved, or nobody. */
function isSafe(
  { rule: { people }, moved, shown }: GroupStep,
  released: ReadonlySet<number>,
): boolean {
  return moved.every(({ repository, person }) => {
    const seen = new Set<number>()
    for (let i = 0; i < person.length && seen.size < people; i += 1) {
      const one = intAt(repository, i)
      if (!(shown.has(one) && released.has(one))) seen.add(intAt(person, i))
    }
    return seen.size === 0 || seen.size >= people
  })
}
