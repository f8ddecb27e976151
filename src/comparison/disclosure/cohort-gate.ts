import { byteAt, floatAt, intAt } from '../numbers/number-at.ts'
import type { PeopleCounts } from '../strata/count-people.ts'
import type { Layout } from '../strata/layout.ts'
import type { Sample } from '../strata/sample.ts'
import { type GateThresholds, type GroupSize, reaches } from './disclosure-gate.ts'

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
  return reaches(sizeOf(counts, 0), thresholds) && reaches(sizeOf(counts, 1), thresholds)
}

/** The same where a cohort may also be nothing. */
function areNoneOrPass(counts: PeopleCounts, thresholds: GateThresholds): boolean {
  const [other, assisted] = [sizeOf(counts, 0), sizeOf(counts, 1)]
  return (
    (other.changes === 0 || reaches(other, thresholds)) &&
    (assisted.changes === 0 || reaches(assisted, thresholds))
  )
}

function sizeOf(counts: PeopleCounts, cohort: 0 | 1): GroupSize {
  let people = 0
  let changes = 0
  let most = 0
  for (let entry = cohort; entry < counts.length; entry += 2) {
    const own = intAt(counts, entry)
    if (own > 0) people += 1
    if (own > most) most = own
    changes += own
  }
  return { people, changes, most }
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
  const rest = all.slice()
  // Nobody with a higher number has one of those changes.
  for (let entry = 0; entry < some.length; entry += 1) {
    rest[entry] = intAt(rest, entry) - intAt(some, entry)
  }
  return areNoneOrPass(rest, thresholds)
}

/** The same of what could be compared in two samples of one table, each way: either may have some that the other has not. */
export function areComparedApart(
  one: ComparedChanges,
  other: ComparedChanges,
  thresholds: GateThresholds,
): boolean {
  const comparedIn = new Uint8Array(1 + Math.max(lastOf(one.sample), lastOf(other.sample)))
  mark(comparedIn, one, 1)
  mark(comparedIn, other, 2)
  return (
    areNoneOrPass(countMarked(comparedIn, one, 1), thresholds) &&
    areNoneOrPass(countMarked(comparedIn, other, 2), thresholds)
  )
}

/** A sample that is laid out for comparing. */
interface ComparedChanges {
  readonly sample: Pick<Sample, 'rows'>
  readonly layout: Layout
}

/** Adds a bit to the entry of every row that was compared. */
function mark(
  comparedIn: Uint8Array,
  { sample: { rows }, layout: { order } }: ComparedChanges,
  bit: 1 | 2,
): void {
  for (let place = 0; place < order.length; place += 1) {
    const row = intAt(rows, intAt(order, place))
    comparedIn[row] = byteAt(comparedIn, row) | bit
  }
}

/** Counts what was compared in one and not in the other, whose entries have this bit alone. */
function countMarked(
  comparedIn: Uint8Array,
  { sample: { rows }, layout: { order, cells, starts } }: ComparedChanges,
  bit: 1 | 2,
): PeopleCounts {
  const counts = new Int32Array(2 * (starts.length - 1))
  for (let person = 0; person + 1 < starts.length; person += 1) {
    for (let place = intAt(starts, person); place < intAt(starts, person + 1); place += 1) {
      if (byteAt(comparedIn, intAt(rows, intAt(order, place))) !== bit) continue
      const entry = 2 * person + (intAt(cells, place) & 1)
      counts[entry] = intAt(counts, entry) + 1
    }
  }
  return counts
}

/** Rows are in the table's order. */
function lastOf({ rows }: Pick<Sample, 'rows'>): number {
  return rows.at(-1) ?? -1
}
