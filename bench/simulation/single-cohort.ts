import {
  type CohortValues,
  cohortQuantiles,
} from '../../src/comparison/statistics/cohort-quantile.ts'
import { kaplanMeier, riskInterval } from '../../src/comparison/statistics/kaplan-meier.ts'
import { normalQuantile } from '../../src/comparison/statistics/normal-distribution.ts'
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
  const world: World = { ...given, sizeExponent: 0, repositorySpread: 0, shape: 'lognormal' }
  const result = new Map<number, Share>(quantiles.map((p) => [p, new Share()]))
  const total = Math.hypot(world.spread, world.personSpread)
  for (let run = 0; run < runs; run += 1) {
    const random = randomOfRun(seed, name, run)
    const { logHours, person, assisted } = drawWorld(world, weeksInWindow, random)
    const mine = (_: number, i: number) => assisted[i] === 0
    const value = logHours.filter(mine)
    const cohort: CohortValues = {
      value,
      person: person.filter(mine),
      weight: new Float64Array(value.length).fill(1),
    }
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
