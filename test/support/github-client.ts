import { getOctokit } from '@actions/github'
import nock from 'nock'
import { type ApiSurroundings, connectGitHub, type GitHubApi } from '../../src/github/index.ts'

export const apiUrl = 'https://api.github.com'
export const token = 'token-of-this-test'
/** The client's clock, which stands still. */
export const now = Date.parse('2026-03-02T10:00:00Z')

export interface TestClient {
  readonly api: GitHubApi
  /** Milliseconds of each wait, none of which took place. */
  readonly slept: readonly number[]
}

/** The client over the Action's own Octokit, with a clock that stands still and waits that take no time. */
export function testClient(
  surroundings: Partial<ApiSurroundings> = {},
  baseUrl: string = apiUrl,
): TestClient {
  const slept: number[] = []
  const api = connectGitHub(getOctokit(token, { baseUrl }), {
    sleep: async (milliseconds) => {
      slept.push(milliseconds)
    },
    now: () => now,
    random: () => 0,
    ...surroundings,
  })
  return { api, slept }
}

/** GitHub, as nock plays it. */
export function github(): nock.Scope {
  return nock(apiUrl)
}
