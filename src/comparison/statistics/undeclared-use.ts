import { rules } from '../rules.ts'

/**
 * A difference as it would be had every change the right cohort: observed / (1 − u − f), when the wrongly placed changes
 * are typical of where they belong (Rogan & Gladen 1978, Am J Epi 107:71; Copeland et al. 1977, Am J Epi 105:488). For
 * differences of means (log hours, shares) and their limits. Undeclared use hides differences; it makes none.
 *
 * @param undeclared u, share of "no AI recorded" that did use AI
 * @param falseMarks f, share of "AI recorded" that did not
 * @returns null where too little would be left to tell (u + f ≥ 0.9)
 * @example correctForUndeclared(-0.2, 0.1, 0) // -0.2222
 */
export function correctForUndeclared(
  difference: number,
  undeclared: number,
  falseMarks: number,
): number | null {
  const mislabelled = undeclared + falseMarks
  return mislabelled >= tooMany ? null : difference / (1 - mislabelled)
}

/** Less what rounding takes from a sum such as 0.6 + 0.3. */
const tooMany = rules.mostMislabelled - 1e-9
