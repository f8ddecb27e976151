import { at } from '../strata/layout.ts'
import { keepAt, type Sample } from '../strata/sample.ts'
import { orderBy } from './order-by.ts'

/** The changes of each repository as a sample of its own, by its number in the table; repositories without any are left out. */
export function splitByRepository(sample: Sample): Map<number, Sample> {
  const { repository } = sample
  const order = orderBy(repository)
  const parts = new Map<number, Sample>()
  for (let start = 0; start < order.length; ) {
    const one = at(repository, at(order, start))
    let end = start + 1
    while (end < order.length && at(repository, at(order, end)) === one) end += 1
    const places = order.subarray(start, end)
    // By itself it is the only repository: its strata need no room for all the others.
    parts.set(one, { ...keepAt(sample, places), repository: new Int32Array(places.length) })
    start = end
  }
  return parts
}
