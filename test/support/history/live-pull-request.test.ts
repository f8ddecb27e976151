import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { listAppDeliveries, parseDelivery, redeliver } from '../../../src/github/index.ts'
import { appGitHub } from '../app-github.ts'
import {
  anAccount,
  anApp,
  anInstallation,
  aRepository,
  aRepositoryOf,
  minute,
  type Repository,
  startFakeGitHub,
} from '../fake-github/index.ts'
import { receiveHooks } from '../hook-receiver.ts'
import { propertyRuns } from '../property-runs.ts'
import { aHistory } from './arbitrary-history.ts'
import { deliveriesOf } from './deliveries-of.ts'
import { LivePullRequest } from './live-pull-request.ts'
import { playOrganisation } from './play-organisation.ts'

const acme = anAccount('acme', { type: 'Organization' })

function standing({ pullRequests, refs }: Repository) {
  const byNumber = pullRequests.toSorted((one, other) => one.number - other.number)
  return { pullRequests: byNumber, refs }
}

describe('histories that happen step by step', () => {
  it('end as they do when they are played at once, whatever becomes of the deliveries', async () => {
    const histories = fc.tuple(aHistory(7), aHistory(8), aHistory(9))
    await fc.assert(
      fc.asyncProperty(histories, async (played) => {
        const repository = aRepository({ owner: acme })
        const app = anApp()
        const github = await startFakeGitHub({
          apps: [app],
          installations: [anInstallation(app, acme)],
          repositories: [repository],
        })
        github.hooks.fate = () => 'vanish'
        await playOrganisation(github, [{ repository, histories: played }])
        await github.close()
        expect(standing(repository)).toEqual(standing(aRepositoryOf(played)))
      }),
      { numRuns: propertyRuns(50) },
    )
  })

  it('send what a history sends, from the place where it happens', async () => {
    const [history] = fc.sample(aHistory(), { numRuns: 1, seed: 5 })
    if (history === undefined) throw new Error('no history')
    const { github, app, repository, installation, clock } = await appGitHub({ account: acme })
    const arrived = await receiveHooks(app)
    const play = { repository, histories: [history] }
    await playOrganisation(github, [play], (time) => clock.set(time))
    const expected = deliveriesOf(history)
    expect(arrived.map(({ event, payload }) => [event, payload.action])).toEqual(
      expected.map(({ event, payload }) => [event, (payload as { action: string }).action]),
    )
    for (const { event, payload, signed } of arrived) {
      expect(signed).toBe(true)
      expect(payload).toMatchObject({ installation: { id: installation.id }, organization: {} })
      expect(JSON.stringify(payload)).not.toContain('github.test')
      expect(parseDelivery(event, payload)).toHaveProperty('delivery')
    }
    expect(clock.now).toBe(Date.parse(history.events.at(-1)?.at ?? history.openedAt))
  })
})

it('a delivery finds GitHub as it says, and not as it was before', async () => {
  const { github, app, repository } = await appGitHub({ account: acme })
  const seen: string[] = []
  await receiveHooks(app, () => {
    seen.push(repository.pullRequests.map(({ head, merged }) => `${head.sha} ${merged}`).join())
    return 202
  })
  const opening = { number: 7, author: anAccount('dev'), openedAt: minute(1), commits: [{}] }
  const live = await LivePullRequest.open(github, repository, opening)
  const opened = live.now.head.sha
  await live.happens({ type: 'push', at: minute(2), commits: [{ message: 'More' }] })
  await live.happens({ type: 'merge', at: minute(3), method: 'squash' })
  const pushed = live.now.head.sha
  expect(seen).toEqual([`${opened} false`, `${pushed} false`, `${pushed} true`])
  expect(repository.refs['refs/heads/main']).toBe(live.now.mergeCommit?.sha)
})

it('three deliveries of ten get lost, and every one of them can be had again', async () => {
  const { github, app, appApi, repository, clock } = await appGitHub({ account: acme })
  const arrived = await receiveHooks(app)
  const draw = fc.sample(fc.integer({ min: 1, max: 10 }), { numRuns: 1_000, seed: 11 })
  github.hooks.fate = () => ((draw.pop() ?? 1) <= 3 ? 'lose' : 'deliver')
  const histories = [7, 8, 9, 10].flatMap((number) =>
    fc.sample(aHistory(number), { numRuns: 1, seed: number }),
  )
  await playOrganisation(github, [{ repository, histories }])
  const sent = histories.flatMap(deliveriesOf).length
  expect(app.deliveries).toHaveLength(sent)
  const missing = sent - arrived.length
  expect(missing / sent).toBeGreaterThan(0.1)
  expect(clock.now).toBe(Date.parse(minute(0)))
  const { deliveries } = await listAppDeliveries(appApi)
  for (const { id, statusCode } of deliveries) {
    if (statusCode === 0) expect(await redeliver(appApi, id)).toBe('asked')
  }
  await github.hooks.settled()
  expect(new Set(arrived.map(({ guid }) => guid)).size).toBe(sent)
})
