const millisecondsPerDay = 86_400_000
/** 1970-01-05, the first Monday since the epoch. */
const firstMonday = 4 * millisecondsPerDay

/**
 * The last Monday 00:00 UTC at or before a time: results are made once a week, so that two of them cannot be subtracted
 * to see a single change.
 *
 * @param time milliseconds since the epoch
 */
export function snapToMonday(time: number): number {
  const week = 7 * millisecondsPerDay
  return Math.floor((time - firstMonday) / week) * week + firstMonday
}
