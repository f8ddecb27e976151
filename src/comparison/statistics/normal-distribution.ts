import { continuedFraction } from './continued-fraction.ts'
import { invertUpperTail } from './invert-upper-tail.ts'

/**
 * P(Z ≤ x) for a standard normal Z. Near 0 by the power series of the error function, farther out by its continued
 * fraction (Abramowitz & Stegun 7.1.6 and 7.1.14), so that small tails keep all their digits.
 *
 * @example normalCdf(1.959963984540054) // 0.975
 */
export function normalCdf(x: number): number {
  if (Number.isNaN(x)) return x
  return x <= 0 ? upperTail(-x) : 1 - upperTail(x)
}

/**
 * The x with P(Z ≤ x) = p for a standard normal Z.
 *
 * @example normalQuantile(0.975) // 1.959963984540054
 * @returns ±Infinity at 0 and 1, NaN outside
 */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) return Number.NaN
  if (p === 0 || p === 1) return p === 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
  if (p === 0.5) return 0
  const x = invertUpperTail(Math.min(p, 1 - p), { upperTail, density })
  return p < 0.5 ? -x : x
}

/** Where the series and the continued fraction are equally short. */
const seriesEnd = 3

function upperTail(x: number): number {
  if (x < seriesEnd) return 0.5 - seriesFromZero(x)
  if (x > 40) return 0
  // Mills' ratio: tail / density = 1 / (x + 1 / (x + 2 / (x + 3 / …))).
  return density(x) / continuedFraction(x, (step) => step, x)
}

/** P(0 < Z < x): the density times x + x³/3 + x⁵/(3·5) + … */
function seriesFromZero(x: number): number {
  let term = x
  let sum = x
  for (let odd = 3; term > sum * Number.EPSILON; odd += 2) {
    term *= (x * x) / odd
    sum += term
  }
  return density(x) * sum
}

function density(x: number): number {
  return Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)
}
