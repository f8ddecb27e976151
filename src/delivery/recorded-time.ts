/** Milliseconds. */
export const second = 1_000
export const minute = 60 * second
export const day = 86_400 * second

/**
 * A record's time in milliseconds since the epoch, whole seconds: GitHub and git know no finer ones, and durations between
 * whole seconds add up exactly.
 */
export function timeOf(text: string): number {
  const time = plainTime(text)
  return Number.isNaN(time) ? wholeSeconds(Date.parse(text)) : time
}

/** The same with the fraction of a second, where there is one. */
export function parseTime(text: string): number {
  const time = plainTime(text)
  return Number.isNaN(time) ? Date.parse(text) : time
}

/**
 * As nearly all are written: five times as fast as Date.parse, which a record would need dozens of times. NaN of a time that is
 * written in another way. Of a text that is no time (a thirteenth month) it is some time: the records' schema lets none in.
 */
function plainTime(text: string): number {
  const date = text.length === 20 && text[16] === ':' && text[19] === 'Z' ? digits(text, 8) : 0
  const year = 100 * digits(text, 0) + digits(text, 2)
  const month = digits(text, 5)
  // The last days are not in every month.
  const last = month === 2 ? 28 : 30
  if (!(date >= 1 && date <= last && year >= 1000)) return Number.NaN
  const seconds = 3_600 * digits(text, 11) + 60 * digits(text, 14) + digits(text, 17)
  return (daysBefore(year, month) + date) * day + seconds * second
}

/** Days from the epoch to the one before a month, in the years from 1000 on (a year counts from March, so that its leap day is its last). */
function daysBefore(year: number, month: number): number {
  const counted = month > 2 ? year : year - 1
  const fromMarch = month > 2 ? month - 3 : month + 9
  const leapDays = Math.floor(counted / 4) - Math.floor(counted / 100) + Math.floor(counted / 400)
  return 365 * counted + leapDays + Math.floor((153 * fromMarch + 2) / 5) - 719_469
}

/** The number that two digits of a text make. */
function digits(text: string, at: number): number {
  return 10 * (text.charCodeAt(at) - 48) + text.charCodeAt(at + 1) - 48
}

/** Milliseconds since the epoch without the fraction of a second. */
export function wholeSeconds(time: number): number {
  return Math.floor(time / second) * second
}

/** The same for a time that may not be known. */
export function timeOrNull(text: string | null): number | null {
  return text === null ? null : timeOf(text)
}

/** A time as records write it: `2026-03-02T09:00:00Z`. */
export function writeTime(time: number): string {
  const dayNumber = Math.floor(time / day)
  const seconds = (time - dayNumber * day) / second
  if (!Number.isInteger(seconds)) return new Date(time).toISOString()
  const minutes = Math.floor(seconds / 60)
  const hour = twoDigits(Math.floor(minutes / 60))
  return `${dayText(dayNumber)}T${hour}:${twoDigits(minutes % 60)}:${twoDigits(seconds % 60)}Z`
}

/** Days written lately: a history has few, and writing one by Date takes longer than all else of a time. */
const recentDays = new Map<number, string>()
const maximumRecent = 4_096

function dayText(dayNumber: number): string {
  const known = recentDays.get(dayNumber)
  if (known !== undefined) return known
  if (recentDays.size >= maximumRecent) recentDays.clear()
  const text = new Date(dayNumber * day).toISOString().slice(0, -'T00:00:00.000Z'.length)
  recentDays.set(dayNumber, text)
  return text
}

function twoDigits(number: number): string {
  return number < 10 ? `0${number}` : `${number}`
}

/** The earliest; null of none. */
export function earliestOf(times: readonly number[]): number | null {
  return times.reduce<number | null>(
    (first, time) => (first === null || time < first ? time : first),
    null,
  )
}

/** The latest; null of none. */
export function latestOf(times: readonly number[]): number | null {
  return times.reduce<number | null>(
    (last, time) => (last === null || time > last ? time : last),
    null,
  )
}
