import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Comparison, judge, type Verdict } from '../../../src/comparison/outcomes/verdict.ts'

const enough = {
  publishable: true,
  scale: 'ratio',
  assistedUsed: 400,
  otherUsed: 600,
  effectivePeople: 15,
  largestShare: 0.2,
  lastWeek: null,
  samePeople: null,
} as const satisfies Partial<Comparison>

/** How much each verdict says; a surer comparison never says less. */
const certainty: Partial<Record<Verdict, number>> = {
  too_few: 0,
  no_clear_difference: 1,
  leaning_lower: 2,
  leaning_higher: 2,
  lower: 3,
  higher: 3,
}

test('says no less when the interval shrinks around the same estimate', () => {
  fc.assert(
    fc.property(
      fc.double({ min: -0.8, max: 0.8, noNaN: true }),
      fc.double({ min: 0.01, max: 1, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (estimate, error, shrink) => {
        const verdictAt = (standardError: number) => {
          const interval = (z: number) =>
            [
              Math.exp(estimate - z * standardError),
              Math.exp(estimate + z * standardError),
            ] as const
          const toward = estimate < 0 ? 'lower' : 'higher'
          return judge({
            ...enough,
            interval95: interval(1.96),
            interval99: interval(2.58),
            lastWeek: toward,
            samePeople: estimate < 0 ? [0.5, 0.9] : [1.1, 2],
          })
        }
        const wide = verdictAt(error)
        const narrow = verdictAt(error * shrink)
        // "About the same" is certain in its own way: it may follow anything and is followed by nothing weaker.
        if (wide === 'similar') expect(narrow).toBe('similar')
        else if (narrow !== 'similar') {
          expect(certainty[narrow]).toBeGreaterThanOrEqual(certainty[wide] ?? Number.NaN)
        }
      },
    ),
  )
})

test('takes the narrower mark that the caller gives for rare risks', () => {
  const rare = {
    ...enough,
    scale: 'difference',
    events: 40,
    interval95: [-0.002, 0.004],
    interval99: [-0.003, 0.005],
  } as const
  expect(judge(rare)).toBe('similar')
  expect(judge({ ...rare, sameRisk: 0.001 })).toBe('no_clear_difference')
})

test.each<readonly [Partial<Comparison>, Verdict]>([
  [{ publishable: false }, 'hidden'],
  [{ assistedUsed: 29 }, 'too_few'],
  [{ otherUsed: 29 }, 'too_few'],
  [{ effectivePeople: 4.9 }, 'too_few'],
  [{ effectivePeople: Number.NaN }, 'too_few'],
  [{ largestShare: 0.51 }, 'too_few'],
  [{ interval95: null, interval99: null }, 'too_few'],
  [{ interval99: null }, 'leaning_lower'],
])('%j → %s', (part, verdict) => {
  expect(judge({ ...enough, interval95: [0.5, 0.9], interval99: [0.4, 1.05], ...part })).toBe(
    verdict,
  )
})
