import { largest } from '../numbers/largest.ts'
import { byteAt, intAt } from '../numbers/number-at.ts'
import type { Sample } from './sample.ts'

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
