import type { Count, PeopleBand } from './report-parts.ts'

/**
 * Changes to the nearest 5, so that one change more or less is hardly ever seen. null: 1 to 4.
 *
 * @example roundCount(412) // 410
 */
export function roundCount(changes: number): Count {
  if (changes > 0 && changes < 5) return null
  return 5 * Math.round(changes / 5)
}

/** How many people, as a band; null for fewer than 5, of whom nothing is shown. */
export function peopleBand(people: number): PeopleBand | null {
  if (people < 5) return null
  if (people < 10) return '5-9'
  return people < 20 ? '10-19' : '20+'
}

/**
 * Two significant digits: times and their limits.
 *
 * @example twoDigits(17.46) // 17
 */
export function twoDigits(value: number): number {
  return withoutSign(Number(value.toPrecision(2)))
}

/**
 * A share as a whole percent; a difference of shares as whole percentage points.
 *
 * @example wholePercent(0.4271) // 43
 */
export function wholePercent(share: number): number {
  return withoutSign(Math.round(100 * share))
}

/**
 * A ratio as a whole percent more or less.
 *
 * @example ratioPercent(0.82) // -18
 */
export function ratioPercent(ratio: number): number {
  return wholePercent(ratio - 1)
}

/**
 * A number to one decimal.
 *
 * @example oneDecimal(1.26) // 1.3
 */
export function oneDecimal(value: number): number {
  return withoutSign(Math.round(10 * value) / 10)
}

/**
 * A share, or a difference of shares, per 1,000 changes, to one decimal.
 *
 * @example perThousand(0.01234) // 12.3
 */
export function perThousand(share: number): number {
  return oneDecimal(1_000 * share)
}

/** Zero has no sign: JSON and people write −0 as they like. */
function withoutSign(value: number): number {
  return value === 0 ? 0 : value
}
