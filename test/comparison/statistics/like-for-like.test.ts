import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { adjustedRiskDifference } from '../../../src/comparison/statistics/adjusted-risk-difference.ts'
import {
  type LikeForLike,
  likeForLike,
  likeForLikeInterval,
  type Scale,
} from '../../../src/comparison/statistics/like-for-like.ts'
import { layOut } from '../../../src/comparison/strata/layout.ts'

interface Row {
  readonly y: number
  readonly assisted: 0 | 1
  readonly stratum: number
  readonly person: number
}

function compare(rows: readonly Row[], scale: Scale = 'difference'): LikeForLike | null {
  const layout = layOut(membership(rows))
  return likeForLike(
    layout,
    Float64Array.from(rows, ({ y }) => y),
    scale,
  )
}

function membership(rows: readonly Row[]) {
  return {
    assisted: Uint8Array.from(rows, ({ assisted }) => assisted),
    stratum: Int32Array.from(rows, ({ stratum }) => stratum),
    person: Int32Array.from(rows, ({ person }) => person),
  }
}

const row: fc.Arbitrary<Row> = fc.record({
  y: fc.integer({ min: 1, max: 400 }).map((value) => value / 10),
  assisted: fc.constantFrom(0, 1),
  stratum: fc.integer({ min: 0, max: 5 }),
  person: fc.integer({ min: 0, max: 8 }),
})
const history = fc.array(row, { minLength: 1, maxLength: 60 })

/** Everything again without each person, as the definition has it: slow, and nothing shared with the production code. */
function bruteForce(rows: readonly Row[]) {
  const informative = (some: readonly Row[]) =>
    some.filter(({ stratum }) =>
      [0, 1].every((cohort) =>
        some.some((one) => one.stratum === stratum && one.assisted === cohort),
      ),
    )
  const estimate = (some: readonly Row[]) => {
    const used = informative(some)
    let weight = 0
    let sum = 0
    for (const stratum of new Set(used.map((one) => one.stratum))) {
      const mean = (cohort: 0 | 1) => {
        const ys = used.filter((one) => one.stratum === stratum && one.assisted === cohort)
        return { n: ys.length, mean: ys.reduce((total, { y }) => total + y, 0) / ys.length }
      }
      const [one, other] = [mean(1), mean(0)]
      const w = (one.n * other.n) / (one.n + other.n)
      weight += w
      sum += w * (one.mean - other.mean)
    }
    return weight > 0 ? sum / weight : null
  }
  const used = informative(rows)
  const all = estimate(rows)
  const people = [...new Set(used.map(({ person }) => person))]
  const left = people.map((person) => estimate(used.filter((one) => one.person !== person)))
  if (all === null) return null
  const squares = left.map((theta) => (theta === null ? Number.NaN : (theta - all) ** 2))
  const sum = squares.reduce((total, one) => total + one, 0)
  const error =
    people.length > 1 && Number.isFinite(sum)
      ? Math.sqrt(((people.length - 1) / people.length) * sum)
      : null
  return { estimate: all, standardError: error, people: people.length }
}

