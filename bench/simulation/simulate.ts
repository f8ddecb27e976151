import { estimate } from '../../src/comparison/outcomes/estimate.ts'
import { detectableRatio } from '../../src/comparison/statistics/detectable-difference.ts'
import { correctForUndeclared } from '../../src/comparison/statistics/undeclared-use.ts'
import { type Coverage, measureCoverage } from './coverage.ts'
import { stretchOf } from './sample-of.ts'
import { confoundedWorld, fairSettings, fittedSettings, type Setting, sizes } from './settings.ts'
import { Mean, Share } from './share.ts'
import { measureMergedShares, measureQuantiles, measureRevertCurve } from './single-cohort.ts'
import { measureStatements, measureYear, type Runs, type Statements } from './statements.ts'
import { drawWorld, ordinaryWorld, randomOfRun, type World, weeksInWindow } from './world.ts'

/** Everything that the simulation measures. */
export type Simulation = ReturnType<typeof simulate>

/** Large samples take longer and vary less between runs. */
const fewerRuns = 0.5

/**
 * Measures what the product claims of its intervals and statements, in worlds where the truth is known, by the product's own
 * functions.
 *
 * @param onProgress told what is measured next
 */
export function simulate(given: Runs, onProgress: (what: string) => void) {
  const fewer = { ...given, runs: Math.ceil(given.runs * fewerRuns) }
  const cover = ({ name, world }: Setting) => {
    onProgress(name)
    return { name, world, coverage: measureCoverage(name, world, given) }
  }
  const said = (
    name: string,
    world: World,
    outcome: 'time' | 'rounds' | 'reverts',
    runs = given,
  ) => {
    onProgress(name)
    return measureStatements(name, world, outcome, runs)
  }
  const nothing = { timeRatio: 1, roundsRatio: 1, revertRatio: 1 }
  const large = { ...ordinaryWorld, ...nothing, changes: 2_000, people: 80, repositories: 8 }
  const bySpeed = { ...confoundedWorld, assistedLargeness: 0 }
  const bySize = { ...confoundedWorld, correlation: 0 }
  const uneven = { ...ordinaryWorld, activitySpread: 1.5 }
  return {
    given,
    fair: fairSettings.map(cover),
    fitted: fittedSettings.map(cover),
    confounding: {
      size: cover({ name: 'AI on smaller changes, no difference', world: bySize }).coverage,
      person: cover({ name: 'faster people use AI, no difference', world: bySpeed }).coverage,
      both: cover({ name: 'both, no difference', world: confoundedWorld }).coverage,
    },
    falseStatements: {
      time: said('time, no difference', large, 'time'),
      smallTime: said('time, no difference, 600', { ...ordinaryWorld, ...nothing }, 'time'),
      rounds: said('rounds, no difference', large, 'rounds'),
      reverts: said('reverts, no difference', large, 'reverts'),
      bySpeed: said('time, faster people use AI', bySpeed, 'time'),
    },
    power: sizes.map(({ each, world }) => ({
      each,
      detectable: measureDetectable(each, world, fewer),
      byThird: said(`a third less at ${each}`, { ...world, timeRatio: 0.67 }, 'time', fewer),
      byFifth: said(`a fifth less at ${each}`, { ...world, timeRatio: 0.8 }, 'time', fewer),
    })),
    year: measureYear('a year of looks', { ...ordinaryWorld, ...nothing }, fewer),
    undeclared: [0.17, 0.34, 0.45].map((share) => measureUndeclared(share, large, given)),
    quantiles: measureQuantiles('quantiles', ordinaryWorld, given),
    unevenQuantiles: measureQuantiles('quantiles, uneven', uneven, given),
    merged: [
      { what: '360 changes', world: ordinaryWorld, lost: 0 },
      { what: '360 changes, a few people do most', world: uneven, lost: 0 },
      { what: '360 changes, 3 in 10 not seen to the end', world: ordinaryWorld, lost: 0.3 },
      {
        what: '30 changes, 8 people',
        world: { ...ordinaryWorld, changes: 60, people: 8, assistedShare: 0.5 },
        lost: 0,
      },
    ].map(({ what, ...merged }) => ({
      what,
      coverage: measureMergedShares(`merged, ${what}`, merged, given),
    })),
    curves: [
      { changes: 200, risk: 0.003 },
      { changes: 1_000, risk: 0.003 },
      { changes: 1_000, risk: 0.03 },
    ].map((curve) => ({
      ...curve,
      coverage: measureRevertCurve(`curve ${curve.changes} ${curve.risk}`, curve, given),
    })),
  }
}

export type { Coverage, Statements }

/** The smallest difference that such data would usually show, as a factor. */
function measureDetectable(each: number, world: World, { seed, runs }: Runs): Mean {
  const factor = new Mean()
  for (let run = 0; run < runs; run += 1) {
    const random = randomOfRun(seed, `detectable at ${each}`, run)
    const { comparable, outcomes } = stretchOf(drawWorld(world, weeksInWindow, random), 0, 13)
    const basis = estimate(comparable.layout, outcomes.time, 'log-hours')?.basis
    if (basis === undefined || basis.standardError === null) continue
    factor.add(detectableRatio(basis.standardError, basis.effectivePeople - 1, 0.95, 0.8))
  }
  return factor
}

/** What becomes of a ratio of 0.75 where a share of the other cohort used AI too, and what its correction gives. */
function measureUndeclared(share: number, large: World, { seed, runs }: Runs) {
  const truth = 0.75
  const read = new Mean()
  const corrected = new Mean()
  const covered = new Share()
  const world = { ...large, timeRatio: truth, assistedShare: 0.35, undeclared: share }
  for (let run = 0; run < runs; run += 1) {
    const random = randomOfRun(seed, `undeclared ${share}`, run)
    const { comparable, outcomes } = stretchOf(drawWorld(world, weeksInWindow, random), 0, 13)
    const found = estimate(comparable.layout, outcomes.time, 'log-hours')
    const interval = found?.interval(0.95)
    if (found === null || interval == null) continue
    const correct = (ratio: number) => correctForUndeclared(Math.log(ratio), share, 0) ?? 0
    read.add(Math.log(found.value))
    corrected.add(correct(found.value))
    const theta = Math.log(truth)
    covered.add(correct(interval[0]) <= theta && theta <= correct(interval[1]))
  }
  return { share, read, corrected, covered }
}
