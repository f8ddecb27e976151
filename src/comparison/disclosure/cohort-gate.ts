import { at, type Layout, largest } from '../strata/layout.ts'
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
    const entry = 2 * at(person, i) + at(assisted, i)
    counts[entry] = at(counts, entry) + 1
  }
  return counts
}

/** Counts the changes that could be compared alone. */
export function countCompared({ parts }: Layout): PeopleCounts {
  const { starts, counts: own } = parts
  const counts = new Int32Array(2 * (starts.length - 1))
  for (let person = 0; person + 1 < starts.length; person += 1) {
    for (let part = at(starts, person); part < at(starts, person + 1); part += 1) {
      counts[2 * person] = at(counts, 2 * person) + at(own, 2 * part)
      counts[2 * person + 1] = at(counts, 2 * person + 1) + at(own, 2 * part + 1)
    }
  }
  return counts
}

/** Whether each of the cohorts is large and mixed enough to be shown. */
export function cohortsPass(counts: PeopleCounts, thresholds: GateThresholds): boolean {
  const side = new Int32Array(counts.length / 2)
  return [0, 1].every((cohort) => {
    for (let person = 0; person < side.length; person += 1) {
      side[person] = at(counts, 2 * person + cohort)
    }
    return arePublishable(side, thresholds)
  })
}

/**
 * Whether numbers of all changes may stand beside those of the compared ones: what is left is then told by subtraction, and
 * must in each cohort be nothing or enough to be shown.
 */
export function restPasses(
  all: PeopleCounts,
  compared: PeopleCounts,
  thresholds: GateThresholds,
): boolean {
  return [0, 1].every((cohort) => {
    const rest = all
      .map((changes, entry) => changes - at(compared, entry))
      .filter((_, entry) => entry % 2 === cohort)
    return rest.every((changes) => changes === 0) || arePublishable(rest, thresholds)
  })
}
