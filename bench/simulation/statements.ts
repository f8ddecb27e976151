import { gateThresholds } from '../../src/comparison/disclosure/disclosure-gate.ts'
import { answer } from '../../src/comparison/outcomes/answer.ts'
import { estimate } from '../../src/comparison/outcomes/estimate.ts'
import { directionOf } from '../../src/comparison/outcomes/verdict.ts'
import { kinds, type OutcomeName, type Stretch, stretchOf } from './sample-of.ts'
import { Share } from './share.ts'
import { drawWorld, randomOfRun, type World, weeksInWindow } from './world.ts'

/** What one snapshot says, over many organisations. */
export interface Statements {
  readonly clear: Share
  readonly signs: Share
  readonly similar: Share
  readonly noClearDifference: Share
  readonly tooFew: Share
  /** It would be clear, were the same people not asked. */
  readonly clearWithoutSamePeople: Share
}

export interface Runs {
  readonly seed: number
  readonly runs: number
}

/** What the product says of one outcome in a snapshot, with the week before and the same people asked. */
export function measureStatements(
  name: string,
  world: World,
  outcome: OutcomeName,
  { seed, runs }: Runs,
): Statements {
  const result: Statements = {
    clear: new Share(),
    signs: new Share(),
    similar: new Share(),
    noClearDifference: new Share(),
    tooFew: new Share(),
    clearWithoutSamePeople: new Share(),
  }
  for (let run = 0; run < runs; run += 1) {
    const drawn = drawWorld(world, weeksInWindow + 1, randomOfRun(seed, name, run))
    const now = stretchOf(drawn, 1, weeksInWindow + 1)
    const before = stretchOf(drawn, 0, weeksInWindow)
    const said = answer(measured(now, outcome), gateThresholds, () => measured(before, outcome))
    const { verdict, reasons } = said.answer
    const isClear = verdict === 'lower' || verdict === 'higher'
    result.clear.add(isClear)
    result.signs.add(verdict.startsWith('leaning'))
    result.similar.add(verdict === 'similar')
    result.noClearDifference.add(verdict === 'no_clear_difference')
    result.tooFew.add(verdict.startsWith('too_few') || verdict === 'hidden')
    const samePeopleAlone =
      verdict === 'mixed' ||
      (reasons.length > 0 && !reasons.includes('not-sure') && !reasons.includes('not-two-weeks'))
    result.clearWithoutSamePeople.add(isClear || samePeopleAlone)
  }
  return result
}

function measured({ comparable, outcomes }: Stretch, name: OutcomeName) {
  return { comparable, outcome: outcomes[name], kind: kinds[name] }
}

/** How many organisations without any difference are told of one at least once in a year of weekly snapshots. */
export interface YearOfLooks {
  /** The 95 % interval excludes no difference. */
  readonly at95: Share
  readonly at99: Share
  /** The 99 % interval does, two weeks running and on the same side. */
  readonly twoWeeks: Share
  /** That, and the same people show it: a clear statement. */
  readonly clear: Share
}

const weeksInYear = 52

/** Looks at time every week for a year. */
export function measureYear(name: string, world: World, { seed, runs }: Runs): YearOfLooks {
  const result: YearOfLooks = {
    at95: new Share(),
    at99: new Share(),
    twoWeeks: new Share(),
    clear: new Share(),
  }
  for (let run = 0; run < runs; run += 1) {
    const random = randomOfRun(seed, name, run)
    const drawn = drawWorld(world, weeksInWindow + weeksInYear, random)
    const said = { at95: false, at99: false, twoWeeks: false, clear: false }
    let last: 'lower' | 'higher' | null = null
    for (let week = 0; week < weeksInYear; week += 1) {
      const { comparable, outcomes } = stretchOf(drawn, week, week + weeksInWindow)
      const found = estimate(comparable.layout, outcomes.time, 'log-hours')
      const likely = side(found?.interval(0.95))
      const sure = side(found?.interval(0.99))
      const twice = sure !== null && sure === last
      said.at95 ||= likely !== null
      said.at99 ||= sure !== null
      said.twoWeeks ||= twice
      if (twice && !said.clear) {
        const within = estimate(comparable.withinPeople, outcomes.time, 'log-hours')
        said.clear = side(within?.interval(0.95)) === sure
      }
      last = sure
    }
    for (const rule of ['at95', 'at99', 'twoWeeks', 'clear'] as const) result[rule].add(said[rule])
  }
  return result
}

function side(interval: readonly [number, number] | null | undefined) {
  return interval == null ? null : directionOf(interval, 1)
}
