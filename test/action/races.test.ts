import { describe, expect, test } from 'vitest'
import { type World, withWorld } from '../support/action-case.ts'
import { lines, messageWith } from '../support/ai-marks.ts'
import { type FaultMatch, forcePush, githubActions } from '../support/fake-github/index.ts'

const claude = { message: messageWith(lines.claude) }
const none = { message: messageWith(lines.none) }

/** Lets two requests of a kind go on only when both have come, so that two runs are at the same point. */
function meetAt({ github }: World, match: FaultMatch): void {
  const both = Promise.withResolvers<void>()
  let come = 0
  github.faults.push({
    match,
    times: 2,
    before: async () => {
      come += 1
      if (come === 2) both.resolve()
      await both.promise
    },
  })
}

function repositoryLabels({ github }: World): string[] {
  return github.state.repositories[0]?.labels.map(({ name }) => name) ?? []
}

const commits = { path: /\/commits$/ }

describe('two runs at once', () => {
  test('create and set a label once', async () => {
    await withWorld({ pullRequest: { commits: [claude] } }, async (world) => {
      meetAt(world, commits)
      meetAt(world, { method: 'GET', path: /\/labels\// })
      meetAt(world, { method: 'POST', path: /\/widgets\/labels$/ })
      const runs = await Promise.all([world.run(), world.run()])
      for (const { exitCode, commands, outputs } of runs) {
        expect(exitCode).toBe(0)
        expect(commands).toEqual([])
        expect(outputs.labels).toBe('ai:assisted')
      }
      const statuses = world.github.requests
        .filter(({ method, path }) => method === 'POST' && path.endsWith('/widgets/labels'))
        .map(({ status }) => status)
      expect(statuses.toSorted()).toEqual([201, 422])
      expect(world.pullRequest.labels).toEqual(['ai:assisted'])
      expect(world.pullRequest.labelEvents).toHaveLength(1)
      expect(repositoryLabels(world)).toEqual(['ai:assisted'])
    })
  })

  test('take a label off once', async () => {
    const labelled = {
      commits: [none],
      labels: ['ai:assisted'],
      labelEvents: [{ label: 'ai:assisted', actor: githubActions }],
    }
    await withWorld({ pullRequest: labelled }, async (world) => {
      meetAt(world, commits)
      meetAt(world, { method: 'DELETE' })
      const runs = await Promise.all([world.run(), world.run()])
      expect(runs.map(({ commands }) => commands)).toEqual([[], []])
      const statuses = world.github.requests
        .filter(({ method }) => method === 'DELETE')
        .map(({ status }) => status)
      expect(statuses.toSorted()).toEqual([200, 404])
      expect(world.pullRequest.labels).toEqual(['ai:unassisted'])
    })
  })

  test('of which one saw an older head: the next run puts it right', async () => {
    await withWorld({ pullRequest: { commits: [claude] } }, async (world) => {
      const { github, pullRequest, run } = world
      const late = github.faults.push({
        match: { method: 'POST', path: /\/issues\/7\/labels$/ },
        respond: { kind: 'hold' },
      })
      const first = run()
      await late.reached
      forcePush(pullRequest, [none])
      await run()
      expect(pullRequest.labels).toEqual(['ai:unassisted'])
      late.release()
      await first
      await run()
      expect(pullRequest.labels).toEqual(['ai:unassisted'])
    })
  })
})
