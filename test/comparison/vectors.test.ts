import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { root } from '../support/repository.ts'
import { runVectors } from '../support/vectors.ts'

// Made with R 4.2.2 and its packages, many checked against scipy or published tables; each file names its oracle.
const results = runVectors(join(root, 'test/comparison/vectors'))

describe('golden vectors', () => {
  test('are of every method that the product has', () => {
    expect(results.filter(({ used }) => !used)).toEqual([])
    expect(results).toHaveLength(18)
  })

  test.each(results)('$method', ({ passed, failures }) => {
    expect(failures).toEqual([])
    expect(passed).toBeGreaterThan(5)
  })
})
