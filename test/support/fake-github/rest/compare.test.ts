import { describe, expect, it } from 'vitest'
import { callRest, fakeGitHubForTest } from '../for-test.ts'
import {
  aCommit,
  aFork,
  aPullRequest,
  aRepository,
  type FakeGitHub,
  type Repository,
  rootSha,
} from '../index.ts'

const base = '/repos/acme/widgets'

function start(repository: Repository): Promise<FakeGitHub> {
  return fakeGitHubForTest({ repositories: [repository] })
}

describe('GET a comparison', () => {
  it('without pages lists the newest 250', async () => {
    const pullRequest = aPullRequest({
      number: 7,
      commits: Array.from({ length: 300 }, () => ({})),
    })
    const github = await start(aRepository({ pullRequests: [pullRequest] }))
    const { body, headers } = await callRest(github, `${base}/compare/main...change-7`)
    expect(body).toMatchObject({
      status: 'ahead',
      ahead_by: 300,
      behind_by: 0,
      total_commits: 300,
      commits: pullRequest.commits.slice(50).map(({ sha }) => ({ sha })),
    })
    expect(headers.get('link')).toBeNull()
  })

  const ours = aCommit({ message: 'On main', parents: [rootSha] })
  const orphan = aCommit({ message: 'Of another history' })
  const feature = aPullRequest({ number: 7, head: { ref: 'fix/it' } })
  const forked = aPullRequest({
    number: 8,
    commits: [{ message: 'From a fork' }],
    head: { ref: 'idea', repository: aFork('someone') },
  })
  const repository = () =>
    aRepository({
      commits: [ours, orphan],
      refs: { 'refs/heads/main': ours.sha, 'refs/heads/orphan': orphan.sha },
      pullRequests: [feature, forked],
    })

  it.each([
    ['main...fix/it', 'diverged', 1, 1],
    ['main...fix%2Fit', 'diverged', 1, 1],
    [`${rootSha}...main`, 'ahead', 1, 0],
    [`main...${rootSha}`, 'behind', 0, 1],
    ['main...heads/main', 'identical', 0, 0],
    ['main...someone:idea', 'diverged', 1, 1],
    ['acme:main...refs/pull/8/head', 'diverged', 1, 1],
  ])('of %s is %s', async (basehead, status, ahead, behind) => {
    const github = await start(repository())
    const { body } = await callRest(github, `${base}/compare/${basehead}`)
    expect(body).toMatchObject({
      status,
      ahead_by: ahead,
      behind_by: behind,
      total_commits: ahead,
      merge_base_commit: { sha: status === 'identical' ? ours.sha : rootSha },
      commits: { length: ahead },
    })
  })

  it.each(['main...nowhere', 'nowhere...main', 'main', 'main..fix/it', 'main...orphan'])(
    'of %s is not found',
    async (basehead) => {
      const github = await start(repository())
      expect((await callRest(github, `${base}/compare/${basehead}`)).status).toBe(404)
    },
  )

  it('lists both sides of a merge once, parents first', async () => {
    const [left, right] = ['Left', 'Right'].map((message) =>
      aCommit({ message, parents: [rootSha] }),
    )
    const parents = [left?.sha ?? '', right?.sha ?? '']
    const merge = aCommit({ message: 'Merge', parents })
    const commits = [left, right, merge].filter((commit) => commit !== undefined)
    const github = await start(aRepository({ commits, refs: { 'refs/heads/next': merge.sha } }))
    const { body } = await callRest(github, `${base}/compare/main...next`)
    expect(body).toMatchObject({ commits: [...parents, merge.sha].map((sha) => ({ sha })) })
  })
})
