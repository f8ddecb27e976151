/**
 * A day in UTC.
 *
 * @param time milliseconds since the epoch
 * @example dayText(0) // '1970-01-01'
 */
export function dayText(time: number): string {
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
