import { type Cast, personOf, repositoryOf } from './cast.ts'
import type { SyntheticOptions } from './options.ts'
import type { Ending, Mark, Plan } from './plan.ts'
import { type Random, runningSums } from './random.ts'

export const hour = 3_600_000
export const day = 24 * hour
export const week = 7 * day

const typicalLines = 60
const mostLines = 20_000
const typicalRounds = 1.3

/** How those who use AI come to record it, and how often. */
const marks: readonly (readonly [mark: Mark, weight: number])[] = [
  ['claude', 0.33],
  ['cursor', 0.2],
  ['copilot-agent', 0.14],
  ['devin-agent', 0.07],
  ['note', 0.05],
  ['aider', 0.05],
  ['declared', 0.08],
  ['label', 0.04],
  ['description', 0.04],
]
const markSums = runningSums(marks.map(([, weight]) => weight))
/** Share of changes for which somebody takes another tool than usual. */
const otherTool = 0.2

/** What is drawn for every change, whoever makes it. */
export interface ChangeStart {
  readonly person: number
  readonly createdAt: number
  /** Weeks since the first, as a share of all. */
  readonly progress: number
}

/** Draws one change of a person: where, how large, made with AI or not, how long it took and what became of it. */
export function planChange(
  start: ChangeStart,
  cast: Cast,
  options: SyntheticOptions,
  random: Random,
): Plan & { readonly withAi: boolean } {
  const { person, createdAt, progress } = start
  const who = personOf(cast, person)
  const repository = who.repositories[random.chance(0.8) ? 0 : 1]
  const share = options.assistedShare * (2 / 3 + progress / 3)
  const withAi = random.chance(1 / (1 + Math.exp(-Math.log(share / (1 - share)) - who.readiness)))
  const larger = who.largeness + (withAi ? Math.log(options.assistedSizeRatio) : 0)
  const logLines = Math.log(typicalLines) + larger + 1.4 * random.normal()
  const lines = Math.min(mostLines, Math.max(1, Math.round(Math.exp(logLines))))
  const bySize = options.sizeExponent * Math.log(lines / typicalLines)
  const slowness = bySize + who.slowness + repositoryOf(cast, repository).slowness
  const logHours =
    Math.log(options.typicalHours * (withAi ? options.timeRatio : 1)) +
    slowness +
    options.timeSpread * random.normal()
  const rounds = typicalRounds * Math.exp(bySize / 2) * (withAi ? options.roundsRatio : 1)
  const mark = withAi ? markOf(who.taste, options, random) : markOfNone(options, random)
  const markLater = !withAi && mark === 'nothing' && random.chance(0.04)
  const isAgent = mark === 'copilot-agent' || mark === 'devin-agent'
  const draft = random.chance(isAgent ? 0.8 : 0.25) ? Math.exp(1.2 + random.normal()) * hour : 0
  const readyAt = wholeSecond(createdAt + draft)
  const ended = endingOf(Math.max(1 / 60, Math.exp(logHours)), random)
  return {
    ...cut({ readyAt, endedAt: wholeSecond(readyAt + ended.after * hour), ...ended }, options),
    kind: 'change',
    repository,
    person,
    createdAt,
    lines,
    rounds: Math.min(9, random.poisson(rounds)),
    mark: markLater ? 'claude' : mark,
    markLater,
    target: null,
    stream: random.below(2 ** 53),
    withAi,
  }
}

/** What ends after the reading is still open in it. */
export function cut(
  plan: Pick<Plan, 'readyAt' | 'endedAt' | 'ending'>,
  { asOf }: SyntheticOptions,
): Pick<Plan, 'readyAt' | 'endedAt' | 'ending'> {
  const { readyAt, endedAt } = plan
  return endedAt <= Date.parse(asOf) ? { ...plan } : { readyAt, endedAt, ending: 'open' }
}

export function wholeSecond(time: number): number {
  return Math.floor(time / 1_000) * 1_000
}

function markOf(taste: number, options: SyntheticOptions, random: Random): Mark {
  if (random.chance(options.undeclaredShare)) return random.chance(0.25) ? 'branch' : 'nothing'
  const wanted = (random.chance(otherTool) ? random.next() : taste) * (markSums.at(-1) ?? 1)
  return marks[markSums.findIndex((sum) => sum > wanted)]?.[0] ?? 'claude'
}

function markOfNone({ attestedShare }: SyntheticOptions, random: Random): Mark {
  return random.chance(attestedShare) ? 'none-declared' : 'nothing'
}

/** Most are merged; some are closed after days, and some are left open. */
function endingOf(hours: number, random: Random): { ending: Ending; after: number } {
  const drawn = random.next()
  if (drawn < 0.9) return { ending: 'merged', after: hours }
  if (drawn < 0.97) return { ending: 'closed', after: Math.exp(3.5 + random.normal()) }
  return { ending: 'open', after: Math.exp(3 + random.normal()) }
}
