import type { ShareInterval } from './wilson-interval.ts'

/** A difference with the interval of its true value. */
export interface Difference {
  readonly difference: number
  readonly lower: number
  readonly upper: number
}

/**
 * Interval of the difference of two independent shares from the interval of each: MOVER, "square and add" (Zou & Donner
 * 2008, Stat Med 27:1693). With Wilson's intervals it is Newcombe's method 10 (1998, Stat Med 17:873).
 *
 * @example shareDifference(wilsonInterval(56 / 70, 70, 0.95), wilsonInterval(48 / 80, 80, 0.95)) // 0.2 (0.0524 to 0.3339)
 */
export function shareDifference(one: ShareInterval, other: ShareInterval): Difference {
  const difference = one.share - other.share
  return {
    difference,
    lower: difference - Math.hypot(one.share - one.lower, other.upper - other.share),
    upper: difference + Math.hypot(one.upper - one.share, other.share - other.lower),
  }
}
