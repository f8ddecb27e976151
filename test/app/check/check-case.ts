import {
  type Account,
  aRepositoryOf,
  type CheckRun,
  minute,
  type PullRequestHistory,
  type Repository,
} from '../../support/fake-github/index.ts'
import { renderAccount } from '../../support/fake-github/rest/render-account.ts'
import { renderCheckRun } from '../../support/fake-github/rest/render-check-run.ts'
import { renderRepository } from '../../support/fake-github/rest/render-repository.ts'
import { people } from '../../support/history/arbitrary-history.ts'
import type { RawDelivery } from '../../support/history/deliveries-of.ts'
import {
  type AppCase,
  type AppCaseInit,
  anAppCase,
  becomes,
  deliveriesTo,
  install,
  owner,
} from '../jobs/app-case.ts'

export const minutes = 60_000
export const day = 24 * 60 * minutes

/** An open pull request of one marked commit. */
export const opened: PullRequestHistory = {
  number: 7,
  author: people.author,
  openedAt: minute(10),
  commits: [{ message: 'Fix it\n\nCo-Authored-By: Claude <noreply@anthropic.com>' }],
  events: [],
}

export const merged: PullRequestHistory = {
  ...opened,
  events: [
    { type: 'review', at: minute(30), by: people.reviewer, state: 'APPROVED' },
    { type: 'merge', at: minute(40), by: people.maintainer, method: 'squash' },
  ],
}

/** The App on one repository, whose pull requests have their checks. */
export interface CheckCase {
  readonly app: AppCase
  readonly repository: Repository
  /** The check runs of the repository, the oldest first. */
  runs(): readonly CheckRun[]
  /** The one there is. */
  run(): CheckRun
  /** What it says. */
  text(): string
  /** What happens on GitHub, and is told. */
  becomes(history: PullRequestHistory): Promise<void>
  /** So many milliseconds go by in which nobody looks; then what has come due is done. */
  later(milliseconds: number): Promise<void>
  /** Somebody presses a button. */
  press(identifier: string, by: Account): Promise<void>
  /** The last press, once more under another delivery's name: whoever captured it has its signature too. */
  replay(): Promise<void>
}

export async function aCheckCase(
  history: PullRequestHistory = opened,
  init: Partial<AppCaseInit> & { readonly repository?: Partial<Repository> } = {},
): Promise<CheckCase> {
  const repository = aRepositoryOf([history], [], { owner, ...init.repository })
  repository.collaborators[people.maintainer.login] = 'write'
  const app = await anAppCase({ repositories: [repository], now: Date.parse(minute(60)), ...init })
  await install(app)
  await app.pass(minutes)
  const runs = () => repository.checkRuns
  let last: RawDelivery | undefined
  const run = () => {
    const all = runs()
    const [only] = all
    if (only === undefined || all.length > 1) throw new Error(`there are ${all.length} check runs`)
    return only
  }
  return {
    app,
    repository,
    runs,
    run,
    text: () => run().summary ?? '',
    becomes: async (after) => {
      becomes(repository, [after])
      for (const delivery of deliveriesTo(app, repository, after)) await app.accept(delivery)
      await app.pass(minutes)
    },
    later: async (milliseconds) => {
      app.clock.moveTo(app.clock.now + milliseconds)
      await app.pass(minutes)
    },
    press: async (identifier, by) => {
      const { state, urls } = app.github
      last = {
        event: 'check_run',
        payload: {
          action: 'requested_action',
          requested_action: { identifier },
          check_run: renderCheckRun(state, repository, run(), urls),
          repository: renderRepository(repository, urls),
          sender: renderAccount(by, urls),
          installation: { id: app.installations[0]?.id },
        },
      }
      await app.accept(last)
      await app.pass(minutes)
    },
    replay: async () => {
      if (last === undefined) throw new Error('no button was pressed')
      await app.accept(last)
      await app.pass(minutes)
    },
  }
}
