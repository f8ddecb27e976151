import { allRows } from '../numbers/rows-where.ts'
import { splitBy } from '../numbers/split-by.ts'
import { keepAt, type Sample } from './sample.ts'

/** The changes of each repository as a sample of its own, by its number in the table; repositories without any are left out. */
export function splitByRepository(sample: Sample): Map<number, Sample> {
  const parts = splitBy(sample.repository, allRows(sample.rows.length))
  return new Map(
    parts.map(({ key, values: places }) => [
      key,
      // By itself it is the only repository: its strata need no room for all the others.
      { ...keepAt(sample, places), repository: new Int32Array(places.length) },
    ]),
  )
}
