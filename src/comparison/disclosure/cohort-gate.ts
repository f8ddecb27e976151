import { type Layout, largest } from '../strata/layout.ts'
import { byteAt, floatAt, intAt } from '../strata/number-at.ts'
import type { Sample } from '../strata/sample.ts'
import { arePublishable, type GateThresholds } from './disclosure-gate.ts'

/** How many changes each person has in each cohort: entry `2 * person + cohort`. */
export type PeopleCounts = Int32Array

/** Counts all changes of a sample. */
export function countPeople({
  person,
  assisted,
}: Pick<Sample, 'person' | 'assisted'>): PeopleCounts {
  const counts = new Int32Array(2 * (largest(person) + 1))
  for (let i = 0; i < person.length; i += 1) {
    const entry = 2 * intAt(person, i) + byteAt(assisted, i)
    counts[entry] = intAt(counts, entry) + 1
  }
  return counts
}

/** Counts the changes that could be compared alone. */
export function countCompared({ parts }: Layout): PeopleCounts {
  const { starts, counts: own } = parts
  const counts = new Int32Array(2 * (starts.length - 1))
  for (let person = 0; person + 1 < starts.length; person += 1) {
    for (let part = intAt(starts, person); part < intAt(starts, person + 1); part += 1) {
      counts[2 * person] = intAt(counts, 2 * person) + floatAt(own, 2 * part)
      counts[2 * person + 1] = intAt(counts, 2 * person + 1) + floatAt(own, 2 * part + 1)
    }
  }
  return counts
}

/** Whether each of the cohorts is large and mixed enough to be shown. */
export function cohortsPass(counts: PeopleCounts, thresholds: GateThresholds): boolean {
  return [0, 1].every((cohort) => arePublishable(countsIn(counts, cohort), thresholds))
}

/** Each person's changes in one cohort. */
function countsIn(counts: PeopleCounts, cohort: number): Int32Array {
  const side = new Int32Array(counts.length / 2)
  for (let person = 0; person < side.length; person += 1) {
    side[person] = intAt(counts, 2 * person + cohort)
  }
  return side
}

/**
 * Whether numbers of all changes may stand beside those of some of them: what is left is then told by subtraction, and must
 * in each cohort be nothing or enough to be shown.
 */
export function restPasses(
  all: PeopleCounts,
  some: PeopleCounts,
  thresholds: GateThresholds,
): boolean {
  // Nobody with a higher number has one of those changes.
  return areNoneOrMany(
    all.map((changes, entry) => changes - (some[entry] ?? 0)),
    thresholds,
  )
}

/** The same of what could be compared in two samples of one table, each way: either may have some that the other has not. */
export function areComparedApart(
  one: ComparedChanges,
  other: ComparedChanges,
  thresholds: GateThresholds,
): boolean {
  return (
    areNoneOrMany(countBeside(one, other), thresholds) &&
    areNoneOrMany(countBeside(other, one), thresholds)
  )
}

/** A sample that is laid out for comparing. */
interface ComparedChanges {
  readonly sample: Pick<Sample, 'rows'>
  readonly layout: Layout
}

/** Counts what was compared in one and not in the other. */
function countBeside(
  { sample: { rows }, layout }: ComparedChanges,
  other: ComparedChanges,
): PeopleCounts {
  const { order, cells, starts } = layout
  const taken = new Uint8Array(1 + Math.max(lastOf(rows), lastOf(other.sample.rows)))
  for (const place of other.layout.order) taken[intAt(other.sample.rows, place)] = 1
  const counts = new Int32Array(2 * (starts.length - 1))
  for (let person = 0; person + 1 < starts.length; person += 1) {
    for (let place = intAt(starts, person); place < intAt(starts, person + 1); place += 1) {
      if (byteAt(taken, intAt(rows, intAt(order, place))) === 1) continue
      const entry = 2 * person + (intAt(cells, place) & 1)
      counts[entry] = intAt(counts, entry) + 1
    }
  }
  return counts
}

/** Rows are in the table's order. */
function lastOf(rows: Int32Array): number {
  return rows.at(-1) ?? -1
}

function areNoneOrMany(counts: PeopleCounts, thresholds: GateThresholds): boolean {
  return [0, 1].every((cohort) => {
    const side = countsIn(counts, cohort)
    return side.every((changes) => changes === 0) || arePublishable(side, thresholds)
  })
}
