import { describe, expect, test } from 'vitest'
import { type ActionCase, tagCase, type World, withWorld } from '../support/action-case.ts'
import { copilotCommit, lines, messageWith } from '../support/ai-marks.ts'
import { anAccount, githubActions, putLabel, takeLabel } from '../support/fake-github/index.ts'

const claude = { message: messageWith(lines.claude) }
const maintainer = anAccount('maintainer')

/** A clock that is a second on each time it is looked at, so that no two events are at the same time. */
let time = Date.UTC(2026, 5, 1)
const now = () => {
  time += 1_000
  return time
}

const inWorld = <Result>(init: ActionCase, use: (world: World) => Promise<Result>) =>
  withWorld({ ...init, now }, use)

/** Somebody moves labels by hand, on the pull request's page. */
function hand({ github, pullRequest }: World, account = maintainer, at?: number) {
  const [repository] = github.state.repositories
  if (repository === undefined) throw new Error('the fake has no repository')
  return {
    put: (label: string) => putLabel(repository, pullRequest, label, { account, now: at ?? now() }),
    take: (label: string) =>
      takeLabel(repository, pullRequest, label, { account, now: at ?? now() }),
  }
}

describe("over a tool's own mark", () => {
  test('a person who takes our label off disputes the change; it stays off', async () => {
    await inWorld({ pullRequest: { commits: [claude] } }, async (world) => {
      await world.run()
      hand(world).take('ai:assisted')
      for (const again of [1, 2]) {
        const { metadata, outputs, writes, summary } = await world.run()
        expect(metadata, `run ${again}`).toMatchObject({
          assistance: 'assisted',
          setAside: 'disputed',
          evidence: [
            { tool: 'label', tier: 'E3', claim: 'assisted-withdrawn', where: { in: 'label' } },
            { tool: 'claude-code', tier: 'E2' },
          ],
        })
        expect(summary).toContain('disputed')
        expect(outputs.labels).toBe('')
        expect(writes).toEqual([])
      }
      expect(world.pullRequest.labels).toEqual([])
    })
  })

  test('a person who puts on the opposite disputes it; ours goes and theirs stays', async () => {
    await inWorld(
      { pullRequest: { commits: [claude] }, inputs: { 'tool-labels': 'true' } },
      async (world) => {
        await world.run()
        hand(world).put('ai:unassisted')
        const { metadata, outputs } = await world.run()
        expect(metadata).toMatchObject({ assistance: 'assisted', setAside: 'disputed' })
        expect(world.pullRequest.labels).toEqual(['ai:unassisted'])
        expect(outputs.labels).toBe('ai:unassisted')
        expect((await world.run()).writes).toEqual([])
      },
    )
  })

  test('a person who says that an agent authored it refines it; one label stands', async () => {
    await inWorld({ pullRequest: { commits: [claude] } }, async (world) => {
      await world.run()
      hand(world).put('ai:agent-authored')
      const { metadata } = await world.run()
      expect(metadata).toMatchObject({
        assistance: 'assisted',
        agentAuthored: true,
        setAside: null,
      })
      expect(world.pullRequest.labels).toEqual(['ai:agent-authored'])
      expect((await world.run()).writes).toEqual([])
    })
  })

  test('what is attested stands against a person, whose label stands alone', async () => {
    const author = anAccount('copilot-swe-agent[bot]', { id: 198982749 })
    await inWorld({ pullRequest: { author } }, async (world) => {
      await world.run()
      expect(world.pullRequest.labels).toEqual(['ai:agent-authored'])
      hand(world).put('ai:unassisted')
      const { metadata } = await world.run()
      expect(metadata).toMatchObject({ assistance: 'assisted', tier: 'E1', setAside: null })
      expect(metadata?.reason).toContain('A person declared otherwise; what is attested stands.')
      expect(world.pullRequest.labels).toEqual(['ai:unassisted'])
    })
  })

  test('the description disputes it too; our label goes', async () => {
    const { metadata, pullRequest, summary } = await tagCase({
      pullRequest: {
        commits: [claude],
        body: lines.none,
        labels: ['ai:assisted'],
        labelEvents: [{ label: 'ai:assisted', actor: githubActions }],
      },
    })
    expect(metadata).toMatchObject({ assistance: 'assisted', tier: 'E2', setAside: 'disputed' })
    expect(pullRequest.labels).toEqual([])
    expect(summary).toMatch(/^## .*disputed/)
    expect(summary).toContain(lines.none)
  })

  test('a correction that is taken back leaves what the tool said', async () => {
    await inWorld({ pullRequest: { commits: [claude] } }, async (world) => {
      await world.run()
      hand(world).put('ai:unassisted')
      await world.run()
      hand(world).take('ai:unassisted')
      const { metadata } = await world.run()
      expect(metadata).toMatchObject({ assistance: 'assisted', setAside: null })
      expect(world.pullRequest.labels).toEqual(['ai:assisted'])
    })
  })

  test.each(['take, then put', 'put, then take', 'both at once'])(
    'a person who says that it was assisted and not agent-authored disputes nothing: %s',
    async (order) => {
      const copilot = { commits: [{ ...copilotCommit, verified: false }] }
      await inWorld({ pullRequest: copilot }, async (world) => {
        await world.run()
        const { put, take } = hand(world, maintainer, order === 'both at once' ? now() : undefined)
        if (order === 'put, then take') put('ai:assisted')
        take('ai:agent-authored')
        if (order !== 'put, then take') put('ai:assisted')
        const { metadata, outputs } = await world.run()
        expect(metadata).toMatchObject({ assistance: 'assisted', tier: 'E2', setAside: null })
        expect(world.pullRequest.labels).toEqual(['ai:assisted'])
        expect(outputs.labels).toBe('ai:assisted')
      })
    },
  )

  test('a person who puts our label back agrees again', async () => {
    await inWorld({ pullRequest: { commits: [claude] } }, async (world) => {
      await world.run()
      hand(world).take('ai:assisted')
      await world.run()
      hand(world).put('ai:assisted')
      const { metadata } = await world.run()
      expect(metadata).toMatchObject({ assistance: 'assisted', setAside: null })
      expect(world.pullRequest.labels).toEqual(['ai:assisted'])
    })
  })
})

describe('where no tool left a mark', () => {
  test.each([
    { label: 'ai:assisted', assistance: 'assisted', agentAuthored: false },
    { label: 'ai:agent-authored', assistance: 'assisted', agentAuthored: true },
    { label: 'ai:unassisted', assistance: 'unassisted', agentAuthored: false },
  ])('a person declares it by $label', async ({ label, assistance, agentAuthored }) => {
    await inWorld({}, async (world) => {
      hand(world).put(label)
      const { metadata, writes, outputs } = await world.run()
      expect(metadata).toMatchObject({ assistance, agentAuthored, tier: 'E3' })
      expect(writes).toEqual([])
      expect(outputs.labels).toBe(label)
    })
  })

  test('of two people the later wins, and both labels are their own', async () => {
    await inWorld({}, async (world) => {
      hand(world, anAccount('author')).put('ai:unassisted')
      hand(world).put('ai:assisted')
      const { metadata, writes } = await world.run()
      expect(metadata).toMatchObject({ assistance: 'assisted', tier: 'E3', setAside: null })
      expect(writes).toEqual([])
      expect(world.pullRequest.labels).toEqual(['ai:unassisted', 'ai:assisted'])
    })
  })

  test('a person takes back what the description declares', async () => {
    await inWorld({ pullRequest: { body: lines.assisted } }, async (world) => {
      await world.run()
      expect(world.pullRequest.labels).toEqual(['ai:assisted'])
      hand(world).take('ai:assisted')
      const { metadata, writes } = await world.run()
      expect(metadata).toMatchObject({ assistance: 'undeclared', setAside: null })
      expect(writes).toEqual([])
    })
  })

  test('a person who takes off their own label leaves nothing', async () => {
    await inWorld({}, async (world) => {
      hand(world).put('ai:unassisted')
      await world.run()
      hand(world).take('ai:unassisted')
      const { metadata } = await world.run()
      expect(metadata).toMatchObject({ assistance: 'undeclared', evidence: [] })
      expect(world.pullRequest.labels).toEqual([])
    })
  })
})

describe('more label events than one page holds', () => {
  const noise = Array.from({ length: 230 }, (_, index) => ({
    label: 'bug',
    type: index % 2 === 0 ? ('labeled' as const) : ('unlabeled' as const),
    actor: maintainer,
  }))

  test('a removal by a person among the oldest is still kept', async () => {
    await inWorld(
      {
        pullRequest: {
          commits: [claude],
          labelEvents: [
            { label: 'ai:assisted', actor: githubActions },
            { label: 'ai:assisted', type: 'unlabeled', actor: maintainer },
            ...noise,
          ],
        },
        repository: { labels: ['ai:assisted', 'bug'] },
      },
      async ({ run, pullRequest }) => {
        const { metadata, reads, writes } = await run()
        expect(metadata).toMatchObject({ setAside: 'disputed' })
        expect(pullRequest.labels).toEqual([])
        expect(reads.filter((read) => read === 'POST /graphql')).toHaveLength(3)
        expect(writes).toEqual([])
      },
    )
  })
})
