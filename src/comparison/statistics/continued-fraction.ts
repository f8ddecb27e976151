/**
 * b₀ + a₁/(b + a₂/(b + …)) by the modified method of Lentz (Thompson & Barnett 1986), until a further step changes
 * nothing.
 *
 * @param numerator a of step 1, 2, 3 …
 */
export function continuedFraction(
  first: number,
  numerator: (step: number) => number,
  b: number,
): number {
  let value = first || tiny
  let c = value
  let d = 0
  for (let step = 1; step <= maximumSteps; step += 1) {
    const a = numerator(step)
    d = 1 / (b + a * d || tiny)
    c = b + a / c || tiny
    value *= c * d
    if (Math.abs(c * d - 1) < Number.EPSILON) return value
  }
  return value
}

/** Stands for 0 where it would be divided by. */
const tiny = 1e-300
const maximumSteps = 100_000
