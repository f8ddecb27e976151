import { at } from '../numbers/number-at.ts'
import type { OthersLessBaseline } from './others-less-baseline.ts'
import { sumsOfSmallest } from './prefix-of-values.ts'

/** Means of both cohorts, each above the baseline of the others. */
export interface MeansAboveBaseline {
  readonly assisted: number
  readonly other: number
}

/** Where the difference would be lowest and highest. */
export interface WorstCaseOfMeans {
  readonly share: number
  readonly lowest: MeansAboveBaseline
  readonly highest: MeansAboveBaseline
}

/**
 * The means as they would be if a share of the others had used AI and were the most extreme of them, which then are with
 * the other cohort (Horowitz & Manski 1995, Econometrica 63:281): like for like what `meanBounds` is for groups as they are.
 *
 * @param difference θ, of the weighted means
 * @param shares of undeclared use, each more than 0 and less than 1
 */
export function worstCaseOfMeans(
  { values, assisted }: OthersLessBaseline,
  difference: number,
  shares: readonly number[],
): WorstCaseOfMeans[] {
  const all = values.length
  const total = values.reduce((sum, one) => sum + one, 0)
  const ends = shares.flatMap((share) => [share * all, (1 - share) * all])
  const sums = Float64Array.from(sumsOfSmallest(values, ends))
  return shares.map((share, index) => {
    const keeping = (keptSum: number): MeansAboveBaseline => ({
      assisted: (difference * assisted + total - keptSum) / (assisted + share * all),
      other: keptSum / ((1 - share) * all),
    })
    return {
      share,
      lowest: keeping(total - at(sums, 2 * index)),
      highest: keeping(at(sums, 2 * index + 1)),
    }
  })
}
