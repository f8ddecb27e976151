import { floatAt } from '../strata/number-at.ts'
import { normalQuantile } from './normal-distribution.ts'

/** How often something happened in each stratum and cohort. */
export interface Tables {
  /** Events among the changes with AI recorded. */
  readonly assistedEvents: Float64Array
  readonly assistedCounts: Float64Array
  readonly otherEvents: Float64Array
  readonly otherCounts: Float64Array
}

/** Risks standardised to the comparable changes. */
export interface StratifiedRisks {
  /** Σ n₁n₀/(n₁ + n₀) */
  readonly weight: number
  readonly assistedRisk: number
  readonly otherRisk: number
  readonly difference: number
  /** Of the difference, with every change taken as independent (Sato). */
  readonly standardError: number
  /** The same by Greenland & Robins, which needs strata that are not small: for the vectors alone. */
  readonly greenlandRobinsError: number
  /** Ratio of the risks; NaN or infinite where a cohort has no event. */
  readonly ratio: number
  /** Of the ratio's logarithm, with every change taken as independent. */
  readonly logRatioError: number
  /** Normal interval of the difference, not adjusted for people. */
  interval(confidence: number): readonly [lower: number, upper: number]
  /** Normal interval of the ratio, on the log scale, not adjusted for people. */
  ratioInterval(confidence: number): readonly [lower: number, upper: number]
}

/**
 * Mantel–Haenszel risk difference with the variance of Sato (1989, Biometrics 45:1323) and risk ratio with that of
 * Greenland & Robins (1985, Biometrics 41:55). Strata with one cohort only count for nothing, strata without events keep
 * their weight.
 */
export function mantelHaenszel(tables: Tables): StratifiedRisks {
  let weight = 0
  let assisted = 0
  let other = 0
  let p = 0
  let q = 0
  let differenceVariance = 0
  let ratioVariance = 0
  for (let s = 0; s < tables.assistedCounts.length; s += 1) {
    const n1 = floatAt(tables.assistedCounts, s)
    const n0 = floatAt(tables.otherCounts, s)
    if (n1 === 0 || n0 === 0) continue
    const x1 = floatAt(tables.assistedEvents, s)
    const x0 = floatAt(tables.otherEvents, s)
    const n = n1 + n0
    weight += (n1 * n0) / n
    assisted += (x1 * n0) / n
    other += (x0 * n1) / n
    p += (n1 ** 2 * x0 - n0 ** 2 * x1 + (n1 * n0 * (n0 - n1)) / 2) / n ** 2
    q += (x1 * (n0 - x0) + x0 * (n1 - x1)) / (2 * n)
    differenceVariance += (x1 * (n1 - x1) * n0 ** 3 + x0 * (n0 - x0) * n1 ** 3) / (n1 * n0 * n ** 2)
    ratioVariance += (n1 * n0 * (x1 + x0) - x1 * x0 * n) / n ** 2
  }
  const difference = (assisted - other) / weight
  const standardError = Math.sqrt(difference * p + q) / weight
  const ratio = assisted / other
  const logRatioError = Math.sqrt(ratioVariance / (assisted * other))
  return {
    weight,
    assistedRisk: assisted / weight,
    otherRisk: other / weight,
    difference,
    standardError,
    greenlandRobinsError: Math.sqrt(differenceVariance) / weight,
    ratio,
    logRatioError,
    interval: (confidence) => {
      const half = twoSided(confidence) * standardError
      return [difference - half, difference + half]
    },
    ratioInterval: (confidence) => {
      const factor = Math.exp(twoSided(confidence) * logRatioError)
      return [ratio / factor, ratio * factor]
    },
  }
}

function twoSided(confidence: number): number {
  return normalQuantile(1 - (1 - confidence) / 2)
}
