import { at } from './layout.ts'
import { countComparable, sizeBandCount } from './strata.ts'

/** What the comparison within people needs of each change. */
export interface PeoplesChanges {
  /** Numbered from 0. */
  readonly person: Int32Array
  readonly repository: Int32Array
  /** Index of its size band. */
  readonly band: Uint8Array
  readonly assisted: Uint8Array
}

/** Share that must stay comparable for the repository to be told apart too. */
const enough = 0.8

/**
 * Strata in which everybody is only compared to themselves: person and size, and the repository too where at least 80 % of
 * what is comparable stays so. Takes lasting differences between people out of the answer.
 *
 * @returns stratum of each change, numbered from 0
 */
export function samePeopleStrata(changes: PeoplesChanges): Int32Array {
  const { person, repository, band } = changes
  const coarse = numbered(person, (i) => at(person, i) * sizeBandCount + at(band, i))
  const fine = numbered(person, (i) => `${at(person, i)} ${at(repository, i)} ${at(band, i)}`)
  const { comparableAssisted: kept } = countComparable(fine, changes.assisted)
  const { comparableAssisted: all } = countComparable(coarse, changes.assisted)
  return kept >= enough * all ? fine : coarse
}

function numbered(changes: Int32Array, keyOf: (index: number) => number | string): Int32Array {
  const numbers = new Map<number | string, number>()
  return changes.map((_, index) => {
    const key = keyOf(index)
    const known = numbers.get(key)
    if (known !== undefined) return known
    numbers.set(key, numbers.size)
    return numbers.size - 1
  })
}
