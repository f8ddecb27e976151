import type { Estimate } from '../document/report-parts.ts'

/**
 * A number with thousands apart, alike on every machine.
 *
 * @example plainNumber(7800) // '7,800'
 */
export function plainNumber(value: number): string {
  return plain.format(value)
}

/** A number to one decimal, which is there also where it is 0. */
export function oneDecimalNumber(value: number): string {
  return oneDecimal.format(value)
}

/**
 * A size without its sign, in the unit of an estimate but for `per 1,000`: rates have one decimal.
 *
 * @example sizeText(-18, 'percent') // '18 %'
 */
export function sizeText(value: number, unit: Estimate['unit']): string {
  const size = Math.abs(value)
  if (unit === 'percent') return `${plainNumber(size)} %`
  return unit === 'per-1000' ? oneDecimalNumber(size) : plainNumber(size)
}

/**
 * The limits of an estimate; the unit of rates and points stands with the estimate itself.
 *
 * @example limitsText({ unit: 'percent', value: -18, low: -30, high: -4 }) // '−30 % to −4 %'
 */
export function limitsText({ unit, low, high }: Estimate): string {
  return `${signedText(low, unit)} to ${signedText(high, unit)}`
}

/**
 * An estimate with its interval.
 *
 * @example estimateText({ unit: 'per-1000', value: -9.8, low: -17.2, high: -2.4 }) // '−9.8 per 1,000 (−17.2 to −2.4)'
 */
export function estimateText(estimate: Estimate): string {
  const { unit, value } = estimate
  const points = Math.abs(value) === 1 ? ' point' : ' points'
  const behind = { percent: '', points, 'per-1000': ' per 1,000' }[unit]
  return `${signedText(value, unit)}${behind} (${limitsText(estimate)})`
}

/**
 * A number with its sign, as `sizeText` has it.
 *
 * @example signedText(-18, 'percent') // '−18 %'
 */
export function signedText(value: number, unit: Estimate['unit']): string {
  const sign = value < 0 ? '−' : value > 0 ? '+' : ''
  return `${sign}${sizeText(value, unit)}`
}

const plain = new Intl.NumberFormat('en', { maximumFractionDigits: 6 })
const oneDecimal = new Intl.NumberFormat('en', {
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
})
