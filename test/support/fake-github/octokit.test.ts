import { getOctokit } from '@actions/github'
import { describe, expect, it } from 'vitest'
import { fakeGitHubForTest } from './for-test.ts'
import { aPullRequest, aRepository, type FakeGitHub } from './index.ts'

const widgets = { owner: 'acme', repo: 'widgets' }

function octokitOf(github: FakeGitHub) {
  return getOctokit(github.state.token, { baseUrl: github.apiUrl })
}

/** The fake is made of what GitHub documents; here GitHub's own client finds its way in it. */
describe.each(['github.com', 'ghes'] as const)('Octokit on the form of %s', (form) => {
  it('follows pages to the end', async () => {
    const commits = Array.from({ length: 120 }, () => ({}))
    const pullRequest = aPullRequest({ number: 7, commits })
    const github = await fakeGitHubForTest({
      repositories: [aRepository({ pullRequests: [pullRequest] })],
      form,
    })
    const { paginate, rest } = octokitOf(github)
    const request = { ...widgets, pull_number: 7, per_page: 50 }
    const listed = await paginate(rest.pulls.listCommits, request)
    expect(listed.map(({ sha }) => sha)).toEqual(pullRequest.commits.map(({ sha }) => sha))
    const compared = await paginate(rest.repos.compareCommitsWithBasehead, {
      ...widgets,
      basehead: 'main...change-7',
      per_page: 50,
    })
    expect(compared).toHaveLength(3)
    expect(github.requests).toHaveLength(6)
  })

  it('puts on, takes off and makes labels with names that need encoding', async () => {
    const pullRequest = aPullRequest({ number: 7 })
    const github = await fakeGitHubForTest({
      repositories: [aRepository({ pullRequests: [pullRequest] })],
      form,
    })
    const { rest } = octokitOf(github)
    const name = 'AI: 100% helper/β #1'
    await rest.issues.createLabel({ ...widgets, name, color: '0e8a16' })
    expect((await rest.issues.getLabel({ ...widgets, name })).data.name).toBe(name)
    await rest.issues.addLabels({ ...widgets, issue_number: 7, labels: [name] })
    expect(pullRequest.labels).toEqual([name])
    await rest.issues.removeLabel({ ...widgets, issue_number: 7, name })
    expect(pullRequest.labels).toEqual([])
    await expect(rest.issues.createLabel({ ...widgets, name })).rejects.toMatchObject({
      status: 422,
      message: expect.stringContaining('already_exists'),
    })
  })

  it('reads GraphQL and its errors', async () => {
    const github = await fakeGitHubForTest({ repositories: [aRepository()], form })
    const { graphql } = octokitOf(github)
    expect(await graphql('{ viewer { login } }')).toEqual({
      viewer: { login: 'github-actions[bot]' },
    })
    const query = '{ repository(owner: "acme", name: "widgets") { pullRequest(number: 9) { id } } }'
    await expect(graphql(query)).rejects.toMatchObject({
      name: 'GraphqlResponseError',
      errors: [{ type: 'NOT_FOUND' }],
      data: { repository: { pullRequest: null } },
    })
  })

  it('reads contents of a nested path and a ref with slashes', async () => {
    const github = await fakeGitHubForTest({
      repositories: [
        aRepository({
          files: { '.github/what-shipped.yml': 'labels: true\n' },
          refs: { 'refs/heads/feature/one': { 'a.txt': 'Text' } },
        }),
      ],
      form,
    })
    const { rest } = octokitOf(github)
    const path = '.github/what-shipped.yml'
    const { data } = await rest.repos.getContent({ ...widgets, path })
    expect(data).toMatchObject({ type: 'file', path })
    const ref = await rest.git.getRef({ ...widgets, ref: 'heads/feature/one' })
    const tree_sha = ref.data.object.sha
    const tree = await rest.git.getTree({ ...widgets, tree_sha, recursive: '1' })
    expect(tree.data.tree).toMatchObject([{ path: 'a.txt' }])
  })
})
