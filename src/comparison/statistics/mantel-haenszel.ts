import { floatAt } from '../numbers/number-at.ts'
import { normalQuantile } from './normal-distribution.ts'

/** How often something happened in each stratum and cohort: entry `2 * stratum + cohort`, 1 for AI recorded. */
export interface Tables {
  readonly events: Float64Array
  readonly counts: Float64Array
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
}

/**
 * Mantel–Haenszel risk difference with the variance of Sato (1989, Biometrics 45:1323). Strata with one cohort only count for
 * nothing, strata without events keep their weight.
 */
export function mantelHaenszel({ events, counts }: Tables): StratifiedRisks {
  let weight = 0
  let assisted = 0
  let other = 0
  let p = 0
  let q = 0
  for (let cell = 0; cell < counts.length; cell += 2) {
    const n1 = floatAt(counts, cell + 1)
    const n0 = floatAt(counts, cell)
    if (n1 === 0 || n0 === 0) continue
    const x1 = floatAt(events, cell + 1)
    const x0 = floatAt(events, cell)
    const n = n1 + n0
    weight += (n1 * n0) / n
    assisted += (x1 * n0) / n
    other += (x0 * n1) / n
    p += (n1 ** 2 * x0 - n0 ** 2 * x1 + (n1 * n0 * (n0 - n1)) / 2) / n ** 2
    q += (x1 * (n0 - x0) + x0 * (n1 - x1)) / (2 * n)
  }
  const difference = (assisted - other) / weight
  return {
    weight,
    assistedRisk: assisted / weight,
    otherRisk: other / weight,
    difference,
    standardError: Math.sqrt(difference * p + q) / weight,
  }
}

/** What the report does not show, for who checks against other programs, and for the vectors. */
export interface RisksElsewhere {
  /** Of the difference by Greenland & Robins, which needs strata that are not small. */
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

/** The Mantel–Haenszel risk ratio, and other intervals (Greenland & Robins 1985, Biometrics 41:55). */
export function mantelHaenszelElsewhere(tables: Tables): RisksElsewhere {
  const { events, counts } = tables
  const { weight, assistedRisk, otherRisk, difference, standardError } = mantelHaenszel(tables)
  let differenceVariance = 0
  let ratioVariance = 0
  for (let cell = 0; cell < counts.length; cell += 2) {
    const n1 = floatAt(counts, cell + 1)
    const n0 = floatAt(counts, cell)
    if (n1 === 0 || n0 === 0) continue
    const x1 = floatAt(events, cell + 1)
    const x0 = floatAt(events, cell)
    const n = n1 + n0
    differenceVariance += (x1 * (n1 - x1) * n0 ** 3 + x0 * (n0 - x0) * n1 ** 3) / (n1 * n0 * n ** 2)
    ratioVariance += (n1 * n0 * (x1 + x0) - x1 * x0 * n) / n ** 2
  }
  const ratio = assistedRisk / otherRisk
  const logRatioError = Math.sqrt(ratioVariance / (assistedRisk * otherRisk)) / weight
  return {
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
