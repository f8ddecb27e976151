import { describe, expect, test } from 'vitest'
import {
  type AppDelivery,
  type GitHubApi,
  listAppDeliveries,
  redeliver,
} from '../../src/github/index.ts'
import { appGitHub } from '../support/app-github.ts'
import { tellOfRepository } from '../support/fake-github/index.ts'

async function allDeliveries(api: GitHubApi): Promise<AppDelivery[]> {
  const all: AppDelivery[] = []
  let cursor: string | null = null
  do {
    const page = await listAppDeliveries(api, cursor === null ? {} : { cursor })
    all.push(...page.deliveries)
    cursor = page.cursor
  } while (cursor !== null)
  return all
}

/** An App that was not there while so many events took place. */
async function withLost(count: number, init: Parameters<typeof appGitHub>[0] = {}) {
  const world = await appGitHub(init)
  const { github, repository } = world
  for (let index = 0; index < count; index += 1) {
    world.clock.now += 1_000
    const happening = { event: 'repository', action: 'archived', sender: null }
    await tellOfRepository(github, repository, happening)
  }
  return world
}

describe("the App's delivery log", () => {
  test('is read over pages, the newest first', async () => {
    const { appApi, app, installation } = await withLost(230)
    const all = await allDeliveries(appApi)
    expect(all.map(({ guid }) => guid)).toEqual(app.deliveries.map(({ guid }) => guid).reverse())
    expect(all[0]).toEqual({
      id: String(app.deliveries.at(-1)?.id),
      guid: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f-]{27}$/),
      deliveredAt: Date.parse('2026-03-02T09:03:50Z'),
      redelivery: false,
      statusCode: 0,
      event: 'repository',
      installationId: installation.id,
    })
  })

  test.each([
    ['github.com', 3],
    ['ghes', 7],
  ] as const)('on %s goes back %i days (G25)', async (form, days) => {
    const { appApi, clock } = await withLost(1, { form })
    clock.now += days * 24 * 3_600_000 - 10_000
    expect(await allDeliveries(appApi)).toHaveLength(1)
    clock.now += 20_000
    expect(await allDeliveries(appApi)).toEqual([])
  })

  test('has forgotten an old cursor', async () => {
    const { appApi } = await withLost(1)
    await expect(listAppDeliveries(appApi, { cursor: 'v1_5' })).rejects.toMatchObject({
      failure: 'refused',
    })
  })
})

describe('a redelivery', () => {
  test('is asked for once, and comes under the same guid', async () => {
    const { github, appApi, app } = await withLost(1)
    const [lost] = await allDeliveries(appApi)
    expect(await redeliver(appApi, lost?.id ?? '')).toBe('asked')
    await github.hooks.settled()
    const [again] = await allDeliveries(appApi)
    expect(again).toMatchObject({ guid: lost?.guid, redelivery: true })
    expect(app.deliveries).toHaveLength(2)
  })

  test('is not repeated where its answer got lost', async () => {
    const { github, appApi, app } = await withLost(1)
    const [lost] = await allDeliveries(appApi)
    github.faults.push({ match: { method: 'POST' }, respond: { kind: 'reset', handled: true } })
    await expect(redeliver(appApi, lost?.id ?? '')).rejects.toMatchObject({
      failure: 'unavailable',
    })
    await github.hooks.settled()
    expect(app.deliveries).toHaveLength(2)
  })

  test('of what the log has no more is gone, and one that GitHub will not make is refused', async () => {
    const { github, appApi } = await withLost(1)
    expect(await redeliver(appApi, '5')).toBe('gone')
    github.faults.push({ match: { method: 'POST' }, respond: { kind: 'status', status: 422 } })
    expect(await redeliver(appApi, '5')).toBe('refused')
  })
})
