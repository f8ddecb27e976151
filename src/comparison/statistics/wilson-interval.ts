import { normalQuantile } from './normal-distribution.ts'

/** A share with the interval of its true value. */
export interface ShareInterval {
  readonly share: number
  readonly lower: number
  readonly upper: number
}

/**
 * Wilson's score interval of a share, without continuity correction (Wilson 1927, JASA 22:209; Newcombe 1998, Stat Med
 * 17:857, method 3). It exists also for none and for all, and never leaves 0 to 1.
 *
 * @param share from 0 to 1
 * @param n number of changes behind it, or an effective number, which need not be whole
 * @example wilsonInterval(81 / 263, 263, 0.95) // { lower: 0.2553, upper: 0.3662 }
 */
export function wilsonInterval(share: number, n: number, confidence: number): ShareInterval {
  return { share, ...scoreInterval(share, n, normalQuantile(1 - (1 - confidence) / 2)) }
}

/**
 * The same with another quantile than the normal distribution's.
 *
 * @param z for instance one of Student's, where `n` is itself estimated from a few people
 */
export function scoreInterval(share: number, n: number, z: number): Omit<ShareInterval, 'share'> {
  const z2 = z * z
  const centre = share + z2 / (2 * n)
  const half = z * Math.sqrt((share * (1 - share)) / n + z2 / (4 * n * n))
  const scale = 1 + z2 / n
  return {
    lower: share <= 0 ? 0 : Math.max(0, (centre - half) / scale),
    upper: share >= 1 ? 1 : Math.min(1, (centre + half) / scale),
  }
}
