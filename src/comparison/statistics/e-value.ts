/** How strong a hidden difference between the cohorts would have to be. */
export interface EValue {
  /** To explain away the whole estimate. */
  readonly point: number
  /** To move the interval onto "no difference"; 1 where it is there already. */
  readonly limit: number
}

/**
 * E-value of a risk ratio (VanderWeele & Ding 2017, Ann Intern Med 167:268): E = r + √(r(r − 1)) for r ≥ 1, of 1/r below.
 * A hidden difference would have to be tied to both AI use and the outcome by that factor.
 *
 * @example eValue({ ratio: 2, lower: 1.2, upper: 3.3 }) // { point: 3.41, limit: 1.69 }
 */
export function eValue({
  ratio,
  lower,
  upper,
}: {
  readonly ratio: number
  readonly lower: number
  readonly upper: number
}): EValue {
  const nearer = ratio >= 1 ? Math.max(1, lower) : Math.min(1, upper)
  return { point: ofRatio(ratio), limit: ofRatio(nearer) }
}

/**
 * The risk ratio that a difference of means stands for: exp(0.91 d), with d in standard deviations (Chinn 2000, Stat Med
 * 19:3127; VanderWeele & Ding 2017).
 */
export function ratioOfDifference(difference: number, standardDeviation: number): number {
  return Math.exp((0.91 * difference) / standardDeviation)
}

function ofRatio(ratio: number): number {
  const r = ratio < 1 ? 1 / ratio : ratio
  return r + Math.sqrt(r * (r - 1))
}
