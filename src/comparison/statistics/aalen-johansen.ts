import { floatAt } from '../numbers/number-at.ts'
import { type Ended, firstFrom, incidenceCurve, slotsOf } from './incidence-curve.ts'
import { personPulls } from './person-pulls.ts'
import { timesOfEnds } from './times-of-ends.ts'

/** Shares that have ended by one time. */
export interface Incidence {
  readonly merged: number
  readonly closed: number
  /** Changes that were not lost to sight by then: they ended, or are seen still to be open. */
  readonly followed: number
  /**
   * How much each person's changes pull `merged` up or down: its infinitesimal jackknife, summed within people. Where nothing
   * was lost to sight, a person's merged changes less the share of all of that person's, by the number of all changes.
   */
  readonly pulls: Float64Array
}

/**
 * Cumulative share merged when closing unmerged competes with it (Aalen & Johansen 1978, Scand J Statist 5:141), with what its
 * error is worked out from. One minus Kaplan–Meier would treat closed changes as if they could still merge.
 *
 * Worked out as a weighted count: what was lost to sight hands its weight on to those that were then still open (Satten &
 * Datta 2001, Am Stat 55:207, for Kaplan–Meier). So the times to go through are those of losses, which are few, and those asked for.
 *
 * @param times at which to read the curve, ascending
 */
export function aalenJohansen(ended: Ended, times: readonly number[]): Incidence[] {
  const last = times.at(-1) ?? 0
  const lost = timesOfEnds(ended.time, ended.cause, 0).filter((time) => time <= last)
  const breaks = Float64Array.from(new Set([...lost, ...times])).sort()
  const slots = slotsOf(ended.time, breaks)
  const curve = incidenceCurve(ended.cause, slots, breaks.length)
  const read = times.map((time) => firstFrom(breaks, time))
  const pulls = personPulls(ended, slots, curve, read)
  return read.map((slot, index) => ({
    merged: floatAt(curve.merged, slot),
    closed: floatAt(curve.closed, slot),
    followed: floatAt(curve.followed, slot),
    pulls: pulls.subarray(index * ended.people, (index + 1) * ended.people),
  }))
}
