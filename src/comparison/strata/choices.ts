import { Memory } from '../numbers/memory.ts'
import { byteAt, floatAt, intAt } from '../numbers/number-at.ts'
import { type ChangeTable, unknown } from '../table/change-table.ts'
import { type Choice, isMergedInTime } from './sample.ts'

/** The same choice is the same object, so that what was chosen by it serves again. */
const choices = new Memory<Choice>()

/** What merged within 14 days of being ready. */
export function mergedInTime(table: ChangeTable): Choice {
  return choices.recall(table, 'merged in time', () => ({ rows }, places) => {
    let size = 0
    for (let i = 0; i < rows.length; i += 1) {
      places[size] = i
      size += Number(isMergedInTime(table, intAt(rows, i)))
    }
    return size
  })
}

/** The changes of which an amount is known. */
export function known(column: Float64Array): Choice {
  return choices.recall(column, 'known', () => ({ rows }, places) => {
    let size = 0
    for (let i = 0; i < rows.length; i += 1) {
      places[size] = i
      size += Number(!Number.isNaN(floatAt(column, intAt(rows, i))))
    }
    return size
  })
}

/** The changes of which it is known whether something is so. */
export function answered(column: Uint8Array): Choice {
  return choices.recall(column, 'answered', () => ({ rows }, places) => {
    let size = 0
    for (let i = 0; i < rows.length; i += 1) {
      places[size] = i
      size += Number(byteAt(column, intAt(rows, i)) !== unknown)
    }
    return size
  })
}

/**
 * What has AI recorded, and of the others what is attested to be without it.
 *
 * @param attested by row of the table, 1: attested when the clock started
 */
export function assistedOrAttested(attested: Uint8Array): Choice {
  return choices.recall(attested, 'assisted or attested', () => ({ rows, assisted }, places) => {
    let size = 0
    for (let i = 0; i < rows.length; i += 1) {
      places[size] = i
      size += byteAt(assisted, i) | byteAt(attested, intAt(rows, i))
    }
    return size
  })
}

/** One cohort: 1 for AI recorded. */
export function inCohort(member: 0 | 1): Choice {
  return ({ assisted }, places) => {
    let size = 0
    for (let i = 0; i < assisted.length; i += 1) {
      places[size] = i
      size += Number(byteAt(assisted, i) === member)
    }
    return size
  }
}
