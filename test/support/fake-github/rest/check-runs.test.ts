import { describe, expect, it } from 'vitest'
import { type AppGitHub, appGitHub, mintToken } from '../../app-github.ts'
import { callRest, type RestInit } from '../for-test.ts'
import { anApp, anInstallation, rootSha } from '../index.ts'

const base = '/repos/acme/widgets'
const create: RestInit = { method: 'POST', body: { name: 'Ours', head_sha: rootSha } }

async function setUp() {
  const world = await appGitHub()
  return { ...world, call: await callerOf(world, world.app, world.installation) }
}

async function callerOf(
  { github }: Pick<AppGitHub, 'github'>,
  app: AppGitHub['app'],
  installation: AppGitHub['installation'],
) {
  const authorization = `Bearer ${await mintToken(github, app, installation)}`
  return (path: string, init: RestInit = {}) =>
    callRest<Record<string, unknown>>(github, base + path, { ...init, headers: { authorization } })
}

describe('check runs', () => {
  it('are made, changed and read', async () => {
    const { app, call } = await setUp()
    const made = await call('/check-runs', create)
    expect(made).toMatchObject({
      status: 201,
      body: { id: 1, name: 'Ours', status: 'queued', conclusion: null, app: { id: app.id } },
    })
    const output = { title: 'T', summary: 'S' }
    const body = { external_id: 'x', conclusion: 'neutral', output, details_url: 'https://a.test/' }
    const changed = await call('/check-runs/1', { method: 'PATCH', body })
    expect(changed).toMatchObject({
      status: 200,
      body: {
        status: 'completed',
        conclusion: 'neutral',
        external_id: 'x',
        output: { title: 'T', summary: 'S', text: null },
      },
    })
    expect((await call('/check-runs/1')).body).toEqual(changed.body)
    expect((await call('/check-runs/2')).status).toBe(404)
  })

  it('are listed for a commit: the newest of a name, or all, by name and App', async () => {
    const { call } = await setUp()
    for (const name of ['Ours', 'Ours', 'Other']) {
      await call('/check-runs', { method: 'POST', body: { name, head_sha: rootSha } })
    }
    const ids = async (query: string) => {
      const { body } = await call(`/commits/${rootSha}/check-runs${query}`)
      return (body.check_runs as { id: number }[]).map(({ id }) => id)
    }
    expect(await ids('')).toEqual([3, 2])
    expect(await ids('?filter=all')).toEqual([3, 2, 1])
    expect(await ids('?filter=all&check_name=Ours')).toEqual([2, 1])
    expect(await ids('?filter=all&app_id=5')).toEqual([])
    expect(await ids('?filter=all&per_page=2&page=2')).toEqual([1])
    expect((await call(`/commits/${'d'.repeat(40)}/check-runs`)).status).toBe(422)
  })

  const action = { label: 'a', description: 'b', identifier: 'c' }
  const title = 'T'
  it.each([
    ['an unknown commit', { name: 'Ours', head_sha: 'd'.repeat(40) }],
    ['a branch for a commit', { name: 'Ours', head_sha: 'main' }],
    ['no commit', { name: 'Ours' }],
    ['an end without a conclusion', { status: 'completed' }],
    ['a conclusion that is none', { conclusion: 'fine' }],
    ['too many bytes', { output: { title, summary: '€'.repeat(21_846) } }],
    ['too many bytes of text', { output: { title, summary: 'S', text: 'ä'.repeat(32_768) } }],
    ['too long a title', { output: { title: 'x'.repeat(256), summary: 'S' } }],
    ['four buttons', { actions: [action, action, action, action] }],
    ['a long label', { actions: [{ ...action, label: 'x'.repeat(21) }] }],
    ['a long description', { actions: [{ ...action, description: 'x'.repeat(41) }] }],
    ['a long identifier', { actions: [{ ...action, identifier: 'x'.repeat(21) }] }],
  ])('with %s are refused', async (_, change) => {
    const { repository, call } = await setUp()
    const whole = 'name' in change ? change : { name: 'Ours', head_sha: rootSha, ...change }
    expect((await call('/check-runs', { method: 'POST', body: whole })).status).toBe(422)
    expect(repository.checkRuns).toEqual([])
  })

  it('belong to the App that made them', async () => {
    const world = await setUp()
    await world.call('/check-runs', create)
    const other = anApp({ id: 4711, slug: 'another', clientId: 'Iv23another' })
    const installation = anInstallation(other, world.account)
    world.github.state.apps.push(other)
    world.github.state.installations.push(installation)
    const call = await callerOf(world, other, installation)
    const changed = await call('/check-runs/1', {
      method: 'PATCH',
      body: { conclusion: 'neutral' },
    })
    expect(changed).toMatchObject({
      status: 403,
      body: { message: expect.stringContaining('GitHub App that created it') },
    })
  })

  it("are not made with a workflow's token here", async () => {
    const { github } = await setUp()
    github.state.permissions.checks = 'write'
    expect((await callRest(github, `${base}/check-runs`, create)).status).toBe(403)
  })
})
