import { scaleLinear } from 'd3-scale'
import type { DifferenceScale } from './ratio-scale.ts'

/** A scale for differences of rates or shares with no difference in its middle; it reaches as far as the largest of them. */
export function differenceScale(
  values: readonly number[],
  range: readonly [number, number],
): DifferenceScale {
  const furthest = Math.max(1, ...values.map(Math.abs))
  const scale = scaleLinear().domain([-furthest, furthest]).nice(4).range(range)
  return { position: (value) => scale(value), ticks: scale.ticks(4) }
}
