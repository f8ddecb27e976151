import { intAt } from './number-at.ts'

/**
 * The people of some changes, numbered from 0 among them: what is counted for each person then takes no room for all others.
 *
 * @example numberPeople(Int32Array.of(7, 7, 3)) // { person: 0, 0, 1, people: 2 }
 */
export function numberPeople(people: Int32Array): { person: Int32Array; people: number } {
  const known = new Map<number, number>()
  const person = new Int32Array(people.length)
  let last = -1
  let number = 0
  for (let i = 0; i < people.length; i += 1) {
    const one = intAt(people, i)
    // A table is in the order of its people: each is looked up once for all changes that follow each other.
    if (one !== last) {
      number = known.get(one) ?? known.size
      known.set(one, number)
      last = one
    }
    person[i] = number
  }
  return { person, people: known.size }
}
