import { rules } from '../rules.ts'
import { orderBy } from '../table/order-by.ts'
import { largest } from './layout.ts'
import { byteAt, intAt } from './number-at.ts'
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
  const { person, band, assisted } = changes
  const coarse = new Int32Array(person.length)
  for (let i = 0; i < coarse.length; i += 1) {
    coarse[i] = intAt(person, i) * sizeKinds + byteAt(band, i)
  }
  const fine = withRepository(changes)
  const { comparableAssisted: kept } = countComparable(fine, assisted)
  const { comparableAssisted: all } = countComparable(coarse, assisted)
  return kept >= rules.comparableShare * all ? fine : coarse
}

/** Numbers person × repository × size person by person, so that one small table of numbers serves everybody. */
function withRepository({ person, repository, band }: PeoplesChanges): Int32Array {
  const order = orderBy(person)
  const stratum = new Int32Array(person.length)
  const kinds = (largest(repository) + 1) * sizeKinds
  const numbers = new Int32Array(kinds)
  const owners = new Int32Array(kinds).fill(-1)
  let next = 0
  for (const i of order) {
    const kind = intAt(repository, i) * sizeKinds + byteAt(band, i)
    if (intAt(owners, kind) !== intAt(person, i)) {
      owners[kind] = intAt(person, i)
      numbers[kind] = next++
    }
    stratum[i] = intAt(numbers, kind)
  }
  return stratum
}
