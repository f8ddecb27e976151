import { expect, test } from 'vitest'
import * as z from 'zod'
import { connectGitHub, connectRest } from '../../src/github/index.ts'
import { fakeGitHubForTest } from '../support/fake-github/for-test.ts'
import { aRepository } from '../support/fake-github/index.ts'

const surroundings = { sleep: async () => {}, now: Date.now, random: () => 0 }

test.each(['github.com', 'ghes'] as const)(
  'the command’s client finds both APIs of %s by the address of one',
  async (form) => {
    const github = await fakeGitHubForTest({ form, repositories: [aRepository()] })
    for (const baseUrl of [github.apiUrl, `${github.apiUrl}/`]) {
      const api = connectGitHub(connectRest({ token: github.state.token, baseUrl }), surroundings)
      const name = z.object({ full_name: z.string() })
      const address = { owner: 'acme', repo: 'widgets' }
      expect(await api.read('GET /repos/{owner}/{repo}', address, name)).toEqual({
        full_name: 'acme/widgets',
      })
      const query = '{ repository(owner: "acme", name: "widgets") { nameWithOwner } }'
      const reply = z.object({ repository: z.object({ nameWithOwner: z.string() }) })
      const { data } = await api.query(query, {}, reply)
      expect(data.repository.nameWithOwner).toBe('acme/widgets')
    }
    const [request] = github.requests
    expect(request?.headers['user-agent']).toMatch(/^what-shipped /)
  },
)

test('without a token GitHub asks for one, in words', async () => {
  const github = await fakeGitHubForTest({ repositories: [aRepository()] })
  const api = connectGitHub(connectRest({ baseUrl: github.apiUrl }), surroundings)
  await expect(api.query('{ viewer { login } }', {}, z.unknown())).rejects.toMatchObject({
    failure: 'token',
  })
})

test('it tries nothing again by itself', async () => {
  const github = await fakeGitHubForTest({ repositories: [aRepository()] })
  github.faults.push({ respond: { kind: 'status', status: 503 } })
  const octokit = connectRest({ token: github.state.token, baseUrl: github.apiUrl })
  await expect(octokit.request('GET /repos/acme/widgets')).rejects.toMatchObject({ status: 503 })
  expect(github.requests).toHaveLength(1)
})
