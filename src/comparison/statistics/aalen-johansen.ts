import { byteAt, floatAt, intAt } from '../strata/number-at.ts'
import { firstAfter } from './first-after.ts'
import { timesOfEnds } from './times-of-ends.ts'

/** How long each change was open, how that ended, and whose it was. */
export interface Ended {
  readonly time: Float64Array
  /** 1: merged. 2: closed unmerged, after which it can no longer merge. 0: still open when last seen. */
  readonly cause: Uint8Array
  /** Numbered from 0 among these changes. */
  readonly person: Int32Array
  readonly people: number
}

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
 * @param times at which to read the curve, ascending
 */
export function aalenJohansen(ended: Ended, times: readonly number[]): Incidence[] {
  const lost = timesOfEnds(ended.time, ended.cause, 0)
  const steps = stepsOf(ended, lost)
  const shares = times.map((time) => {
    const step = firstAfter(steps.time, time) - 1
    return {
      ...(step < 0 ? nothingYet : stepAt(steps, step)),
      followed: ended.time.length - firstAfter(lost, time),
    }
  })
  const pulls = pullsOf(ended, steps, times, shares)
  return shares.map(({ merged, closed, followed }, index) => ({
    ...{ merged, closed, followed },
    pulls: pulls.subarray(index * ended.people, (index + 1) * ended.people),
  }))
}

/** The curve where changes merge or close: an entry for each such time. */
interface Steps {
  readonly time: Float64Array
  /** What one change counts that ends there: 1 of all changes, and more once others were lost to sight. */
  readonly weight: Float64Array
  /** How many go on being open. */
  readonly left: Float64Array
  /** Cumulative shares just after. */
  readonly merged: Float64Array
  readonly closed: Float64Array
  /**
   * Every change that is open at a step lowers what merges there, and raises what is open after it. Both are summed over the
   * steps until here: of the share by a later time a change has pulled `raised` times that share, less `lowered`.
   */
  readonly raised: Float64Array
  readonly lowered: Float64Array
}

/** So long as nothing is lost to sight, shares are counts by the number of changes, and as exact as those. */
function stepsOf({ time, cause }: Ended, lost: Float64Array): Steps {
  const mergeTimes = timesOfEnds(time, cause, 1)
  const closeTimes = timesOfEnds(time, cause, 2)
  const most = mergeTimes.length + closeTimes.length
  const column = () => new Float64Array(most)
  const steps = {
    ...{ time: column(), weight: column(), left: column(), merged: column(), closed: column() },
    ...{ raised: column(), lowered: column() },
  }
  const gone = { merges: 0, closes: 0, lost: 0 }
  // Shares and numbers of those that had ended when the last one was lost to sight.
  let base = { merged: 0, closed: 0, merges: 0, closes: 0 }
  let whole = time.length
  const mergedNow = () => base.merged + (gone.merges - base.merges) / whole
  const closedNow = () => base.closed + (gone.closes - base.closes) / whole
  const remaining = () => time.length - gone.merges - gone.closes - gone.lost
  let [raised, lowered, size] = [0, 0, 0]
  for (; gone.merges + gone.closes < most; size += 1) {
    const now = Math.min(
      mergeTimes[gone.merges] ?? Number.POSITIVE_INFINITY,
      closeTimes[gone.closes] ?? Number.POSITIVE_INFINITY,
    )
    const open = remaining()
    while (gone.lost < lost.length && floatAt(lost, gone.lost) < now) gone.lost += 1
    const atRisk = remaining()
    if (atRisk < open) {
      const { merges, closes } = gone
      base = { merged: mergedNow(), closed: closedNow(), merges, closes }
      whole *= atRisk / open
    }
    const before = gone.merges
    while (mergeTimes[gone.merges] === now) gone.merges += 1
    while (closeTimes[gone.closes] === now) gone.closes += 1
    const left = remaining()
    lowered += (gone.merges - before) / whole / atRisk
    if (left > 0) {
      const rise = (atRisk - left) / (atRisk * left)
      raised += rise
      lowered += mergedNow() * rise
    }
    steps.time[size] = now
    steps.weight[size] = 1 / whole
    steps.left[size] = left
    steps.merged[size] = mergedNow()
    steps.closed[size] = closedNow()
    steps.raised[size] = raised
    steps.lowered[size] = lowered
  }
  return { ...steps, time: steps.time.subarray(0, size) }
}

type Step = Readonly<Record<'merged' | 'closed' | 'raised' | 'lowered', number>>

const nothingYet: Step = { merged: 0, closed: 0, raised: 0, lowered: 0 }

function stepAt({ merged, closed, raised, lowered }: Steps, step: number): Step {
  return {
    merged: floatAt(merged, step),
    closed: floatAt(closed, step),
    raised: floatAt(raised, step),
    lowered: floatAt(lowered, step),
  }
}

/**
 * Each person's pulls, time by time. A change that is gone by a time has pulled the share by that time in two parts, one of
 * them a multiple of the share: both are summed for each person when the change goes. All that are still there pull alike.
 */
function pullsOf(
  { time, cause, person, people }: Ended,
  steps: Steps,
  times: readonly number[],
  shares: readonly Step[],
): Float64Array {
  const room = () => new Float64Array(people * times.length)
  const [fixed, rising, gone] = [room(), room(), room()]
  const remaining = new Float64Array(people)
  const until = Float64Array.from(times)
  for (let i = 0; i < time.length; i += 1) {
    const own = intAt(person, i)
    remaining[own] = floatAt(remaining, own) + 1
    const end = floatAt(time, i)
    const after = firstAfter(until, end)
    // The first of the times that the change does not outlast.
    const first = times[after - 1] === end ? after - 1 : after
    if (first === until.length) continue
    const entry = first * people + own
    gone[entry] = floatAt(gone, entry) + 1
    const step = firstAfter(steps.time, end) - 1
    if (step < 0) continue
    const how = byteAt(cause, i)
    const left = floatAt(steps.left, step)
    const ended = how > 0 && left > 0 ? 1 / left : 0
    const merged = how === 1 ? floatAt(steps.weight, step) : 0
    rising[entry] = floatAt(rising, entry) + floatAt(steps.raised, step) - ended
    fixed[entry] =
      floatAt(fixed, entry) +
      merged -
      floatAt(steps.lowered, step) +
      floatAt(steps.merged, step) * ended
  }
  return addUp({ fixed, rising, gone, remaining }, shares)
}

interface Parts {
  readonly fixed: Float64Array
  readonly rising: Float64Array
  readonly gone: Float64Array
  readonly remaining: Float64Array
}

/** Puts the parts together, in place of the fixed ones. */
function addUp({ fixed, rising, gone, remaining }: Parts, shares: readonly Step[]): Float64Array {
  const people = remaining.length
  const sums = { fixed: new Float64Array(people), rising: new Float64Array(people) }
  for (const [index, { merged, raised, lowered }] of shares.entries()) {
    for (let one = 0; one < people; one += 1) {
      const entry = index * people + one
      sums.fixed[one] = floatAt(sums.fixed, one) + floatAt(fixed, entry)
      sums.rising[one] = floatAt(sums.rising, one) + floatAt(rising, entry)
      remaining[one] = floatAt(remaining, one) - floatAt(gone, entry)
      fixed[entry] =
        floatAt(sums.fixed, one) +
        floatAt(sums.rising, one) * merged +
        floatAt(remaining, one) * (raised * merged - lowered)
    }
  }
  return fixed
}
