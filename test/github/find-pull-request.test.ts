import { expect, test } from 'vitest'
import { findPullRequest } from '../../src/github/index.ts'
import { github, testClient } from '../support/github-client.ts'
import { forbidNetwork } from '../support/no-network.ts'

forbidNetwork()

const sha = 'c0ffee0000000000000000000000000000000000'
const other = 'beef000000000000000000000000000000000000'
const mergedAt = '2026-03-01T09:00:00Z'

interface Candidate {
  number: number
  merged_at?: string | null
  merge_commit_sha?: string | null
  base: { repo?: { full_name: string } | null }
}

function candidate(number: number, changes: Partial<Candidate> = {}): Candidate {
  return {
    number,
    merged_at: mergedAt,
    merge_commit_sha: other,
    base: { repo: { full_name: 'acme/shop' } },
    ...changes,
  }
}

test.each<[string, Candidate[], number | undefined]>([
  ['none for a direct push', [], undefined],
  ['the one that was merged', [candidate(4)], 4],
  ['the one whose merge commit it is', [candidate(4), candidate(5, { merge_commit_sha: sha })], 5],
  ['the first of several that contain it', [candidate(6), candidate(5)], 6],
  ['none that is open', [candidate(4, { merged_at: null, merge_commit_sha: sha })], undefined],
  ['one that a later version of the API tells less of', [omitMergeCommit(candidate(4))], 4],
  [
    'none of the repository that this one is a fork of',
    [candidate(4, { base: { repo: { full_name: 'upstream/shop' } }, merge_commit_sha: sha })],
    undefined,
  ],
  [
    'its own beside one of the repository that this one is a fork of',
    [candidate(4, { base: { repo: { full_name: 'upstream/shop' } } }), candidate(9)],
    9,
  ],
  ['one in other letters', [candidate(4, { base: { repo: { full_name: 'Acme/Shop' } } })], 4],
  ['one whose repository is not told', [candidate(4, { base: { repo: null } })], 4],
])('%s', async (_, candidates, expected) => {
  const { api } = testClient()
  github()
    .get(`/repos/acme/shop/commits/${sha}/pulls`)
    .query({ per_page: 100 })
    .reply(200, JSON.stringify(candidates), { 'content-type': 'application/json' })
  expect(await findPullRequest(api, { owner: 'acme', name: 'shop' }, sha)).toBe(expected)
})

function omitMergeCommit({ merge_commit_sha: _, ...rest }: Candidate): Candidate {
  return rest
}
