/**
 * b₀ + a₁/(b₁ + a₂/(b₂ + …)) by the modified method of Lentz (Thompson & Barnett 1986), until a further step changes
 * nothing.
 *
 * @param part the pair [a, b] of step 1, 2, 3 …
 */
export function continuedFraction(
  first: number,
  part: (step: number) => readonly [a: number, b: number],
): number {
  let value = first || tiny
  let c = value
  let d = 0
  for (let step = 1; step <= maximumSteps; step += 1) {
    const [a, b] = part(step)
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
