import { beforeAll, describe, expect, test } from 'vitest'
import { type ActionCase, type World, withWorld } from '../support/action-case.ts'
import { copilotCommit } from '../support/ai-marks.ts'
import { githubActions } from '../support/fake-github/index.ts'

/** Two labels go and two come that the repository lacks: as many requests as a run ever makes at once. */
const move = (): ActionCase => ({
  pullRequest: {
    commits: [copilotCommit],
    labels: ['bug', 'ai:assisted', 'ai:tool:claude-code'],
    labelEvents: ['ai:assisted', 'ai:tool:claude-code'].map((label) => ({
      label,
      actor: githubActions,
    })),
  },
  inputs: { 'tool-labels': 'true' },
})

const answers = ['ai:assisted', 'ai:agent-authored', 'ai:unassisted']

/** What a kill must not change in the end. */
function finalState({ github, pullRequest }: World) {
  const labels = github.state.repositories[0]?.labels ?? []
  return {
    onPullRequest: [...pullRequest.labels].sort(),
    inRepository: labels
      .map(({ name, color, description }) => ({ name, color, description }))
      .sort((one, other) => one.name.localeCompare(other.name)),
  }
}

/** Notes every moment at which the pull request carries two answers. */
function watch({ github, pullRequest }: World): string[] {
  const contradictions: string[] = []
  github.faults.push({
    times: Number.POSITIVE_INFINITY,
    after: () => {
      const standing = pullRequest.labels.filter((label) => answers.includes(label))
      if (standing.length > 1) contradictions.push(standing.join(' and '))
    },
  })
  return contradictions
}

const requests = 9

async function undisturbed() {
  return withWorld(move(), async (world) => {
    await world.run()
    expect(world.github.requests).toHaveLength(requests)
    return finalState(world)
  })
}

describe('a move of labels, killed as soon as GitHub has done one request', () => {
  let expected: Awaited<ReturnType<typeof undisturbed>>
  beforeAll(async () => {
    expected = await undisturbed()
  })

  test.each(Array.from({ length: requests }, (_, index) => index + 1))(
    'number %i, and run again, ends as if nothing had been',
    async (nth) => {
      await withWorld(move(), async (world) => {
        const contradictions = watch(world)
        let kill = () => {}
        world.github.faults.push({ match: { nth }, after: () => kill() })
        const killed = await world.run({
          onStart: (end) => {
            kill = end
          },
        })
        expect(killed.signal).toBe('SIGKILL')
        expect(killed.outputs).toEqual({})
        expect(world.github.requests).toHaveLength(nth)
        const again = await world.run()
        expect(again.exitCode).toBe(0)
        expect(again.outputs.labels).toBe('ai:agent-authored,ai:tool:copilot-coding-agent')
        expect(finalState(world)).toEqual(expected)
        expect(contradictions).toEqual([])
      })
    },
  )

  test('before any request leaves all as it was', async () => {
    await withWorld(move(), async (world) => {
      const before = finalState(world)
      const killed = await world.run({ onStart: (kill) => kill() })
      expect(killed.signal).toBe('SIGKILL')
      expect(finalState(world)).toEqual(before)
    })
  })
})
