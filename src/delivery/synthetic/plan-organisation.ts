import { type Cast, repositoryOf } from './cast.ts'
import type { SyntheticOptions } from './options.ts'
import type { Plan } from './plan.ts'
import { cut, day, hour, planChange, week, wholeSecond } from './plan-change.ts'
import { createRandom, type Random, runningSums } from './random.ts'

/** Share of a week's changes that each of its days begins, from Monday on. */
const days = [0.19, 0.2, 0.2, 0.19, 0.17, 0.02, 0.03] as const
/** Changes of dependency bots for each of people's. */
const dependencyShare = 0.12

/** Everything that happens in an organisation, by when it began. */
export function planOrganisation(cast: Cast, options: SyntheticOptions): readonly Plan[] {
  const random = createRandom(options.seed, 2)
  const plans: Plan[] = []
  const asOf = Date.parse(options.asOf)
  const activity = runningSums(cast.people.map((person) => person.activity))
  for (let index = 0; index < options.weeks; index += 1) {
    const monday = asOf - (options.weeks - index) * week
    for (const [number, share] of days.entries()) {
      const morning = monday + number * day + 7 * hour
      const count = random.poisson(share * options.changesPerWeek)
      for (let made = 0; made < count; made += 1) {
        const createdAt = wholeSecond(morning + random.between(0, 12 * hour))
        const person = random.weighted(activity)
        const progress = index / options.weeks
        const plan = planChange({ person, createdAt, progress }, cast, options, random)
        plans.push(plan, ...aftermath(plan, plan.withAi, cast, options, random))
      }
    }
    plans.push(...planRoutine(monday, index, cast, options, random))
  }
  return plans
    .filter(({ createdAt }) => createdAt < asOf)
    .sort((one, other) => one.createdAt - other.createdAt || one.stream - other.stream)
}

/** The revert of a change, and perhaps what brings it back. */
function aftermath(
  target: Plan,
  withAi: boolean,
  cast: Cast,
  options: SyntheticOptions,
  random: Random,
): Plan[] {
  const risk = options.revertRisk * (withAi ? options.revertRatio : 1)
  if (!random.chance(risk) || target.ending !== 'merged') return []
  const delay = Math.min(Math.exp(3.4 + 1.3 * random.normal()) * hour, 29 * day)
  const endedAt = wholeSecond(target.endedAt + Math.max(delay, hour / 4))
  const createdAt = wholeSecond(endedAt - Math.min(delay, hour) * random.between(0.2, 0.6))
  const { people } = repositoryOf(cast, target.repository)
  const revert: Plan = {
    ...cut({ readyAt: createdAt, endedAt, ending: 'merged' }, options),
    kind: 'revert',
    repository: target.repository,
    person: people[random.below(people.length)] ?? target.person,
    createdAt,
    lines: target.lines,
    rounds: random.poisson(0.4),
    mark: 'nothing',
    markLater: false,
    target,
    stream: random.below(2 ** 53),
  }
  if (!random.chance(0.4)) return [revert]
  const again = wholeSecond(revert.endedAt + Math.exp(3 + 0.8 * random.normal()) * hour)
  const readyAgain = again + target.readyAt - target.createdAt
  const spell = target.endedAt - target.readyAt
  const reland: Plan = {
    ...target,
    ...cut({ readyAt: readyAgain, endedAt: readyAgain + spell, ending: 'merged' }, options),
    kind: 'reland',
    createdAt: again,
    target,
    stream: random.below(2 ** 53),
  }
  return [revert, reland]
}

/** What bots and releases add in a week: none of it is a change that counts. */
function planRoutine(
  monday: number,
  index: number,
  cast: Cast,
  options: SyntheticOptions,
  random: Random,
): Plan[] {
  const plan = (kind: Plan['kind'], repository: number, createdAt: number, lines: number): Plan => {
    const { people } = repositoryOf(cast, repository)
    const readyAt = wholeSecond(createdAt)
    const endedAt = wholeSecond(readyAt + Math.exp(2 + 1.2 * random.normal()) * hour)
    return {
      ...cut({ readyAt, endedAt, ending: 'merged' }, options),
      kind,
      repository,
      person: people[random.below(people.length)] ?? 0,
      createdAt: readyAt,
      lines,
      rounds: 0,
      mark: 'nothing',
      markLater: false,
      target: null,
      stream: random.below(2 ** 53),
    }
  }
  const weights = runningSums(cast.repositories.map(({ weight }) => weight))
  const count = random.poisson(dependencyShare * options.changesPerWeek)
  const updates = Array.from({ length: count }, () => {
    const at = monday + random.between(0, 7 * day)
    return plan('dependencies', random.weighted(weights), at, 2 + random.below(40))
  })
  const releases = cast.repositories
    .slice(0, 2)
    .map((_, repository) => plan('release', repository, monday + 2.5 * day, 30))
  const back = index % 4 === 3 ? [plan('merge-back', 0, monday + 3.5 * day, 400)] : []
  return [...updates, ...releases, ...back]
}
