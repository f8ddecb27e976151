import type { Measure } from './report-comparison.ts'
import type { CohortValue, Count, Estimate, PeopleBand } from './report-parts.ts'

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

/** A number as the document has it, with its unit: `17 h`, `1,310`, `14.0`. */
export function figure(value: number, unit: Unit = 'number'): string {
  const digits = (unit === 'per-1000' ? oneDecimal : whole).format(Math.abs(value))
  return `${value < 0 ? MINUS : ''}${digits}${unitWords[unit]}`
}

/** A difference, always with its sign: `−18 %`, `+2.8`, and `0 %` without one. */
export function signed(value: number, unit: Unit): string {
  return `${value > 0 ? '+' : ''}${figure(value, unit)}`
}

/** `−18 % (−30 % to −4 %)` */
export function estimateText({ unit, value, low, high }: Estimate): string {
  return `${signed(value, unit)} (${signed(low, unit)} to ${signed(high, unit)})`
}

/** `−30 % to −4 %` */
export function intervalText({ unit, low, high }: Estimate): string {
  return `${signed(low, unit)} to ${signed(high, unit)}`
}

/** The same where there is little room, with the unit once: `−30 to −4 %` */
export function shortIntervalText({ unit, low, high }: Estimate): string {
  return `${signed(low, bare(unit))} to ${signed(high, unit)}`
}

/** `12 to 19 h`; an end that is not known is said to be open. null: neither end is known. */
export function rangeText({ low, high }: CohortValue, unit: Unit): string | null {
  if (low !== null && high !== null) return `${figure(low, bare(unit))} to ${figure(high, unit)}`
  if (low !== null) return `${figure(low, unit)} or more`
  return high === null ? null : `up to ${figure(high, unit)}`
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

/** A sentence in which no number is parted from its percent sign at the end of a line. */
export function unbroken(sentence: string): string {
  return sentence.replaceAll(' %', `${NO_BREAK}%`)
}
