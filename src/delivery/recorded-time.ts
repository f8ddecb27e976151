/** Milliseconds. */
export const second = 1_000
export const minute = 60 * second
export const day = 86_400 * second

/**
 * A record's time in milliseconds since the epoch, whole seconds: GitHub and git know no finer ones, and durations between
 * whole seconds add up exactly.
 */
export function timeOf(text: string): number {
  return wholeSeconds(Date.parse(text))
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
  return new Date(time).toISOString().replace('.000Z', 'Z')
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
