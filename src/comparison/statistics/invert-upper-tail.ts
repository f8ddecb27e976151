/** A continuous distribution, symmetric about 0, above 0. */
export interface UpperHalf {
  /** P(X > x) for x ≥ 0; must stay exact far out, where it is close to 0. */
  upperTail(x: number): number
  /** Density at x ≥ 0. */
  density(x: number): number
}

/**
 * The x ≥ 0 that is exceeded with the given probability. Newton's method on the logarithm of the tail, kept inside a
 * bracket: far out the tail is close to 0, but its logarithm is nearly straight.
 *
 * @param probability above 0, at most 0.5
 */
export function invertUpperTail(probability: number, { upperTail, density }: UpperHalf): number {
  let low = 0
  let high = 1
  while (upperTail(high) > probability) {
    low = high
    high *= 2
    if (high === Number.POSITIVE_INFINITY) return high
  }
  let x = (low + high) / 2
  for (let step = 0; step < maximumSteps; step += 1) {
    const tail = upperTail(x)
    if (tail > probability) low = x
    else high = x
    const newton = x + (Math.log(tail / probability) * tail) / density(x)
    const next = newton > low && newton < high ? newton : (low + high) / 2
    if (Math.abs(next - x) <= Number.EPSILON * next) return next
    x = next
  }
  return x
}

/** Enough for bisection alone to reach the last digit. */
const maximumSteps = 200
