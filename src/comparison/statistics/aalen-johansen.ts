import { at } from '../strata/layout.ts'
import { lastStep } from './last-step.ts'

/** How long each change was open, and how that ended. */
export interface Ended {
  readonly time: Float64Array
  /** 1: merged. 2: closed unmerged, after which it can no longer merge. 0: still open when last seen. */
  readonly cause: Uint8Array
}

/** Shares that have ended by one time. */
export interface CumulativeShares {
  readonly time: number
  readonly merged: number
  readonly closed: number
}

export interface Incidence extends CumulativeShares {
  /** Of `merged`, by the infinitesimal jackknife: for the vectors alone, the report shows no interval of this curve. */
  readonly standardError: number
}

/**
 * Cumulative share merged when closing unmerged competes with it (Aalen & Johansen 1978, Scand J Statist 5:141). One minus
 * Kaplan–Meier would treat closed changes as if they could still merge.
 */
export function aalenJohansen(ended: Ended, times: readonly number[]): Incidence[] {
  const steps = incidenceSteps(ended)
  return times.map((time) => {
    const shares = sharesAt(steps, time)
    const reached = steps.slice(0, lastStep(steps, time) + 1)
    return { ...shares, standardError: jackknifeError(ended, reached, shares.merged) }
  })
}

/** The same without the standard errors, which take most of the time. */
export function cumulativeShares(ended: Ended, times: readonly number[]): CumulativeShares[] {
  const steps = incidenceSteps(ended)
  return times.map((time) => sharesAt(steps, time))
}

function sharesAt(steps: readonly IncidenceStep[], time: number): CumulativeShares {
  const last = steps[lastStep(steps, time)]
  return { time, merged: last?.merged ?? 0, closed: last?.closed ?? 0 }
}

interface IncidenceStep {
  readonly time: number
  readonly atRisk: number
  readonly merges: number
  readonly ends: number
  /** Share still open just before. */
  readonly openBefore: number
  /** Cumulative shares just after. */
  readonly merged: number
  readonly closed: number
}

function incidenceSteps({ time, cause }: Ended): IncidenceStep[] {
  const order = Uint32Array.from(time, (_, i) => i).sort((i, j) => at(time, i) - at(time, j))
  const steps: IncidenceStep[] = []
  let open = 1
  let merged = 0
  let closed = 0
  for (let first = 0; first < order.length; ) {
    const now = at(time, order[first] as number)
    let after = first
    let merges = 0
    let closes = 0
    for (; after < order.length && at(time, order[after] as number) === now; after += 1) {
      const how = at(cause, order[after] as number)
      if (how === 1) merges += 1
      else if (how === 2) closes += 1
    }
    const atRisk = order.length - first
    const ends = merges + closes
    if (ends > 0) {
      merged += (open * merges) / atRisk
      closed += (open * closes) / atRisk
      steps.push({ time: now, atRisk, merges, ends, openBefore: open, merged, closed })
      open *= 1 - ends / atRisk
    }
    first = after
  }
  return steps
}

/**
 * Each change's pull on the share: while it is open it lowers every step that it is counted in, and its own end adds to one.
 * The sums over steps are kept running, so that this is linear in the number of changes.
 */
function jackknifeError(
  { time, cause }: Ended,
  steps: readonly IncidenceStep[],
  final: number,
): number {
  let running = 0
  const pulls = steps.map(({ openBefore, merges, ends, atRisk, merged }) => {
    const left = atRisk - ends
    running -= (openBefore * merges) / atRisk ** 2
    if (left > 0) running += ((final - merged) * ends) / (atRisk * left)
    return running
  })
  let squares = 0
  for (let i = 0; i < time.length; i += 1) {
    const index = lastStep(steps, at(time, i))
    const step = steps[index]
    if (step === undefined) continue
    let pull = pulls[index] ?? 0
    const how = step.time === at(time, i) ? at(cause, i) : 0
    if (how === 1) pull += step.openBefore / step.atRisk
    if (how > 0 && step.atRisk > step.ends)
      pull -= (final - step.merged) / (step.atRisk - step.ends)
    squares += pull ** 2
  }
  return Math.sqrt(squares)
}
