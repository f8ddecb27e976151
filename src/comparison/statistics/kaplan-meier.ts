import { byteAt, floatAt, intAt } from '../numbers/number-at.ts'
import { lastStep } from './last-step.ts'
import { normalQuantile } from './normal-distribution.ts'
import { timesOfEnds } from './times-of-ends.ts'
import { wilsonInterval } from './wilson-interval.ts'

/** How long each change was followed, and whether it was then reverted. */
export interface Followed {
  /** Days, or any other unit, from the start to the event or to the end of sight. */
  readonly time: Float64Array
  /** 1: it happened at that time. 0: until then it had not. */
  readonly happened: Uint8Array
}

/** The curve at one time. */
export interface CurvePoint {
  readonly time: number
  /** Share to whom it had not happened. */
  readonly survival: number
  /** Share to whom it had. */
  readonly risk: number
  readonly events: number
  /** Changes that were still followed then, or until then. */
  readonly followed: number
  /** Greenwood's standard error of the survival; null where all are gone. */
  readonly standardError: number | null
  /** Number of changes, all followed to the end, that would tell as much. */
  readonly effective: number
}

/**
 * Kaplan–Meier: the share to whom something has happened by a time, when not all were followed that long (1958, JASA
 * 53:457). Who is lost at a time counts as followed until then.
 *
 * @param times at which to read the curve
 */
export function kaplanMeier(followed: Followed, times: readonly number[]): CurvePoint[] {
  const steps = curveSteps(followed)
  return times.map((time) => {
    const step = steps[lastStep(steps, time)]
    const survival = step?.survival ?? 1
    const risk = step === undefined ? 0 : 1 - survival
    const remaining = countFrom(followed.time, time)
    const standardError = survival > 0 ? survival * Math.sqrt(step?.greenwood ?? 0) : null
    return {
      time,
      survival,
      risk,
      events: step?.events ?? 0,
      followed: remaining,
      standardError,
      effective:
        standardError !== null && standardError > 0 && risk < 1
          ? (survival * risk) / standardError ** 2
          : remaining,
    }
  })
}

function countFrom(times: Float64Array, from: number): number {
  let count = 0
  for (let i = 0; i < times.length; i += 1) if (floatAt(times, i) >= from) count += 1
  return count
}

/** Interval of the risk: Wilson's at the effective number of changes (Rothman 1978, J Chron Dis 31:557). Always exists. */
export function riskInterval({ risk, effective }: CurvePoint, confidence: number) {
  return wilsonInterval(risk, effective, confidence)
}

/**
 * The usual log-log interval of the survival (Kalbfleisch & Prentice 1980). It does not exist where nothing has happened
 * yet, which is why the report does not use it; it is here for who checks against other programs, and for
 * the vectors.
 */
export function logLogInterval(
  { survival, standardError }: CurvePoint,
  confidence: number,
): readonly [lower: number, upper: number] | null {
  if (!(survival > 0 && survival < 1) || standardError === null) return null
  const hazard = Math.log(-Math.log(survival))
  const error = standardError / (survival * Math.abs(Math.log(survival)))
  const z = normalQuantile(1 - (1 - confidence) / 2)
  return [Math.exp(-Math.exp(hazard + z * error)), Math.exp(-Math.exp(hazard - z * error))]
}

/**
 * Standard error of the survival when changes of one person go together: the infinitesimal jackknife, summed within people
 * (Therneau & Grambsch 2000, section 2.3). For the vectors alone: the report shows `riskInterval`.
 *
 * @param person of each change, numbered from 0
 */
export function clusteredError(
  { time, happened }: Followed,
  person: Int32Array,
  until: number,
): number {
  const steps = curveSteps({ time, happened }).filter((step) => step.time <= until)
  const survival = steps.at(-1)?.survival ?? 1
  const influence = new Map<number, number>()
  for (let i = 0; i < time.length; i += 1) {
    const last = steps[lastStep(steps, floatAt(time, i))]
    if (last === undefined) continue
    const own = byteAt(happened, i) === 1 && last.time === floatAt(time, i) ? last.ownHazard : 0
    const one = intAt(person, i)
    influence.set(one, (influence.get(one) ?? 0) - survival * (own - last.greenwood))
  }
  let squares = 0
  for (const value of influence.values()) squares += value ** 2
  return Math.sqrt(squares)
}

interface CurveStep {
  readonly time: number
  readonly survival: number
  /** Events until here. */
  readonly events: number
  /** Σ d / (r (r − d)) until here. */
  readonly greenwood: number
  /** 1 / (r − d), what one event here adds to its own change's influence. */
  readonly ownHazard: number
}

/** The curve's steps: one for every time at which something happened. */
function curveSteps({ time, happened }: Followed): CurveStep[] {
  const deaths = timesOfEnds(time, happened, 1)
  const ends = endsBefore(time, deaths)
  const steps: CurveStep[] = []
  let survival = 1
  let greenwood = 0
  for (let first = 0; first < deaths.length; ) {
    const now = floatAt(deaths, first)
    let after = first
    while (after < deaths.length && floatAt(deaths, after) === now) after += 1
    const atRisk = time.length - intAt(ends, first)
    const left = atRisk - (after - first)
    survival = left === 0 ? 0 : (survival * left) / atRisk
    greenwood += left === 0 ? 0 : (after - first) / (atRisk * left)
    steps.push({
      time: now,
      survival,
      events: after,
      greenwood,
      ownHazard: left === 0 ? 0 : 1 / left,
    })
    first = after
  }
  return steps
}

/**
 * How many changes were gone before each of the times. Those times are few, and only they are sorted.
 *
 * @param sorted times in their order
 */
function endsBefore(time: Float64Array, sorted: Float64Array): Int32Array {
  const ends = new Int32Array(sorted.length + 1)
  for (let i = 0; i < time.length; i += 1) {
    const next = firstAfter(sorted, floatAt(time, i))
    ends[next] = intAt(ends, next) + 1
  }
  for (let i = 1; i < ends.length; i += 1) ends[i] = intAt(ends, i) + intAt(ends, i - 1)
  return ends
}

/** Index of the first of the sorted times after one. */
function firstAfter(sorted: Float64Array, time: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (floatAt(sorted, middle) <= time) low = middle + 1
    else high = middle
  }
  return low
}
