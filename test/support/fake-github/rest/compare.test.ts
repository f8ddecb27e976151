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

  it('lists the files that the head changed since it left the base', async () => {
    const files = {
      'src/widget.ts': 'const size = 1\n',
      'old name.md': 'Text\n',
      'gone.md': 'Gone\n',
      'logo.png': new Uint8Array([0, 1]),
    }
    const change = aPullRequest({
      number: 7,
      commits: [
        {
          files: {
            'src/widget.ts': 'const size = 2\n',
            'new name.md': 'Text\n',
            'added.md': 'One\nTwo\n',
            'logo.png': new Uint8Array([0, 2]),
          },
        },
      ],
    })
    const main = { ...aCommit({ message: 'On main', parents: [] }), files: { other: 'x' } }
    const root = aRepository({ files, pullRequests: [change] })
    root.commits.push({ ...main, parents: [rootSha] })
    root.refs['refs/heads/main'] = main.sha
    const github = await start(root)
    const path = `${base}/compare/main...change-7`
    const { body } = await callRest<{ files: unknown }>(github, path)
    expect(body.files).toMatchObject([
      { filename: 'added.md', status: 'added', additions: 2, deletions: 0, changes: 2 },
      { filename: 'gone.md', status: 'removed', patch: '@@ -1 +0,0 @@\n-Gone' },
      { filename: 'logo.png', status: 'modified', changes: 0 },
      { filename: 'new name.md', status: 'renamed', previous_filename: 'old name.md', changes: 0 },
      {
        filename: 'src/widget.ts',
        status: 'modified',
        patch: '@@ -1 +1 @@\n-const size = 1\n+const size = 2',
      },
    ])
    const later = await callRest<{ files?: unknown }>(github, `${path}?per_page=1&page=2`)
    expect(later.body.files).toBeUndefined()
  })
})
