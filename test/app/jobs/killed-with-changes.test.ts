import { expect, it } from 'vitest'
import type { Work } from '../../../src/app/jobs/job-context.ts'
import { jobKinds } from '../../../src/app/jobs/job-kinds.ts'
import { runNextJob } from '../../../src/app/jobs/run-job.ts'
import { tuning } from '../../../src/app/jobs/tuning.ts'
import { setSetting } from '../../../src/app/operate/settings-of-account.ts'
import { aRepositoryOf, minute, type PullRequestHistory } from '../../support/fake-github/index.ts'
import { people } from '../../support/history/arbitrary-history.ts'
import { describeStores, type TestEngine } from '../../support/stores.ts'
import { anAppCase, install, owner } from './app-case.ts'
import { victimOf } from './kill-at.ts'

const hour = 60 * 60_000
const running = new AbortController().signal

/** One that is open, and one that is over. */
const histories = [1, 2].map(
  (number): PullRequestHistory => ({
    number,
    author: people.author,
    openedAt: minute(number * 10),
    commits: [{ message: `Change ${number}` }],
    events:
      number === 1
        ? []
        : [{ type: 'merge', at: minute(25), by: people.maintainer, method: 'squash' }],
  }),
)

/** Two checks were published in a private repository. */
async function aCase(engine: TestEngine) {
  const repository = aRepositoryOf(histories, [], { owner, private: true })
  const app = await anAppCase({ repositories: [repository], engine })
  await install(app)
  for (const number of [1, 2]) {
    await app.want(owner.id, 'publish-check', `${repository.id}/${number}`)
  }
  await app.pass(hour)
  const written = () => app.outcomes.filter((outcome) => outcome === 'publish-check done').length
  return { app, repository, written }
}
type Case = Awaited<ReturnType<typeof aCase>>

/** Runs one job of a kind, and no other. */
async function run(work: Work, kind: string): Promise<void> {
  const only = jobKinds[kind]
  if (only !== undefined) await runNextJob(work, { [kind]: only }, running)
}

interface Changing {
  readonly what: string
  readonly before: (of: Case) => Promise<void>
  /** Killed at any call, and then begun again by whoever began it where nothing tells that it went well. */
  readonly change: (work: Work, of: Case) => Promise<void>
}

const ofJob = (kind: string): Changing => ({
  what: `${kind} finds that more people see a repository`,
  before: async ({ app, repository }) => {
    repository.private = false
    const subject = kind === 'sync-repository' ? String(repository.id) : ''
    await app.want(owner.id, kind, subject)
  },
  change: (work) => run(work, kind),
})

const set = (assignment: string) => (work: Work) =>
  setSetting(
    {
      store: work.store,
      now: work.surroundings.now,
      backfillWeeks: 26,
      print: () => {},
      say: () => {},
    },
    [String(owner.id), assignment],
  ).then(() => {})

const changes: readonly Changing[] = [
  ofJob('sync-repository'),
  ofJob('sync-repositories'),
  {
    what: 'a setting lets less be seen',
    before: async ({ app }) => {
      await set('organisation-in-public-checks=on')(app.work)
      await app.pass(hour)
    },
    change: set('organisation-in-public-checks=off'),
  },
]

describeStores(
  'every check is written anew (P2), wherever its worker is killed, once',
  (engine) => {
    it.each(changes)('$what', { timeout: 240_000 }, async ({ before, change }) => {
      for (let call = 1, isThrough = false; !isThrough; call += 1) {
        const one = await aCase(engine)
        const { app, written } = one
        await before(one)
        const count = written()
        const victim = victimOf(app.work, call, 'after')
        isThrough = await Promise.race([
          victim.died.then(() => false),
          change(victim.work, one).then(() => true),
        ])
        app.clock.move(tuning.lease)
        // Whoever changed a setting and heard nothing sees what it is, and changes it again where it is not as wished.
        if (!isThrough) await change(app.work, one)
        await app.pass(hour)
        expect([call, written() - count]).toEqual([call, 2])
      }
    })
  },
)
