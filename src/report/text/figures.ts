import type { Measure } from '../document/report-comparison.ts'
import type { CohortValue, Count, Estimate, PeopleBand } from '../document/report-parts.ts'

/** A unit of anything in the document: of a value, of an estimate, of a typical value. */
export type Unit = Measure['unit'] | Estimate['unit'] | 'rounds'

/** Keeps a number and its unit on one line. */
const NO_BREAK = '\u00a0'
const MINUS = '\u2212'
const whole = new Intl.NumberFormat('en', { useGrouping: true, maximumFractionDigits: 6 })
const oneDecimal = new Intl.NumberFormat('en', {
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
})

/** What stands where the gate hides a number, or there is none. */
export const NOT_SHOWN = 'not shown'

const unitWords: Readonly<Record<Unit, string>> = {
  percent: `${NO_BREAK}%`,
  points: `${NO_BREAK}points`,
  hours: `${NO_BREAK}h`,
  rounds: '',
  number: '',
  'per-1000': '',
}

/**
 * A number as the document has it, with its unit: `17 h`, `1,310`, `14.0`.
 *
 * @param decimals to which a number that has fewer is filled up
 */
export function figure(value: number, unit: Unit = 'number', decimals = 0): string {
  const size = Math.abs(value)
  const isFilled = decimals > 0 && unit !== 'per-1000'
  const format = unit === 'per-1000' ? oneDecimal : whole
  const digits = isFilled ? size.toFixed(decimals) : format.format(size)
  const words = unit === 'points' && size === 1 ? `${NO_BREAK}point` : unitWords[unit]
  return `${value < 0 ? MINUS : ''}${digits}${words}`
}

/** A difference, always with its sign: `−18 %`, `+2.8`, and `0 %` without one. */
export function signed(value: number, unit: Unit): string {
  return `${value > 0 ? '+' : ''}${figure(value, unit)}`
}

/** `−18 % (−30 to −4)`, `−2 points (−8 to +4)`: where there is little room, with the unit once. */
export function shortEstimateText(estimate: Estimate): string {
  const { unit, value, low, high } = estimate
  if (unit === 'points' && value === 0 && low === 0 && high === 0) return `under 1${NO_BREAK}point`
  const ends = [low, high].map((end) => signed(end, bare(unit)))
  return `${signed(value, unit)} (${ends.join(' to ')})`
}

/** `−30 to −4 %` */
export function shortIntervalText({ unit, low, high }: Estimate): string {
  return `${signed(low, bare(unit))} to ${signed(high, unit)}`
}

/** A number of one group: `15 h`. What rounds to nothing at both ends is not told to be nothing. */
export function middleText(value: CohortValue, unit: Unit): string {
  if (isUnderOne(value, unit)) return `under 1${NO_BREAK}%`
  return figure(value.value, unit, decimalsOf(value.value, value, unit))
}

/**
 * Its interval: `12 to 19 h`; an end that is not known is said to be open. null: neither end is known, or both round to nothing.
 *
 * @param last unit of the last number of two
 */
export function rangeText(value: CohortValue, unit: Unit, last = unit): string | null {
  if (isUnderOne(value, unit)) return null
  const { low, high } = value
  const end = (one: number, of: Unit) => figure(one, of, decimalsOf(one, value, unit))
  if (low !== null && high !== null) return `${end(low, bare(unit))} to ${end(high, last)}`
  if (low !== null) return `${end(low, unit)} or more`
  return high === null ? null : `up to ${end(high, unit)}`
}

/** `84 % (80 to 87)`, `120 h (96 h or more)`: both, with the unit once. */
export function valueText(value: CohortValue | null, unit: Unit): string {
  if (value === null) return NOT_SHOWN
  const range = rangeText(value, unit, bare(unit))
  return range === null ? middleText(value, unit) : `${middleText(value, unit)} (${range})`
}

function isUnderOne({ value, high }: CohortValue, unit: Unit): boolean {
  return unit === 'percent' && value === 0 && high === 0
}

/** What stands for the number of a group of which there can be none. */
export const NO_NUMBER = '–'

/** Whether a measure has, or could have, a number of that group. */
export function isOf({ of }: Measure, side: 'assisted' | 'other'): boolean {
  return of === 'both' || of === side
}

/** As many decimals as the finest of a value and its ends has: 0.26 (0.23 to 0.30). Hours have no more than their two digits. */
function decimalsOf(one: number, { value, low, high }: CohortValue, unit: Unit): number {
  const own = (number: number) => String(number).split('.')[1]?.length ?? 0
  const finest = Math.max(...[value, low, high].map((number) => own(number ?? 0)))
  if (unit !== 'hours' || one === 0) return finest
  return Math.max(own(one), Math.min(finest, 1 - Math.floor(Math.log10(Math.abs(one)))))
}

/** The unit of a number whose unit follows later. */
function bare(unit: Unit): Unit {
  return unit === 'per-1000' ? unit : 'number'
}

/** Changes, rounded as the document has them. */
export function countText(count: Count): string {
  return count === null ? `fewer than${NO_BREAK}5` : figure(count)
}

/** A share that may be hidden. */
export function percentText(percent: number | null): string {
  return percent === null ? NOT_SHOWN : figure(percent, 'percent')
}

/** `5 to 9 people` */
export function peopleText(people: PeopleBand): string {
  return people === '20+'
    ? `20${NO_BREAK}or more people`
    : `${people.replace('-', ' to ')}${NO_BREAK}people`
}

/** A sentence in which no number is parted from its unit at the end of a line. */
export function unbroken(sentence: string): string {
  return sentence.replaceAll(/(?<=\d) (?=%|h\b|days\b)/g, NO_BREAK)
}
