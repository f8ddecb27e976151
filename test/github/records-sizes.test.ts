import { describe, expect, test } from 'vitest'
import { PageSize } from '../../src/github/records-sizes.ts'

function sizesAfter(size: PageSize, ...outcomes: readonly ('good' | 'too much')[]): number[] {
  return outcomes.map((outcome) => {
    if (outcome === 'good') size.succeeded()
    else size.shrink()
    return size.size
  })
}

describe('the size of a page', () => {
  test('is halved down to one, and says when it cannot be less', () => {
    const size = new PageSize(25)
    const shrunk = Array.from({ length: 6 }, () => [size.shrink(), size.size])
    expect(shrunk).toEqual([
      [true, 12],
      [true, 6],
      [true, 3],
      [true, 1],
      [false, 1],
      [false, 1],
    ])
  })

  test('is doubled after four good pages in a row, up to what it may be', () => {
    const size = new PageSize(25, 6)
    const good = ['good', 'good', 'good', 'good'] as const
    expect(sizesAfter(size, ...good)).toEqual([6, 6, 6, 12])
    expect(sizesAfter(size, ...good, ...good, ...good)).toEqual([
      12, 12, 12, 24, 24, 24, 24, 25, 25, 25, 25, 25,
    ])
  })

  test('counts the good pages anew after one that was too much', () => {
    const size = new PageSize(20, 10)
    expect(sizesAfter(size, 'good', 'good', 'good', 'too much', 'good', 'good', 'good')).toEqual([
      10, 10, 10, 5, 5, 5, 5,
    ])
  })

  test.each([
    [25, 100, 25],
    [0, 0, 1],
    [5, 5, 5],
  ])('at most %i, asked to start with %i, is %i', (largest, start, size) => {
    expect(new PageSize(largest, start).size).toBe(size)
  })
})
