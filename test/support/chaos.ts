import { setTimeout as delay } from 'node:timers/promises'
import fc from 'fast-check'
import type { AppProcess } from './app-process.ts'
import type { AppWorld, Role } from './app-process-world.ts'
import { writeTime } from './fake-github/builders.ts'
import type { HistoryEvent, PullRequestHistory, Repository } from './fake-github/index.ts'
import { aHistory } from './history/arbitrary-history.ts'
import { LivePullRequest } from './history/live-pull-request.ts'

/** Numbers from 0 to 1 that follow from a seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

interface Living {
  readonly live: LivePullRequest
  readonly events: HistoryEvent[]
  at: number
}

/** Pull requests that live in several repositories at once, of a seed: each step is the next event of one of them. */
export class Load {
  readonly #world: AppWorld
  readonly #repositories: readonly Repository[]
  readonly #random: () => number
  readonly #seed: number
  #living: Living[] = []
  #opened = 0

  constructor(world: AppWorld, repositories: readonly Repository[], seed: number) {
    this.#world = world
    this.#repositories = repositories
    this.#random = seededRandom(seed)
    this.#seed = seed
  }

  /** One thing happens, and GitHub tells of it. */
  async step(): Promise<void> {
    const random = this.#random()
    const living = this.#living[Math.floor(random * (this.#living.length + 2))]
    if (living === undefined) {
      await this.#open()
      return
    }
    const event = living.events.shift()
    if (event === undefined) {
      this.#living = this.#living.filter((one) => one !== living)
      return
    }
    living.at = Math.max(living.at + 1_000, this.#world.clock.now())
    await living.live.happens({ ...event, at: writeTime(living.at) })
  }

  async #open(): Promise<void> {
    this.#opened += 1
    const number = this.#opened
    const repository = this.#repositories[number % this.#repositories.length]
    if (repository === undefined) throw new RangeError('a load needs a repository')
    const { events, ...opening } = historyOf(number, this.#seed)
    const at = this.#world.clock.now()
    const openedAt = writeTime(at)
    const { github } = this.#world
    const live = await LivePullRequest.open(github, repository, { ...opening, openedAt })
    this.#living.push({ live, events: [...events], at })
  }
}

function historyOf(number: number, seed: number): PullRequestHistory {
  const [history] = fc.sample(aHistory(number), { numRuns: 1, seed: seed + number })
  if (history === undefined) throw new Error('fast-check drew nothing')
  return history
}

export interface ChaosOptions {
  readonly world: AppWorld
  readonly repositories: readonly Repository[]
  /** The processes that there are at a time. */
  readonly roles: readonly Role[]
  readonly kills: number
  readonly seed: number
}

/** Longer than the lease of a job. */
const longerThanLease = 130_000
const longestLife = 900
/** Between two things that happen, milliseconds; in a soak, so long that the fake GitHub does not grow without end. */
const pauseOf = (kills: number) => (kills > 100 ? 500 : 60)

/**
 * Kills processes of the App with SIGKILL at random moments, as they start too, while things happen on GitHub, and starts each
 * again. Returns those that run in the end.
 */
export async function killAtRandom({
  world,
  repositories,
  roles,
  kills,
  seed,
}: ChaosOptions): Promise<AppProcess[]> {
  const random = seededRandom(seed)
  const running = roles.map((role) => world.start(role))
  const load = new Load(world, repositories, seed)
  await Promise.all(running.map(({ listening }) => listening))
  const over = new AbortController()
  const happening = keepHappening(load, pauseOf(kills), over.signal)
  for (let kill = 0; kill < kills; kill += 1) {
    const index = Math.floor(random() * running.length)
    const victim = running[index]
    const role = roles[index]
    if (victim === undefined || role === undefined) throw new RangeError('nobody is running')
    // One in six does not come so far as to listen.
    if (random() > 1 / 6) await victim.listening
    await delay(random() * longestLife)
    await victim.kill()
    // What it was at is left to others now; nobody else works who could take this for a lost lease.
    if (role !== 'ingress') world.clock.pass(longerThanLease)
    running[index] = world.start(role)
  }
  over.abort()
  await happening
  await Promise.all(running.map(({ listening }) => listening))
  return running
}

async function keepHappening(load: Load, pause: number, over: AbortSignal): Promise<void> {
  while (!over.aborted) {
    await load.step()
    await delay(pause)
  }
}
