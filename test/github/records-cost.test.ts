import { expect, test } from 'vitest'
import { fakeGitHubForTest } from '../support/fake-github/for-test.ts'
import { aRepositoryOf } from '../support/fake-github/index.ts'
import { permissions, readAll } from '../support/read-records.ts'
import { aMergedChange } from '../support/report-case.ts'
import { readText } from '../support/repository.ts'

/** What GitHub gives a repository's jobs together in an hour: points of GraphQL, and calls of REST. */
const hourly = 1_000
const pageSize = 25

const readme = readText('README.md').replace(/\s+/g, ' ')

const pages = 4

/** What reading four full pages of pull requests takes of both limits. */
async function costOf(allowed: keyof typeof permissions) {
  const histories = Array.from({ length: pages * pageSize }, (_, nth) => aMergedChange(nth))
  const github = await fakeGitHubForTest({
    repositories: [aRepositoryOf(histories)],
    permissions: permissions[allowed],
  })
  expect(await readAll(github, { branchCommits: false })).toHaveLength(pages * pageSize)
  const { core, graphql } = github.state.rateLimits ?? {}
  if (core === undefined || graphql === undefined) throw new Error('The fake limits nothing')
  return { points: hourly - graphql.remaining, calls: hourly - core.remaining }
}

test('with contents as many pull requests an hour as the README says', async () => {
  const { points, calls } = await costOf('with contents')
  expect(calls).toBe(0)
  expect(readme).toContain(`takes ${points / pages} points for ${pageSize} pull requests`)
  const anHour = Math.floor(hourly / (points / pages)) * pageSize
  expect(readme).toContain(`some ${(Math.floor(anHour / 500) * 500).toLocaleString('en')} an hour`)
})

test('without contents a call for each: fewer than the calls of an hour', async () => {
  const { points, calls } = await costOf('without contents')
  expect(points).toBeLessThan(calls)
  expect(calls).toBe(pages * pageSize)
  expect(readme).toContain(`without it fewer than ${hourly.toLocaleString('en')}`)
})
