import { continuedFraction } from './continued-fraction.ts'
import { invertUpperTail } from './invert-upper-tail.ts'
import { normalQuantile } from './normal-distribution.ts'

/**
 * P(T ≤ t) for Student's t with `df` degrees of freedom, a whole number or not.
 *
 * @example studentCdf(2.228138851986274, 10) // 0.975
 */
export function studentCdf(t: number, df: number): number {
  if (Number.isNaN(t) || !(df > 0)) return Number.NaN
  const beta = logBeta(df / 2)
  return t <= 0 ? upperTail(-t, df, beta) : 1 - upperTail(t, df, beta)
}

/**
 * The t with P(T ≤ t) = p. Effective numbers of people are no whole numbers, so neither is `df`.
 *
 * @example studentQuantile(0.975, 10) // 2.228138851986274
 * @returns NaN for p outside 0 to 1 or `df` not above 0
 */
export function studentQuantile(p: number, df: number): number {
  if (!(p > 0 && p < 1 && df > 0)) return Number.NaN
  if (p === 0.5) return 0
  if (df > asGoodAsNormal) return normalQuantile(p)
  const beta = logBeta(df / 2)
  const t = invertUpperTail(Math.min(p, 1 - p), {
    upperTail: (x) => upperTail(x, df, beta),
    density: (x) => density(x, df, beta),
  })
  return p < 0.5 ? -t : t
}

/** Above this many degrees of freedom the two agree to the last digit. */
const asGoodAsNormal = 1e10

/**
 * Half of the regularised incomplete beta function I_x(df/2, 1/2) at x = df/(df + t²) (Abramowitz & Stegun 26.7.1).
 *
 * @param beta ln B(df/2, 1/2): it takes longer than all the rest, and is the same for every t
 */
function upperTail(t: number, df: number, beta: number): number {
  if (t === 0) return 0.5
  const a = df / 2
  const x = 1 / (1 + (t * t) / df)
  const rest = 1 / (1 + df / (t * t))
  const front = Math.exp(a * Math.log(x) + 0.5 * Math.log(rest) - beta)
  // The continued fraction is short on one side of the mean only; on the other one the complement is computed.
  return x < (a + 1) / (a + 2.5)
    ? front / (2 * a * betaFraction(a, 0.5, x))
    : 0.5 - front / betaFraction(0.5, a, rest)
}

/** The continued fraction under the incomplete beta function (Abramowitz & Stegun 26.5.8). */
function betaFraction(a: number, b: number, x: number): number {
  const numerator = (step: number) => {
    const m = Math.floor(step / 2)
    return step % 2 === 0
      ? (m * (b - m) * x) / ((a + step - 1) * (a + step))
      : (-(a + m) * (a + b + m) * x) / ((a + step - 1) * (a + step))
  }
  return continuedFraction(1, numerator, 1)
}

function density(t: number, df: number, beta: number): number {
  return Math.exp(-beta - 0.5 * Math.log(df) - ((df + 1) / 2) * Math.log1p((t * t) / df))
}

/** ln B(a, 1/2) = ½ ln π − ln(Γ(a + ½)/Γ(a)). */
function logBeta(a: number): number {
  return 0.5 * Math.log(Math.PI) - logGammaRatio(a)
}

/**
 * ln(Γ(a + ½)/Γ(a)), by its asymptotic series where that is exact, and from there down by Γ(a + 1) = a Γ(a). Taking the
 * difference of two logarithms of Γ would lose the digits that count.
 */
function logGammaRatio(a: number): number {
  let shift = 0
  let large = a
  for (; large < 25; large += 1) shift += Math.log(large / (large + 0.5))
  const i = 1 / large
  const i2 = i * i
  const series = i * (-1 / 8 + i2 * (1 / 192 + i2 * (-1 / 640 + i2 * (17 / 14_336))))
  return shift + 0.5 * Math.log(large) + series
}
