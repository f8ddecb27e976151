import { numberPeople } from '../../src/comparison/numbers/number-people.ts'
import {
  type CohortValues,
  cohortQuantiles,
} from '../../src/comparison/statistics/cohort-quantile.ts'
import { kaplanMeier, riskInterval } from '../../src/comparison/statistics/kaplan-meier.ts'
import { mergedShares } from '../../src/comparison/statistics/merged-shares.ts'
import { normalCdf, normalQuantile } from '../../src/comparison/statistics/normal-distribution.ts'
import type { Random } from '../../src/delivery/synthetic/random.ts'
import { Share } from './share.ts'
import type { Runs } from './statements.ts'
import { drawWorld, randomOfRun, typicalLogHours, type World, weeksInWindow } from './world.ts'

export const quantiles = [0.5, 0.75, 0.9] as const

/** How often the intervals of one cohort's quantiles contained the true ones. */
export function measureQuantiles(
  name: string,
  given: World,
  { seed, runs }: Runs,
): ReadonlyMap<number, Share> {
  const result = new Map<number, Share>(quantiles.map((p) => [p, new Share()]))
  const total = Math.hypot(given.spread, given.personSpread)
  for (let run = 0; run < runs; run += 1) {
    const { value, person } = drawCohort(given, randomOfRun(seed, name, run))
    const cohort: CohortValues = { value, person, weight: null }
    for (const found of cohortQuantiles(cohort, quantiles, 0.95)) {
      const truth = typicalLogHours + total * normalQuantile(found.p)
      const [lower = Number.NEGATIVE_INFINITY, upper = Number.POSITIVE_INFINITY] = [
        found.lower ?? undefined,
        found.upper ?? undefined,
      ]
      result.get(found.p)?.add(lower <= truth && truth <= upper)
    }
  }
  return result
}

/** Log hours and people of the changes with no AI recorded, which differ by their people alone. */
function drawCohort(given: World, random: Random): Pick<CohortValues, 'value' | 'person'> {
  const world: World = { ...given, sizeExponent: 0, repositorySpread: 0, shape: 'lognormal' }
  const { logHours, person, assisted } = drawWorld(world, weeksInWindow, random)
  const mine = (_: number, i: number) => assisted[i] === 0
  return { value: logHours.filter(mine), person: person.filter(mine) }
}

/** An hour, a day and two weeks after they are ready few, many and most changes have merged. */
export const mergedBy = [1, 24, 336] as const

/**
 * How often the intervals of the share merged by some hours contained the true ones. Half of the people close one in 20 of
 * their changes without a merge, the others five in 20.
 *
 * @param lost share of the changes that are seen for up to 500 hours only
 */
export function measureMergedShares(
  name: string,
  { world, lost }: { readonly world: World; readonly lost: number },
  { seed, runs }: Runs,
): ReadonlyMap<number, Share> {
  const result = new Map<number, Share>(mergedBy.map((hours) => [hours, new Share()]))
  const total = Math.hypot(world.spread, world.personSpread)
  for (let run = 0; run < runs; run += 1) {
    const random = randomOfRun(seed, name, run)
    const { value, person } = drawCohort(world, random)
    const closing = Array.from({ length: world.people }, () => (random.chance(0.5) ? 0.05 : 0.25))
    const time = value.map(Math.exp)
    const cause = new Uint8Array(time.length)
    for (const [i, hours] of time.entries()) {
      const seen = random.chance(lost) ? random.between(0, 500) : Number.POSITIVE_INFINITY
      const isClosed = random.chance(closing[person[i] ?? 0] ?? 0)
      time[i] = Math.min(hours, seen)
      cause[i] = hours > seen ? 0 : isClosed ? 2 : 1
    }
    const shares = mergedShares({ time, cause, ...numberPeople(person) }, mergedBy)
    for (const [index, { lower, upper }] of shares.entries()) {
      const hours = mergedBy[index] ?? 0
      const truth = 0.85 * normalCdf((Math.log(hours) - typicalLogHours) / total)
      result.get(hours)?.add((lower ?? 0) <= truth && truth <= (upper ?? 1))
    }
  }
  return result
}

/** How often the interval of the share reverted by 30 days contained the true one, with changes of every age. */
export function measureRevertCurve(
  name: string,
  { changes, risk }: { readonly changes: number; readonly risk: number },
  { seed, runs }: Runs,
): Share {
  const result = new Share()
  const days = 26 * 7
  const rate = -Math.log(1 - risk) / 30
  for (let run = 0; run < runs; run += 1) {
    const random = randomOfRun(seed, name, run)
    const time = new Float64Array(changes)
    const happened = new Uint8Array(changes)
    for (let i = 0; i < changes; i += 1) {
      const followed = random.between(0, days)
      const reverted = -Math.log(1 - random.next()) / rate
      time[i] = Math.min(followed, reverted)
      happened[i] = reverted <= followed ? 1 : 0
    }
    const [point] = kaplanMeier({ time, happened }, [30])
    if (point === undefined) continue
    const { lower, upper } = riskInterval(point, 0.95)
    result.add(lower <= risk && risk <= upper)
  }
  return result
}
