import type { EstimatedDifference } from '../../comparison/index.ts'
import type { Estimate } from './report-parts.ts'
import { oneDecimal, perThousand, ratioPercent, wholePercent } from './rounding.ts'

/** How differences of shares are printed: of reverts per 1,000 changes, of others in percentage points. */
export type ShareUnit = 'points' | 'per-1000'

type Difference = Pick<EstimatedDifference, 'scale' | 'value' | 'interval95'>

/**
 * A difference as it is printed: ratios and shares in whole percent or points, rates per 1,000 to one decimal. Where the
 * interval leaves "no difference" out, nothing of it is rounded to 0: what would be has one decimal, and is at least 0.1.
 */
export function roundDifference(
  { scale, value, interval95 }: Difference,
  shareUnit: ShareUnit,
): Estimate {
  const [low, high] = interval95
  const none = scale === 'ratio' ? 1 : 0
  const isApart = low > none || high < none
  const unit = unitOf(scale, shareUnit)
  const round = (one: number) => {
    const rounded = rounders[unit](one)
    return isApart && rounded === 0 ? awayFromNone(100 * (one - none)) : rounded
  }
  return { unit, value: round(value), low: round(low), high: round(high) }
}

/** One end of a difference alone, rounded as all are. */
export function roundEnd(end: number, scale: Difference['scale'], shareUnit: ShareUnit): number {
  return rounders[unitOf(scale, shareUnit)](end)
}

/** What is nearer to no difference than half a percent or point, to one decimal. */
function awayFromNone(percent: number): number {
  return Math.sign(percent) * Math.max(0.1, Math.abs(oneDecimal(percent)))
}

function unitOf(scale: Difference['scale'], shareUnit: ShareUnit): Estimate['unit'] {
  return scale === 'ratio' ? 'percent' : shareUnit
}

const rounders = {
  percent: ratioPercent,
  points: wholePercent,
  'per-1000': perThousand,
} as const
