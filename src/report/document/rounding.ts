import { rules } from '../../comparison/index.ts'
import type { Count, PeopleBand } from './report-parts.ts'

/**
 * Changes to the nearest 5, so that one change more or less is hardly ever seen. null: 1 to 4.
 *
 * @example roundCount(412) // 410
 */
export function roundCount(changes: number): Count {
  const { countStep } = rules
  if (changes > 0 && changes < countStep) return null
  return countStep * Math.round(changes / countStep)
}

/** How many people, as a band; null for fewer than 5, of whom nothing is shown. */
export function peopleBand(people: number): PeopleBand | null {
  const [few, some, many] = rules.peopleBands
  if (people < few) return null
  if (people < some) return '5-9'
  return people < many ? '10-19' : '20+'
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
 * Three significant digits: typical times, whose quotient is the difference that is told beside them.
 *
 * @example threeDigits(104.46) // 104
 */
export function threeDigits(value: number): number {
  return withoutSign(Number(value.toPrecision(3)))
}

/**
 * A mean number to two decimals.
 *
 * @example twoDecimals(1.356) // 1.36
 */
export function twoDecimals(value: number): number {
  return withoutSign(Math.round(100 * value) / 100)
}

/**
 * Rounds numbers as two significant digits of one of them are: a mean and its limits.
 *
 * @example likeTwoDigits(0.891)(1.004) // 1
 */
export function likeTwoDigits(value: number): (one: number) => number {
  if (value === 0) return twoDigits
  const place = Math.floor(Math.log10(Math.abs(value))) - 1
  const step = 10 ** Math.abs(place)
  return place < 0
    ? (one) => withoutSign(Math.round(one * step) / step)
    : (one) => withoutSign(Math.round(one / step) * step)
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