describe('like-for-like', () => {
  test('agrees with leaving out each person by hand', () => {
    fc.assert(
      fc.property(history, (rows) => {
        const found = compare(rows)
        const expected = bruteForce(rows)
        if (expected === null) {
          expect(found).toBeNull()
          return
        }
        expect(found?.estimate).toBeCloseTo(expected.estimate, 9)
        expect(found?.people).toBe(expected.people)
        if (expected.standardError === null) expect(found?.standardError).toBeNull()
        else expect(found?.standardError).toBeCloseTo(expected.standardError, 8)
      }),
    )
  })

  test('does not depend on the order of changes or on the numbers of people and strata', () => {
    fc.assert(
      fc.property(
        history,
        fc.array(fc.nat(), { minLength: 60, maxLength: 60 }),
        fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6, 7, 8], { minLength: 9 }),
        (rows, keys, names) => {
          const shuffled = rows
            .map((one, index) => ({ one, key: keys[index] ?? 0 }))
            .sort((one, other) => one.key - other.key)
            .map(({ one }) => ({
              ...one,
              person: names[one.person] ?? 0,
              stratum: 5 - one.stratum,
            }))
          expectAlike(compare(shuffled), compare(rows))
        },
      ),
    )
  })

  test('does not see what both cohorts have in common', () => {
    fc.assert(
      fc.property(history, (rows) => {
        const moved = compare(rows.map((one) => ({ ...one, y: one.y + 7 })))
        const found = compare(rows)
        expectAlike(
          moved && { ...moved, assistedMean: 0, otherMean: 0 },
          found && { ...found, assistedMean: 0, otherMean: 0 },
        )
      }),
    )
  })

  test.each(['difference', 'log-ratio'] as const)(
    'turns its sign when the cohorts change places (%s)',
    (scale) => {
      fc.assert(
        fc.property(history, (rows) => {
          const swapped = rows.map(
            (one) => ({ ...one, assisted: one.assisted === 1 ? 0 : 1 }) as Row,
          )
          const found = compare(rows, scale)
          const turned = compare(swapped, scale)
          if (found === null || turned === null) {
            expect(turned).toBe(found)
            return
          }
          expect(turned.estimate).toBeCloseTo(-found.estimate, 9)
          expect(turned.effectivePeople).toBeCloseTo(found.effectivePeople, 9)
          expect(turned.otherMean).toBeCloseTo(found.assistedMean, 9)
        }),
      )
    },
  )

  test('is not moved by a stratum with one cohort only', () => {
    fc.assert(
      fc.property(history, fc.array(row, { maxLength: 10 }), (rows, others) => {
        const alone = others.map((one) => ({ ...one, stratum: 6, assisted: 1 as const }))
        expectAlike(compare([...rows, ...alone]), compare(rows))
      }),
    )
  })

  test("is not surer for the same people's changes counted twice", () => {
    fc.assert(
      fc.property(history, (rows) => {
        const once = compare(rows)
        const twice = compare([...rows, ...rows])
        expect(twice?.estimate ?? 0).toBeCloseTo(once?.estimate ?? 0, 9)
        expect(twice?.standardError ?? 0).toBeCloseTo(once?.standardError ?? 0, 8)
        expect(twice?.effectivePeople ?? 0).toBeCloseTo(once?.effectivePeople ?? 0, 8)
      }),
    )
  })

  test('is surer for the same changes of twice as many people', () => {
    fc.assert(
      fc.property(history, (rows) => {
        const once = compare(rows)
        const twice = compare([...rows, ...rows.map((one) => ({ ...one, person: one.person + 9 }))])
        if (once?.standardError == null || once.standardError === 0) return
        expect(twice?.standardError ?? Number.NaN).toBeLessThan(once.standardError)
      }),
    )
  })

  test('gives no interval when all of a cohort is one person', () => {
    const rows: Row[] = Array.from({ length: 40 }, (_, index) => ({
      y: index,
      assisted: index % 2 === 0 ? 1 : 0,
      stratum: 0,
      person: index % 2 === 0 ? 0 : index,
    }))
    const found = compare(rows)
    expect(found?.standardError).toBeNull()
    expect(found && likeForLikeInterval(found, 0.95)).toBeNull()
  })

  test('gives nothing where no stratum holds both cohorts', () => {
    expect(compare([])).toBeNull()
    expect(compare([{ y: 1, assisted: 1, stratum: 0, person: 0 }])).toBeNull()
  })
})

describe('adjusted risk difference', () => {
  test('contains the difference that was seen, and stays between −1 and 1', () => {
    fc.assert(
      fc.property(history, (rows) => {
        const outcome = Float64Array.from(rows, ({ y }) => (y > 30 ? 1 : 0))
        const found = adjustedRiskDifference(layOut(membership(rows)), outcome)
        if (found === null) return
        const { difference, lower, upper } = found.interval(0.95)
        expect(lower).toBeLessThanOrEqual(difference)
        expect(upper).toBeGreaterThanOrEqual(difference)
        expect(lower).toBeGreaterThanOrEqual(-1)
        expect(upper).toBeLessThanOrEqual(1)
        expect(found.designEffect).toBeGreaterThanOrEqual(1)
      }),
    )
  })
})

function expectAlike(one: LikeForLike | null, other: LikeForLike | null): void {
  if (one === null || other === null) {
    expect(one).toBe(other)
    return
  }
  for (const key of Object.keys(other) as (keyof LikeForLike)[]) {
    const expected = other[key]
    if (expected === null || Number.isNaN(expected)) expect(one[key]).toEqual(expected)
    else expect(one[key], key).toBeCloseTo(expected, 7)
  }
}
