import { expect, it } from 'vitest'
import { SYSTEM_TENANT } from '../../../src/store/index.ts'
import {
  aRepositoryOf,
  minute,
  type PullRequestHistory,
  resumeInstallation,
  suspendInstallation,
} from '../../support/fake-github/index.ts'
import { people } from '../../support/history/arbitrary-history.ts'
import { describeStores } from '../../support/stores.ts'
import { anAppCase, install, owner } from './app-case.ts'

const day = 24 * 60 * 60_000
const merged: PullRequestHistory = {
  number: 7,
  author: people.author,
  openedAt: minute(10),
  commits: [{ message: 'Fix it' }],
  events: [{ type: 'merge', at: minute(60), by: people.maintainer, method: 'squash' }],
}

describeStores('what comes due while the App is suspended', (engine) => {
  it('is looked at within a day after it is resumed, where nobody would ask for it again', async () => {
    const app = await anAppCase({
      repositories: [aRepositoryOf([merged], [], { owner })],
      now: Date.parse(minute(120)),
      engine,
    })
    const looks = () => app.outcomes.filter((outcome) => outcome === 'read-change done').length
    await install(app)
    const [installation] = app.installations
    if (installation === undefined) throw new Error('there is no installation')
    const subject = String(installation.id)
    await suspendInstallation(app.github, installation)
    await app.want(SYSTEM_TENANT, 'sync-installation', subject)
    // Beyond the 14th and the 30th day after the merge.
    await app.pass(40 * day)
    const asked = app.github.requests.filter(({ path }) => path === '/graphql').length
    expect(looks()).toBe(0)
    await resumeInstallation(app.github, installation)
    await app.want(SYSTEM_TENANT, 'sync-installation', subject)
    await app.pass(day)
    expect(looks()).toBe(2)
    expect(app.github.requests.filter(({ path }) => path === '/graphql').length).toBeGreaterThan(
      asked,
    )
    await app.pass(3 * day)
    expect(looks()).toBe(2)
  })
})
