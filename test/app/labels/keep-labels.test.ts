import { describe, expect, it } from 'vitest'
import { changeAccountSettings } from '../../../src/app/settings/change-settings.ts'
import {
  type Account,
  botOf,
  githubActions,
  minute,
  type PullRequest,
  type PullRequestHistory,
  putLabel,
  takeLabel,
} from '../../support/fake-github/index.ts'
import { people } from '../../support/history/arbitrary-history.ts'
import { describeStores } from '../../support/stores.ts'
import { aCheckCase, type CheckCase, day, minutes, opened } from '../check/check-case.ts'
import { becomes, install, owner } from '../jobs/app-case.ts'

const permissions = {
  metadata: 'read',
  pull_requests: 'write',
  issues: 'write',
  checks: 'write',
} as const

type Init = NonNullable<Parameters<typeof aCheckCase>[1]>

/** The App on a repository whose one pull request is marked, once it has read it with labels switched on. */
async function aCase(history: PullRequestHistory = opened, init: Init = {}) {
  const check = await aCheckCase(history, { permissions, ...init })
  await switchOn(check)
  const one = { check, pullRequest: pullRequestOf(check) }
  await reads(one)
  return one
}

async function switchOn({ app }: CheckCase): Promise<void> {
  await app.work.store
    .tenant(owner.id)
    .write(null, (facts) => changeAccountSettings(facts, { labels: true }, { actor: null, at: 0 }))
}

type Case = Awaited<ReturnType<typeof aCase>>

function pullRequestOf({ repository }: CheckCase): PullRequest {
  const [pullRequest] = repository.pullRequests
  if (pullRequest === undefined) throw new Error('there is no pull request')
  return pullRequest
}

/** Something was told of it. */
async function reads({ check: { app, repository } }: Case, number = 7): Promise<void> {
  app.clock.move(minutes)
  await app.want(owner.id, 'read-change', `${repository.id}/${number}`)
  await app.pass(minutes)
}

async function moves(
  one: Case,
  by: Account,
  move: typeof putLabel | typeof takeLabel,
  label: string,
): Promise<void> {
  const { repository, app } = one.check
  move(repository, one.pullRequest, label, { account: by, now: app.clock.now })
  await reads(one)
}

const writes = ({ check }: Case) =>
  check.app.github.requests.filter(
    ({ method, path }) => method !== 'GET' && path.includes('/labels'),
  ).length

describeStores('labels', (engine) => {
  it('are the Action’s own, put there once by the App’s account', async () => {
    const one = await aCase(opened, { engine })
    const { pullRequest, check } = one
    expect(pullRequest.labels).toEqual(['ai:assisted'])
    expect(pullRequest.labelEvents.map(({ actor }) => actor)).toEqual([botOf(check.app.app)])
    expect(check.repository.labels).toMatchObject([
      { name: 'ai:assisted', color: '1d76db', description: 'Recorded: made with AI assistance' },
    ])
    const before = writes(one)
    await reads(one)
    expect(writes(one)).toBe(before)
    // What it did itself is no answer of anybody.
    expect(check.run().title).toBe('AI recorded: AI-assisted · Claude Code')
  })
})

