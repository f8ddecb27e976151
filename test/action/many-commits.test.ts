import { describe, expect, test } from 'vitest'
import { tagCase } from '../support/action-case.ts'
import { lines, messageWith } from '../support/ai-marks.ts'
import type { CommitInit } from '../support/fake-github/index.ts'

const unread =
  'Only the first 250 commits were read: give the job `contents: read` to have all of them.'
const none = messageWith(lines.none)

/** So many commits, the last of them as given. */
function manyCommits(count: number, message: string, last: CommitInit = { message }): CommitInit[] {
  return [...Array.from({ length: count - 1 }, () => ({ message })), last]
}

describe('with contents: read', () => {
  test.each([
    { count: 31, calls: 1 },
    { count: 101, calls: 2 },
    { count: 250, calls: 6 },
    { count: 251, calls: 6 },
    { count: 300, calls: 6 },
  ])('all of $count commits are read, in $calls calls', async ({ count, calls }) => {
    const { metadata, commands, reads } = await tagCase({
      pullRequest: {
        commits: manyCommits(count, 'Change it', { message: messageWith(lines.claude) }),
      },
      inputs: { labels: 'false' },
    })
    expect(metadata).toMatchObject({
      assistance: 'assisted',
      intensity: 'light',
      complete: true,
      assistedCommits: 1,
      totalCommits: count,
    })
    expect(commands).toEqual([])
    expect(reads).toHaveLength(1 + calls)
  })

  test('declared on each of 300 is unassisted', async () => {
    const { metadata, pullRequest } = await tagCase({
      pullRequest: { commits: manyCommits(300, none) },
    })
    expect(metadata).toMatchObject({ assistance: 'unassisted', totalCommits: 300 })
    expect(pullRequest.labels).toEqual(['ai:unassisted'])
  })
})

describe('without contents: read, past 250', () => {
  const permissions = { 'pull-requests': 'write', issues: 'write' } as const

  test('what cannot be read is never taken for unassisted', async () => {
    const { metadata, notices, pullRequest, summary } = await tagCase({
      pullRequest: { commits: manyCommits(251, none) },
      permissions,
    })
    expect(metadata).toMatchObject({
      assistance: 'undeclared',
      complete: false,
      totalCommits: 250,
    })
    expect(metadata?.reason).toContain('Not everything could be read')
    expect(notices).toContain(unread)
    expect(summary).toMatch(/^## Not read in full\n/)
    expect(summary).toContain('Only the first 250 commits were read')
    expect(pullRequest.labels).toEqual([])
  })

  test('a mark among those that were read counts all the same', async () => {
    const { metadata, notices, pullRequest } = await tagCase({
      pullRequest: { commits: manyCommits(300, messageWith(lines.claude)) },
      permissions,
    })
    expect(metadata).toMatchObject({
      assistance: 'assisted',
      complete: false,
      assistedCommits: 250,
    })
    expect(notices).toContain(unread)
    expect(pullRequest.labels).toEqual(['ai:assisted'])
  })
})

test('of very many signs, the metadata lists the first 500', async () => {
  const message = messageWith(lines.claude, lines.cursor)
  const { metadata, outputs, summary } = await tagCase({
    pullRequest: { commits: manyCommits(260, message) },
    inputs: { labels: 'false' },
  })
  expect(metadata).toMatchObject({ evidenceTruncated: true, assistedCommits: 260 })
  expect(metadata?.evidence).toHaveLength(500)
  expect(Buffer.byteLength(outputs.metadata ?? '')).toBeLessThan(200_000)
  expect(Buffer.byteLength(summary)).toBeLessThan(100_000)
})
