import { describe, expect, test } from 'vitest'
import { tagCase } from '../support/action-case.ts'
import { lines, messageWith } from '../support/ai-marks.ts'
import { githubActions } from '../support/fake-github/index.ts'

const claude = { message: messageWith(lines.claude) }
const none = { message: messageWith(lines.none) }

describe('an ordinary pull request', () => {
  const labels = ['ai:assisted', 'ai:agent-authored', 'ai:unassisted']

  test('takes two reads, and a write for the label', async () => {
    const { reads, writes } = await tagCase({
      pullRequest: { commits: [claude] },
      repository: { labels },
    })
    expect(reads).toEqual(['POST /graphql', 'GET /repos/acme/widgets/pulls/7/commits'])
    expect(writes).toEqual(['POST /repos/acme/widgets/issues/7/labels'])
  })

  test('takes no write where no label changes', async () => {
    const { reads, writes } = await tagCase({ repository: { labels } })
    expect(reads).toHaveLength(2)
    expect(writes).toEqual([])
  })

  test('takes one read and one write more, once, to create the label', async () => {
    const { reads, writes } = await tagCase({ pullRequest: { commits: [claude] } })
    expect(reads).toHaveLength(3)
    expect(writes).toEqual([
      'POST /repos/acme/widgets/labels',
      'POST /repos/acme/widgets/issues/7/labels',
    ])
  })

  test('takes one write for a label that goes and one for the label that comes', async () => {
    const { reads, writes } = await tagCase({
      pullRequest: {
        commits: [none],
        labels: ['ai:assisted'],
        labelEvents: [{ label: 'ai:assisted', actor: githubActions }],
      },
      repository: { labels },
    })
    expect(reads).toHaveLength(2)
    expect(writes).toEqual([
      'DELETE /repos/acme/widgets/issues/7/labels/ai%3Aassisted',
      'POST /repos/acme/widgets/issues/7/labels',
    ])
  })
})
