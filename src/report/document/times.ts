/**
 * A day in UTC, as documents have it.
 *
 * @param time milliseconds since the epoch
 * @example isoDay(0) // '1970-01-01'
 */
export function isoDay(time: number): string {
  return new Date(time).toISOString().slice(0, 10)
}

/**
 * A time in UTC, without the milliseconds that a Monday's midnight has not.
 *
 * @param time milliseconds since the epoch
 * @example timeText(0) // '1970-01-01T00:00:00Z'
 */
export function timeText(time: number): string {
  return new Date(time).toISOString().replace('.000Z', 'Z')
}
