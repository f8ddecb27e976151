import type { EstimatedDifference } from '../comparison/index.ts'
import type { Estimate } from './report-parts.ts'
import { perThousand, ratioPercent, wholePercent } from './rounding.ts'

/** How differences of shares are printed: of reverts per 1,000 changes, of others in percentage points. */
export type ShareUnit = 'points' | 'per-1000'

/** A difference as it is printed: ratios and shares in whole percent or points, rates per 1,000 to one decimal. */
export function roundDifference(
  {
    scale,
    value,
    interval95: [low, high],
  }: Pick<EstimatedDifference, 'scale' | 'value' | 'interval95'>,
  shareUnit: ShareUnit,
): Estimate {
  const unit = scale === 'ratio' ? 'percent' : shareUnit
  const round = rounders[unit]
  return { unit, value: round(value), low: round(low), high: round(high) }
}

const rounders = {
  percent: ratioPercent,
  points: wholePercent,
  'per-1000': perThousand,
} as const
