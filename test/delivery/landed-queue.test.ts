import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Landed } from '../../src/delivery/landed.ts'
import { LandedQueue } from '../../src/delivery/landed-queue.ts'

function landed(at: number): Landed {
  return {
    repository: { id: 1, name: null },
    reading: 0,
    number: at,
    sha: null,
    at,
    tracked: true,
    files: null,
    claims: [],
    title: 0,
    starts: [],
  }
}

test('gives each once, in order of time and no later than asked, whenever it is added', () => {
  const all = Array.from({ length: 20 }, (_, at) => landed(at))
  const steps = fc.array(
    fc.record({
      added: fc.uniqueArray(fc.constantFrom(...all)),
      until: fc.option(fc.constantFrom(...all)),
    }),
  )
  fc.assert(
    fc.property(steps, (taken) => {
      const queue = new LandedQueue((one, other) => one.at - other.at)
      const waiting = new Set<Landed>()
      for (const { added, until } of taken) {
        queue.addAll(new Set(added))
        for (const each of added) waiting.add(each)
        const due = [...waiting]
          .filter(({ at }) => until === null || at <= until.at)
          .toSorted((one, other) => one.at - other.at)
        if (until !== null) expect(queue.hasUntil(until)).toBe(due.length > 0)
        const got: Landed[] = []
        for (let next = queue.take(until); next !== undefined; next = queue.take(until)) {
          got.push(next)
        }
        expect(got).toEqual(due)
        for (const each of due) waiting.delete(each)
      }
    }),
  )
})
