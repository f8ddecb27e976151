import type { Measure } from '../document/report-comparison.ts'
import type { CohortValue, Count, Estimate, PeopleBand } from '../document/report-parts.ts'
import { oneDecimalNumber, plainNumber } from './estimate-text.ts'

/** A unit of anything in the document: of a value, of an estimate, of a typical value. */
export type Unit = Measure['unit'] | Estimate['unit'] | 'rounds'

/** What a number is told in. */
type ToldUnit = Unit | 'minutes'

/** Keeps a number and its unit on one line. */
const NO_BREAK = '\u00a0'
const MINUS = '\u2212'
const minutesInAnHour = 60

/** What stands where the gate hides a number, or there is none. */
export const NOT_SHOWN = 'not shown'

const unitWords: Readonly<Record<ToldUnit, string>> = {
  percent: `${NO_BREAK}%`,
  points: `${NO_BREAK}points`,
  hours: `${NO_BREAK}h`,
  minutes: `${NO_BREAK}min`,
  rounds: '',
  number: '',
  'per-1000': '',
}

/**
 * A number as the document has it, with its unit: `17 h`, `1,310`, `14.0`. Less than an hour is told in minutes: `44 min`.
 *
 * @param decimals to which a number that has fewer is filled up
 */
export function figure(value: number, unit: Unit = 'number', decimals = 0): string {
  const words = unit === 'points' && Math.abs(value) === 1 ? `${NO_BREAK}point` : null
  return bareFigure(value, unit, decimals) + (words ?? unitWords[toldUnit(value, unit)])
}

/** The same without the unit. */
function bareFigure(value: number, unit: Unit, decimals: number): string {
  const size = Math.abs(value)
  const sign = value < 0 ? MINUS : ''
  if (toldUnit(value, unit) === 'minutes') {
    const minutes = Math.round(minutesInAnHour * size)
    return minutes < 1 ? `under${NO_BREAK}1` : `${sign}${minutes}`
  }
  if (unit === 'per-1000') return sign + oneDecimalNumber(size)
  return sign + (decimals > 0 ? size.toFixed(decimals) : plainNumber(size))
}

function toldUnit(value: number, unit: Unit): ToldUnit {
  return unit === 'hours' && Math.abs(value) < 1 ? 'minutes' : unit
}

/** A difference, always with its sign: `−18 %`, `+2.8`, and `0 %` without one. */
export function signed(value: number, unit: Unit): string {
  return `${value > 0 ? '+' : ''}${figure(value, unit)}`
}

/** `−18 % (−30 to −4)`, `−2 points (−8 to +4)`: where there is little room, with the unit once. */
export function shortEstimateText(estimate: Estimate): string {
  const { unit, value, low, high } = estimate
  if (unit === 'points' && value === 0 && low === 0 && high === 0) return `under 1${NO_BREAK}point`
  return `${signed(value, unit)} (${bareSigned(low, unit)} to ${bareSigned(high, unit)})`
}

/** `−30 to −4 %` */
export function shortIntervalText({ unit, low, high }: Estimate): string {
  return `${bareSigned(low, unit)} to ${signed(high, unit)}`
}

function bareSigned(value: number, unit: Unit): string {
  return `${value > 0 ? '+' : ''}${bareFigure(value, unit, 0)}`
}

/** A number of one group: `15 h`. What rounds to nothing at both ends is not told to be nothing. */
export function middleText(value: CohortValue, unit: Unit): string {
  if (isUnderOne(value, unit)) return `under${NO_BREAK}1${NO_BREAK}%`
  return figure(value.value, unit, decimalsOf(value.value, value, unit))
}

/**
 * Its interval: `12 to 19 h`, `44 min to 1.3 h`; an end that is not known is said to be open. null: neither end is known, or
 * both round to nothing.
 *
 * @param named whether its unit is told also where it is that of the number itself
 */
export function rangeText(value: CohortValue, unit: Unit, named = true): string | null {
  if (isUnderOne(value, unit)) return null
  const { low, high } = value
  const end = (one: number, withUnit: boolean) =>
    (withUnit ? figure : bareFigure)(one, unit, decimalsOf(one, value, unit))
  if (low !== null && high !== null) {
    const apart = toldUnit(low, unit) !== toldUnit(high, unit)
    const alike = toldUnit(high, unit) === toldUnit(value.value, unit)
    return `${end(low, apart)} to ${end(high, apart || named || !alike)}`
  }
  if (low !== null) return `${end(low, true)} or more`
  return high === null ? null : `up to ${end(high, true)}`
}

/** `84 % (80 to 87)`, `120 h (96 h or more)`: both, with the unit once. */
export function valueText(value: CohortValue | null, unit: Unit): string {
  if (value === null) return NOT_SHOWN
  const range = rangeText(value, unit, false)
  return range === null ? middleText(value, unit) : `${middleText(value, unit)} (${range})`
}

function isUnderOne({ value, high }: CohortValue, unit: Unit): boolean {
  return unit === 'percent' && value === 0 && high === 0
}

/** What stands for the number of a group of which there can be none. */
export const NO_NUMBER = '–'

/** Whether a measure has, or could have, a number of that group. */
export function isOf({ of }: Measure, side: 'aiRecorded' | 'noneRecorded'): boolean {
  return of === 'both' || of === side
}

/** As many decimals as the finest of a value and its ends has: 0.26 (0.23 to 0.30). Hours have no more than their two digits. */
function decimalsOf(one: number, { value, low, high }: CohortValue, unit: Unit): number {
  const own = (number: number) => String(number).split('.')[1]?.length ?? 0
  const alike = [value, low ?? 0, high ?? 0].filter(
    (number) => toldUnit(number, unit) === toldUnit(one, unit),
  )
  const finest = Math.max(...alike.map(own))
  if (unit !== 'hours') return finest
  return Math.max(own(one), Math.min(finest, 1 - Math.floor(Math.log10(Math.abs(one)))))
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

/** A sentence in which neither a number is parted from its unit nor an interval at the end of a line. */
export function unbroken(sentence: string): string {
  return sentence
    .replaceAll(/(?<=\d) (?=%|h\b|min\b|days\b)/g, NO_BREAK)
    .replaceAll(interval, (ends) => ends.replaceAll(' ', NO_BREAK))
}

/** `(−8.0 to +8.6)` */
const interval = /\([−+\d][^()]{0,24}\)/g
