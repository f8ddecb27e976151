import fc from 'fast-check'
import { expect, it } from 'vitest'
import { recordingOf } from '../../../src/app/jobs/recording-of.ts'
import { mergeRecords, type PullRequestRecord } from '../../../src/delivery/index.ts'
import { readPullRequestRecord } from '../../../src/github/index.ts'
import { writeTime } from '../../support/fake-github/builders.ts'
import {
  aRepository,
  type PullRequestHistory,
  type Repository,
} from '../../support/fake-github/index.ts'
import { aHistory } from '../../support/history/arbitrary-history.ts'
import { propertyRuns } from '../../support/property-runs.ts'
import { describeStores, type TestEngine } from '../../support/stores.ts'
import { type AppCase, anAppCase, becomes, deliveriesTo, install, owner } from './app-case.ts'

const number = 7
const hour = 3_600_000

/** What becomes of the deliveries of one history: indexes into a list of fates, one after the other. */
type Fate = 'at once' | 'late' | 'twice' | 'lost'

const fates = (): fc.Arbitrary<readonly Fate[]> =>
  fc.array(fc.constantFrom<Fate>('at once', 'at once', 'late', 'twice', 'lost'), {
    minLength: 1,
    maxLength: 12,
  })

/** An App with a repository of its own for each history, so that none has to start anew. */
class Histories {
  readonly app: AppCase
  readonly repository: Repository
  #count = 0

  private constructor(app: AppCase, repository: Repository) {
    this.app = app
    this.repository = repository
  }

  static async start(engine: TestEngine): Promise<Histories> {
    const repository = aRepository({ owner, pullRequests: [] })
    const app = await anAppCase({ repositories: [repository], engine })
    await install(app)
    return new Histories(app, repository)
  }

  /** An empty repository in the place of the last one, and the history as of now. */
  async next(
    history: PullRequestHistory,
  ): Promise<{ readonly repository: Repository; readonly history: PullRequestHistory }> {
    const { state } = this.app.github
    this.#count += 1
    const name = `widgets-${this.#count}`
    const repository = aRepository({ owner, name, id: 5_000 + this.#count, pullRequests: [] })
    state.repositories.splice(0, state.repositories.length, repository)
    await this.app.want(owner.id, 'sync-repositories')
    await this.app.settle()
    const later = this.app.clock.now + hour - Date.parse(history.openedAt)
    const moved = (time: string) => writeTime(Date.parse(time) + later)
    const events = history.events.map((event) => ({ ...event, at: moved(event.at) }))
    return {
      repository,
      history: { ...history, openedAt: moved(history.openedAt), events },
    }
  }
}

function prefix(history: PullRequestHistory, count: number): PullRequestHistory {
  return { ...history, events: history.events.slice(0, count) }
}

async function kept(app: AppCase, repository: Repository): Promise<PullRequestRecord | undefined> {
  return app.work.store.tenant(owner.id).read(({ records }) => records.get(repository.id, number))
}

async function readDirectly(app: AppCase, repository: Repository): Promise<PullRequestRecord> {
  const [installation] = app.installations
  const api = await app.work.github.installationApi(installation?.id ?? 0)
  const reading = await readPullRequestRecord(
    api,
    { owner: owner.login, name: repository.name, id: repository.id },
    number,
    {
      recording: await recordingOf(owner.id, app.work),
      readAt: () => new Date(app.clock.now).toISOString(),
    },
  )
  if (reading.outcome === 'gone') throw new Error('the pull request is gone')
  return reading.record
}

async function reconcile(app: AppCase, repository: Repository): Promise<void> {
  app.clock.move(hour)
  await app.want(owner.id, 'reconcile-repository', String(repository.id))
  await app.settle()
}

function shuffled<Item>(items: readonly Item[], seed: number): Item[] {
  return items
    .map((item, index) => ({ item, rank: Math.imul(index + 1, seed | 1) >>> 0 }))
    .toSorted((one, other) => one.rank - other.rank)
    .map(({ item }) => item)
}

describeStores('facts hang on how things stand, and not on what was told of it (P1)', (engine) => {
  it(
    'are those of a direct reading, whatever deliveries came, and in whichever order',
    async () => {
      const histories = await Histories.start(engine)
      const { app } = histories
      await fc.assert(
        fc.asyncProperty(aHistory(number), fates(), fc.integer(), async (drawn, plan, seed) => {
          const { repository, history } = await histories.next(drawn)
          const last = history.events.at(-1)?.at ?? history.openedAt
          becomes(repository, [history])
          app.clock.moveTo(Date.parse(last) + hour)
          const deliveries = deliveriesTo(app, repository, history)
          const sent = deliveries.flatMap((delivery, index) => {
            const fate = plan[index % plan.length]
            return fate === 'lost' ? [] : fate === 'twice' ? [delivery, delivery] : [delivery]
          })
          for (const delivery of shuffled(sent, seed)) await app.accept(delivery)
          await app.settle()
          await reconcile(app, repository)
          const direct = await readDirectly(app, repository)
          const { readAt, ...facts } = (await kept(app, repository)) ?? direct
          // Put together with itself, a record has its lists in order.
          expect({ ...facts, readAt: direct.readAt }).toEqual(mergeRecords(direct, direct))
          expect(Date.parse(readAt)).toBeLessThanOrEqual(app.clock.now)
        }),
        { numRuns: propertyRuns(6) },
      )
    },
    60_000 * propertyRuns(1),
  )

  it(
    'hold all that a direct reading tells, where deliveries come while things go on',
    async () => {
      const histories = await Histories.start(engine)
      const { app } = histories
      await fc.assert(
        fc.asyncProperty(aHistory(number), fates(), fc.integer(), async (drawn, plan, seed) => {
          const { repository, history } = await histories.next(drawn)
          const late: ReturnType<typeof deliveriesTo> = []
          let told = 0
          for (let count = 0; count <= history.events.length; count += 1) {
            const now = prefix(history, count)
            becomes(repository, [now])
            app.clock.moveTo(Date.parse(now.events.at(-1)?.at ?? now.openedAt) + 1_000)
            const deliveries = deliveriesTo(app, repository, now)
            for (const [index, delivery] of deliveries.slice(told).entries()) {
              const fate = plan[(told + index) % plan.length]
              if (fate === 'late') late.push(delivery)
              if (fate === 'at once' || fate === 'twice') await app.accept(delivery)
              if (fate === 'twice') await app.accept(delivery)
            }
            told = deliveries.length
            await app.settle()
          }
          for (const delivery of shuffled(late, seed)) await app.accept(delivery)
          await app.settle()
          await reconcile(app, repository)
          const direct = await readDirectly(app, repository)
          const known = await kept(app, repository)
          if (known === undefined) throw new Error('nothing is kept')
          const { readAt, ...facts } = mergeRecords(known, direct)
          expect({ ...facts, readAt: known.readAt }).toEqual(known)
          expect(known).toMatchObject({
            state: direct.state,
            merge: direct.merge,
            labels: direct.labels,
            commits: direct.commits,
            head: direct.head,
          })
          expect(readAt).toBe(direct.readAt)
        }),
        { numRuns: propertyRuns(6) },
      )
    },
    60_000 * propertyRuns(1),
  )
})
