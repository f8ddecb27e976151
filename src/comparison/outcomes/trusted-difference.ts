import { rules } from '../rules.ts'
import type { Estimate } from './estimate.ts'
import type { Interval } from './verdict.ts'

/** A difference with its intervals, not rounded: a ratio (1 is none), or a difference of shares (0 is none). */
export interface EstimatedDifference {
  readonly scale: 'ratio' | 'difference'
  readonly value: number
  readonly interval95: Interval
  readonly interval99: Interval | null
}

/** The difference with its intervals; null where it rests on so little that they could not be trusted. */
export function trustedDifference(estimated: Estimate): EstimatedDifference | null {
  const { scale, value } = estimated
  const interval95 = restsOnEnoughPeople(estimated) ? estimated.interval(rules.confidence) : null
  if (interval95 === null) return null
  const none = scale === 'ratio' ? 1 : 0
  const interval99 = estimated.interval(rules.sureConfidence)
  return {
    scale,
    value: withoutNoise(value, none),
    interval95: [withoutNoise(interval95[0], none), withoutNoise(interval95[1], none)],
    interval99: interval99 && [
      withoutNoise(interval99[0], none),
      withoutNoise(interval99[1], none),
    ],
  }
}

/** Whether enough people stand behind an estimate, and none too much, for its interval to be trusted. */
export function restsOnEnoughPeople({ basis }: Estimate): boolean {
  return (
    basis.effectivePeople >= rules.effectivePeople && basis.largestShare <= rules.largestPersonShare
  )
}

/** Values that are all alike differ by what rounding leaves: that is no difference, and excludes none. */
function withoutNoise(value: number, none: number): number {
  return Math.abs(value - none) < noise ? none : value
}

const noise = 1e-12
