import { largest } from '../numbers/largest.ts'
import { byteAt, intAt } from '../numbers/number-at.ts'
import { orderBy } from '../numbers/order-by.ts'
import { rules } from '../rules.ts'
import type { Sample } from './sample.ts'
import { sizeKinds } from './size-kinds.ts'
import { countComparable } from './strata.ts'

/** What the comparison within people needs of each change. */
export type PeoplesChanges = Pick<Sample, 'person' | 'repository' | 'band' | 'assisted'>

/**
 * Strata in which everybody is only compared to themselves: person and size, and the repository too where at least 80 % of
 * what is comparable stays so. Takes lasting differences between people out of the answer.
 *
 * @returns stratum of each change, numbered from 0
 */
export function samePeopleStrata(changes: PeoplesChanges): Int32Array {
  const coarse = byPersonAndSize(changes)
  const fine = withRepository(changes)
  const { comparableAssisted: kept } = countComparable(fine, changes.assisted)
  const { comparableAssisted: all } = countComparable(coarse, changes.assisted)
  return kept >= rules.comparableShare * all ? fine : coarse
}

function byPersonAndSize({ person, band }: PeoplesChanges): Int32Array {
  const stratum = new Int32Array(person.length)
  for (let i = 0; i < stratum.length; i += 1) {
    stratum[i] = intAt(person, i) * sizeKinds + byteAt(band, i)
  }
  return stratum
}

/** Numbers person × repository × size person by person, so that one small table of numbers serves everybody. */
function withRepository({ person, repository, band }: PeoplesChanges): Int32Array {
  // A table goes person by person: mostly there is nothing to put in order.
  const order = isAscending(person) ? null : orderBy(person)
  const stratum = new Int32Array(person.length)
  const kinds = (largest(repository) + 1) * sizeKinds
  const numbers = new Int32Array(kinds)
  const owners = new Int32Array(kinds).fill(-1)
  let next = 0
  for (let place = 0; place < stratum.length; place += 1) {
    const i = order === null ? place : intAt(order, place)
    const kind = intAt(repository, i) * sizeKinds + byteAt(band, i)
    if (intAt(owners, kind) !== intAt(person, i)) {
      owners[kind] = intAt(person, i)
      numbers[kind] = next++
    }
    stratum[i] = intAt(numbers, kind)
  }
  return stratum
}

function isAscending(numbers: Int32Array): boolean {
  for (let i = 1; i < numbers.length; i += 1) {
    if (intAt(numbers, i) < intAt(numbers, i - 1)) return false
  }
  return true
}
