import { type Estimate, estimate } from '../../src/comparison/outcomes/estimate.ts'
import { rules } from '../../src/comparison/rules.ts'
import { studentQuantile } from '../../src/comparison/statistics/student-distribution.ts'
import { kinds, type OutcomeName, type Stretch, stretchOf } from './sample-of.ts'
import { Mean, Share } from './share.ts'
import { drawWorld, randomOfRun, type World, weeksInWindow } from './world.ts'

/** How often the intervals for one outcome contained the truth. */
export interface OutcomeCoverage {
  readonly at95: Share
  readonly at99: Share
  /** Of those that the product would show; the rest is "too few to tell". */
  readonly shown: Share
  readonly shownAt95: Share
  /** Estimate over truth, as a logarithm; for shares, estimate less truth. */
  readonly bias: Mean
}

export interface Coverage {
  readonly outcomes: Readonly<Record<OutcomeName, OutcomeCoverage>>
  /** Times, everybody compared to themselves; only where the product would show it. */
  readonly samePeople: OutcomeCoverage
  /** Times with as many degrees of freedom as there are people, less one. */
  readonly plainDegrees: Share
  /** Times by Welch's test, as if all changes were independent and alike. */
  readonly usual: Share
  readonly naiveBias: Mean
  readonly effectivePeople: Mean
}

/** Draws a world again and again, and counts how often its intervals contain what is true of it. */
export function measureCoverage(
  name: string,
  world: World,
  { seed, runs }: { readonly seed: number; readonly runs: number },
): Coverage {
  const result: Coverage = {
    outcomes: { time: empty(), rounds: empty(), reverts: empty() },
    samePeople: empty(),
    plainDegrees: new Share(),
    usual: new Share(),
    naiveBias: new Mean(),
    effectivePeople: new Mean(),
  }
  for (let run = 0; run < runs; run += 1) {
    const drawn = drawWorld(world, weeksInWindow, randomOfRun(seed, name, run))
    addRun(result, stretchOf(drawn, 0, weeksInWindow), world)
  }
  return result
}

const outcomeNames = ['time', 'rounds', 'reverts'] as const

/** What is true of a world: ratios, and a difference of shares. */
function truthOf(world: World): Readonly<Record<OutcomeName, number>> {
  return {
    time: world.timeRatio,
    // The mean of exp(x/2) over people whose x scatters by effectSpread.
    rounds: world.roundsRatio * Math.exp(world.effectSpread ** 2 / 8),
    reverts: world.revertRisk * (world.revertRatio - 1),
  }
}

function addRun(result: Coverage, { comparable, outcomes }: Stretch, world: World): void {
  const truth = truthOf(world)
  for (const name of outcomeNames) {
    const found = estimate(comparable.layout, outcomes[name], kinds[name])
    addEstimate(result.outcomes[name], found, truth[name])
  }
  const within = estimate(comparable.withinPeople, outcomes.time, 'log-hours')
  if (within !== null && isTrusted(within)) addEstimate(result.samePeople, within, truth.time)
  const time = estimate(comparable.layout, outcomes.time, 'log-hours')
  if (time !== null && time.basis.standardError !== null) {
    const { estimate: found, standardError, people, effectivePeople } = time.basis
    const t = studentQuantile(0.975, people - 1)
    result.plainDegrees.add(Math.abs(found - Math.log(truth.time)) <= t * standardError)
    result.effectivePeople.add(effectivePeople)
  }
  const { difference, error, df } = welch(outcomes.time, comparable.sample.assisted)
  const off = difference - Math.log(truth.time)
  result.usual.add(Math.abs(off) <= studentQuantile(0.975, df) * error)
  result.naiveBias.add(off)
}

function empty(): OutcomeCoverage {
  return {
    at95: new Share(),
    at99: new Share(),
    shown: new Share(),
    shownAt95: new Share(),
    bias: new Mean(),
  }
}

function addEstimate(coverage: OutcomeCoverage, found: Estimate | null, truth: number): void {
  const at95 = found?.interval(0.95) ?? null
  const at99 = found?.interval(0.99) ?? null
  const shown = found !== null && at95 !== null && isTrusted(found)
  coverage.shown.add(shown)
  if (found === null || at95 === null) return
  const contained = contains(at95, truth)
  coverage.at95.add(contained)
  if (at99 !== null) coverage.at99.add(contains(at99, truth))
  if (shown) coverage.shownAt95.add(contained)
  coverage.bias.add(found.scale === 'ratio' ? Math.log(found.value / truth) : found.value - truth)
}

function isTrusted({ basis }: Estimate): boolean {
  return (
    basis.effectivePeople >= rules.effectivePeople &&
    basis.largestShare <= rules.largestPersonShare &&
    Math.min(basis.assistedUsed, basis.otherUsed) >= rules.comparableChanges
  )
}

function contains([lower, upper]: readonly [number, number], value: number): boolean {
  return lower <= value && value <= upper
}

/** Welch 1947, Biometrika 34:28. */
function welch(values: Float64Array, assisted: Uint8Array) {
  const [other, own] = [0, 1].map((group) => {
    const mine = values.filter((_, i) => assisted[i] === group)
    const mean = mine.reduce((sum, value) => sum + value, 0) / mine.length
    const squares = mine.reduce((sum, value) => sum + (value - mean) ** 2, 0)
    return { mean, n: mine.length, error2: squares / (mine.length - 1) / mine.length }
  }) as [Group, Group]
  const error2 = own.error2 + other.error2
  const df = error2 ** 2 / (own.error2 ** 2 / (own.n - 1) + other.error2 ** 2 / (other.n - 1))
  return { difference: own.mean - other.mean, error: Math.sqrt(error2), df }
}

interface Group {
  readonly mean: number
  readonly n: number
  readonly error2: number
}
