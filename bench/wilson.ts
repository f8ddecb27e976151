/** Standard normal quantile for a 95 % interval. */
const z = 1.959963984540054

/** A share with its 95 % interval. */
export interface Share {
  readonly part: number
  readonly whole: number
  readonly value: number
  readonly low: number
  readonly high: number
}

/**
 * A share of counted things with Wilson's score interval (Wilson 1927, JASA 22:209–212), which stays honest near 0 and 1.
 *
 * @example wilson(98, 100) // value 0.98, low 0.930, high 0.994
 */
export function wilson(part: number, whole: number): Share {
  if (whole === 0) return { part, whole, value: Number.NaN, low: 0, high: 1 }
  const value = part / whole
  const centre = value + z ** 2 / (2 * whole)
  const spread = z * Math.sqrt((value * (1 - value)) / whole + z ** 2 / (4 * whole ** 2))
  const scale = 1 + z ** 2 / whole
  return { part, whole, value, low: (centre - spread) / scale, high: (centre + spread) / scale }
}
