const minute = 60
const hour = 60 * minute
const day = 24 * hour

/**
 * How long something took, to be read at a glance: minutes up to an hour and a half, hours up to two days, then days.
 *
 * @example elapsedText(5400) // '90 min'
 * @example elapsedText(200_000) // '2.3 days'
 */
export function elapsedText(seconds: number): string {
  if (seconds < minute) return 'under a minute'
  if (seconds <= 1.5 * hour) return `${Math.round(seconds / minute)} min`
  if (seconds < 2 * day) return `${Math.round(seconds / hour)} h`
  return `${(seconds / day).toFixed(1).replace(/\.0$/, '')} days`
}
