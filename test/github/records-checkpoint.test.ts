import { describe, expect, test } from 'vitest'
import {
  type Asked,
  CheckpointError,
  formatCheckpoint,
  parseCheckpoint,
} from '../../src/github/records-checkpoint.ts'

const asked: Asked = {
  repository: 'acme/widgets',
  since: '2026-01-01T00:00:00Z',
  until: null,
  updatedSince: null,
  trackedBranches: ['main'],
  branchCommits: true,
  headDiffs: false,
  registry: '2026-11-22',
  key: '0123456789abcdef',
}

const checkpoint = {
  asked,
  contents: false,
  pageSize: 12,
  position: { part: 'created', cursor: 'here', read: 12 },
} as const satisfies Parameters<typeof formatCheckpoint>[0]

test('a checkpoint is one line, and gives what was put in', () => {
  const text = formatCheckpoint({ ...checkpoint, asked })
  expect(text).not.toContain('\n')
  expect(parseCheckpoint(text, asked)).toEqual({ version: 1, ...checkpoint })
})

describe('a checkpoint of another reading is refused', () => {
  const others: readonly (readonly [Partial<Asked>, string])[] = [
    [{ repository: 'acme/gadgets' }, 'another repository'],
    [{ since: null }, 'another start of the time asked for'],
    [{ updatedSince: '2026-05-01T00:00:00Z' }, 'another time since which all is known'],
    [{ until: '2026-05-01T00:00:00Z' }, 'another end of the time asked for'],
    [{ trackedBranches: ['main', 'next'] }, 'other tracked branches'],
    [{ branchCommits: false }, 'another choice about commits on the branch'],
    [{ headDiffs: true }, 'another choice about what changed after reviews'],
    [{ registry: '2027-01-01' }, 'another version of the registry of tools'],
    [{ key: 'fedcba9876543210' }, 'another key for people'],
  ]

  test.each(others)('%j', (other, words) => {
    const text = formatCheckpoint(checkpoint)
    const parse = () => parseCheckpoint(text, { ...asked, ...other })
    expect(parse).toThrow(CheckpointError)
    expect(parse).toThrow(
      `The checkpoint is of a reading with ${words}; delete the checkpoint to read from the start`,
    )
  })
})

test.each([
  ['another version', '{"version":2,"position":{}}', 'The checkpoint is of version 2, not 1'],
  ['no JSON', '{"version":1', 'The checkpoint is damaged'],
  ['nothing', '', 'The checkpoint is damaged'],
  ['something else', '[]', 'The checkpoint is damaged'],
  ['half of it', '{"version":1}', 'The checkpoint is damaged'],
])('a checkpoint with %s is refused', (_, text, words) => {
  expect(() => parseCheckpoint(text, asked)).toThrow(words)
})
