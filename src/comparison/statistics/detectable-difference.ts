import { normalQuantile } from './normal-distribution.ts'
import { studentQuantile } from './student-distribution.ts'

/**
 * The smallest ratio that this much data would usually show: exp((t₁ + t₂) · se). Differences of about 1/D or D and beyond
 * would be noticed as often as `power` says.
 *
 * @param standardError of the logarithm of the ratio
 * @param df effective number of people, less one
 * @example detectableRatio(0.1, 20, 0.95, 0.8) // 1.343
 */
export function detectableRatio(
  standardError: number,
  df: number,
  confidence: number,
  power: number,
): number {
  const needed = studentQuantile(1 - (1 - confidence) / 2, df) + studentQuantile(power, df)
  return Math.exp(needed * standardError)
}

/**
 * How many changes each cohort needs to tell two shares apart (Fleiss, Levin & Paik 2003, eq. 4.14, without continuity
 * correction).
 *
 * @example changesNeeded(0.006, 0.003, 0.95, 0.8) // 7,800 or so
 */
export function changesNeeded(
  one: number,
  other: number,
  confidence: number,
  power: number,
): number {
  const mean = (one + other) / 2
  const alike = normalQuantile(1 - (1 - confidence) / 2) * Math.sqrt(2 * mean * (1 - mean))
  const apart = normalQuantile(power) * Math.sqrt(one * (1 - one) + other * (1 - other))
  return ((alike + apart) / (one - other)) ** 2
}