describe('labels', () => {
  it('are not touched where nobody asked for them', async () => {
    const check = await aCheckCase(opened, { permissions })
    const one = { check, pullRequest: pullRequestOf(check) }
    await reads(one)
    expect(writes(one)).toBe(0)
    expect(check.app.outcomes).not.toContain('keep-labels done')
  })

  it('are not touched without the permission, which is told when the installation is looked at', async () => {
    const one = await aCase(opened, { permissions: { ...permissions, issues: 'read' } })
    const { app } = one.check
    expect(app.github.requests.filter(({ path }) => path.includes('/labels'))).toEqual([])
    await install(app)
    expect(app.lines.filter(({ event }) => event === 'labels-not-granted')).toEqual([
      { event: 'labels-not-granted', tenant: owner.id },
    ])
  })

  it('that a person takes off stay off, and are an answer', async () => {
    const one = await aCase()
    await moves(one, people.author, takeLabel, 'ai:assisted')
    expect(one.pullRequest.labels).toEqual([])
    expect(one.check.run().title).toContain('disputed')
  })

  it('that a person puts on stay on', async () => {
    const one = await aCase({ ...opened, commits: [{ message: 'Fix it' }] })
    expect(one.pullRequest.labels).toEqual([])
    await moves(one, people.author, putLabel, 'ai:unassisted')
    expect(one.pullRequest.labels).toEqual(['ai:unassisted'])
    expect(writes(one)).toBe(0)
    expect(one.check.run().title).toContain('without AI')
  })

  it('follow what a button says', async () => {
    const one = await aCase({ ...opened, commits: [{ message: 'Fix it' }] })
    await one.check.press('assisted', people.author)
    expect(one.pullRequest.labels).toEqual(['ai:assisted'])
    await one.check.press('agent-authored', people.author)
    expect(one.pullRequest.labels).toEqual(['ai:agent-authored'])
    await one.check.press('agent-authored', people.author)
    expect(one.pullRequest.labels).toEqual([])
  })

  it('are found by reconciling where no delivery told of the change', async () => {
    const one = await aCase({ ...opened, commits: [{ message: 'Fix it' }] })
    one.pullRequest.body = 'AI-Assistance: assisted'
    one.pullRequest.updatedAt = minute(90)
    one.check.app.clock.moveTo(Date.parse(minute(100)))
    await one.check.app.want(owner.id, 'reconcile-repository', String(one.check.repository.id))
    await one.check.app.pass(minutes)
    expect(one.pullRequest.labels).toEqual(['ai:assisted'])
  })
})

describe('where the Action labels', () => {
  /** The workflow's account put a label beside the App's. */
  async function aCaseWithAction() {
    const one = await aCase()
    await moves(one, githubActions, putLabel, 'ai:agent-authored')
    return one
  }

  it('the App adds none to any pull request of the repository', async () => {
    const check = await aCheckCase(opened, { permissions })
    const { app, repository } = check
    becomes(repository, [opened, { ...opened, number: 8 }])
    await switchOn(check)
    const [first, second] = repository.pullRequests
    if (first === undefined || second === undefined) throw new Error('there are not two')
    putLabel(repository, second, 'ai:assisted', { account: githubActions, now: app.clock.now })
    const one = { check, pullRequest: first }
    await reads(one, 8)
    await reads(one)
    expect(app.outcomes.filter((outcome) => outcome === 'keep-labels done')).toHaveLength(2)
    expect(writes(one)).toBe(0)
  })

  it('the App adds none, and takes off only its own that no longer hold', async () => {
    const one = await aCaseWithAction()
    expect(one.pullRequest.labels).toEqual(['ai:assisted', 'ai:agent-authored'])
    const before = writes(one)
    await one.check.press('unassisted', people.author)
    // Its word against a tool's mark: no label holds, and the Action takes care of its own.
    expect(one.pullRequest.labels).toEqual(['ai:agent-authored'])
    expect(writes(one)).toBe(before + 1)
    await moves(one, githubActions, takeLabel, 'ai:agent-authored')
    await one.check.press('unassisted', people.author)
    expect(one.pullRequest.labels).toEqual([])
  })

  it('it is the App’s turn again once no other app has for 90 days', async () => {
    const one = await aCaseWithAction()
    await one.check.press('unassisted', people.author)
    await moves(one, githubActions, takeLabel, 'ai:agent-authored')
    one.check.app.clock.move(91 * day)
    await reads(one)
    expect(one.pullRequest.labels).toEqual([])
    await one.check.press('assisted', people.author)
    await reads(one)
    expect(one.pullRequest.labels).toEqual(['ai:assisted'])
  })
})
