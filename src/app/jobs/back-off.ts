import { tuning } from './tuning.ts'

/**
 * How long to wait after so many tries, milliseconds: anywhere up to a bound that doubles ("full jitter", AWS Architecture
 * Blog, "Exponential Backoff And Jitter", 2015), so that what failed together does not come back together.
 *
 * @param tries from 1
 * @param chance from 0 to 1
 */
export function backOff(tries: number, chance: number): number {
  const bound = Math.min(tuning.longestBackOff, tuning.firstBackOff * 2 ** (tries - 1))
  return Math.round(bound * chance)
}
