import { rules } from '../rules.ts'

/** A span of time, milliseconds since the epoch: from `start` on, before `end`. */
export interface Span {
  readonly start: number
  readonly end: number
}

export const millisecondsPerHour = 3_600_000
export const millisecondsPerDay = 86_400_000

const { followUpDays, revertDays, readyWeeks, mergedWeeks } = rules

/**
 * Changes by when they became ready, ending 14 days before the snapshot: all were watched equally long. Choosing by merge
 * date would make whatever is on the rise look fast (docs/method.md).
 */
export function readinessWindow(asOf: number): Span {
  const end = asOf - followUpDays * millisecondsPerDay
  return { start: end - readyWeeks * 7 * millisecondsPerDay, end }
}

/** Changes by when they merged, up to the snapshot: the curve knows how long each was followed. */
export function mergeWindow(asOf: number): Span {
  return { start: asOf - mergedWeeks * 7 * millisecondsPerDay, end: asOf }
}

/** The part of the merge window that was followed for the whole horizon. */
export function maturedWindow(asOf: number): Span {
  return { ...mergeWindow(asOf), end: asOf - revertDays * millisecondsPerDay }
}

/** Changes by when they became ready, old enough to merge within 30 days and then be followed for 30 more. */
export function funnelWindow(asOf: number): Span {
  const end = asOf - 2 * revertDays * millisecondsPerDay
  return { start: end - readyWeeks * 7 * millisecondsPerDay, end }
}
