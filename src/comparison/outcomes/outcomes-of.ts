import { floatAt, intAt } from '../numbers/number-at.ts'
import type { Sample } from '../strata/sample.ts'

/** The outcome of every change of a sample, in its order. */
export type OutcomesOf = (sample: Sample) => Float64Array

/** What is told row by row. */
export function outcomesOf(outcome: (row: number) => number): OutcomesOf {
  return ({ rows }) => {
    const values = new Float64Array(rows.length)
    for (let i = 0; i < rows.length; i += 1) values[i] = outcome(intAt(rows, i))
    return values
  }
}

/** What stands in a column of the table: the same, in a fraction of the time. */
export function amountsOf(column: Float64Array): OutcomesOf {
  return ({ rows }) => {
    const values = new Float64Array(rows.length)
    for (let i = 0; i < rows.length; i += 1) values[i] = floatAt(column, intAt(rows, i))
    return values
  }
}
