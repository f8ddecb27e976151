import { scaleLog } from 'd3-scale'

/** A scale for "so many percent more or less", on which a halving is as far from no difference as a doubling. */
export interface DifferenceScale {
  /** Pixels of a difference. May lie beyond the range; −100 % and below lies left of everything. */
  position(value: number): number
  /** Differences to be named below the scale, ascending, with 0 in the middle. */
  readonly ticks: readonly number[]
}

/** How far a scale may reach, as a factor, and the ticks to the right of no difference. Those to the left mirror them. */
const reaches = [
  { factor: 1.25, ticks: [1.1, 1.25] },
  { factor: 1.5, ticks: [1.25, 1.5] },
  { factor: 2, ticks: [1.25, 1.5, 2] },
  { factor: 4, ticks: [1.5, 2, 4] },
] as const

const widest = reaches[3]

/**
 * The narrowest scale that holds the differences (in percent), from ±25 % to a quarter and four times as much; what is more
 * extreme must be clipped.
 */
export function ratioScale(
  percents: readonly number[],
  range: readonly [number, number],
): DifferenceScale {
  const furthest = Math.max(1, ...percents.map(asDistance))
  const { factor, ticks } = reaches.find((reach) => furthest <= reach.factor) ?? widest
  const scale = scaleLog()
    .domain([1 / factor, factor])
    .range(range)
  return {
    position: (value) => scale(Math.max(SMALLEST_RATIO, 1 + value / 100)),
    ticks: [...ticks.map((ratio) => 1 / ratio).reverse(), 1, ...ticks].map(
      (ratio) => 100 * (ratio - 1),
    ),
  }
}

/** Far to the left of every scale here, and still with a logarithm. */
const SMALLEST_RATIO = 1e-6

function asDistance(percent: number): number {
  const ratio = Math.max(SMALLEST_RATIO, 1 + percent / 100)
  return Math.max(ratio, 1 / ratio)
}
