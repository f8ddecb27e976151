import { describe, expect, it } from 'vitest'
import { callRest, fakeGitHubForTest } from '../for-test.ts'
import { aPullRequest, aRepository } from '../index.ts'

const base = '/repos/acme/widgets'

describe('labels', () => {
  const now = Date.UTC(2026, 5, 1, 12)
  const setUp = async (labels: string[] = []) => {
    const pullRequest = aPullRequest({ number: 7, labels })
    const repository = aRepository({
      labels: [{ name: 'ai: helper/β', color: '0e8a16', description: 'Recorded' }],
      pullRequests: [pullRequest],
    })
    const github = await fakeGitHubForTest({ repositories: [repository], now: () => now })
    const add = (...names: string[]) =>
      callRest(github, `${base}/issues/7/labels`, { method: 'POST', body: { labels: names } })
    const create = (body: object) => callRest(github, `${base}/labels`, { method: 'POST', body })
    const remove = (name: string) =>
      callRest(github, `${base}/issues/7/labels/${encodeURIComponent(name)}`, { method: 'DELETE' })
    return { github, repository, pullRequest, add, create, remove }
  }

  it('are read by name, in any case', async () => {
    const { github } = await setUp()
    const { body } = await callRest(github, `${base}/labels/${encodeURIComponent('AI: helper/Β')}`)
    expect(body).toMatchObject({ name: 'ai: helper/β', color: '0e8a16', description: 'Recorded' })
    expect((await callRest(github, `${base}/labels/other`)).status).toBe(404)
  })

  it('are created', async () => {
    const { repository, create } = await setUp()
    const { status, body } = await create({ name: 'new', color: '0E8A16', description: 'Made' })
    expect(status).toBe(201)
    expect(body).toMatchObject({ name: 'new', color: '0e8a16', description: 'Made' })
    expect(repository.labels.map(({ name }) => name)).toContain('new')
  })

  it.each([
    [{ name: 'AI: HELPER/Β' }, { code: 'already_exists', field: 'name' }],
    [{ name: 'x'.repeat(51) }, { code: 'custom', field: 'name' }],
    [{ name: ' ' }, { code: 'missing_field', field: 'name' }],
    [
      { name: 'new', color: '#0e8a16' },
      { code: 'invalid', field: 'color' },
    ],
    [
      { name: 'new', color: 'green' },
      { code: 'invalid', field: 'color' },
    ],
    [
      { name: 'new', description: 'x'.repeat(101) },
      { code: 'custom', field: 'description' },
    ],
  ])('are not created from %j', async (wanted, error) => {
    const { repository, create } = await setUp()
    const { status, body } = await create(wanted)
    expect(status).toBe(422)
    expect(body).toMatchObject({
      message: 'Validation Failed',
      errors: [{ resource: 'Label', ...error }],
    })
    expect(repository.labels).toHaveLength(1)
  })

  it('may have names of fifty characters, however many bytes', async () => {
    const { create } = await setUp()
    expect((await create({ name: '🧪'.repeat(50) })).status).toBe(201)
  })

  it.each([{}, { name: 7 }, { colour: 'x' }])('are not created from the body %j', async (body) => {
    const { create } = await setUp()
    const reply = await create(body)
    const message = expect.stringMatching(/^Invalid request/)
    expect(reply).toMatchObject({ status: 422, body: { message } })
  })

  it('are added once, and missing ones made', async () => {
    const { repository, pullRequest, add } = await setUp(['kept'])
    const { status, body } = await add('Kept', 'AI: helper/β', 'new', 'NEW')
    expect(status).toBe(200)
    expect(body).toMatchObject([
      { name: 'kept', color: 'ededed' },
      { name: 'ai: helper/β', color: '0e8a16' },
      { name: 'new', color: 'ededed' },
    ])
    expect(repository.labels.map(({ name }) => name)).toEqual(['ai: helper/β', 'kept', 'new'])
    expect(pullRequest.updatedAt).toBe('2026-06-01T12:00:00Z')
    const added = pullRequest.labelEvents.slice(1)
    expect(added).toMatchObject([
      { type: 'labeled', label: { name: 'ai: helper/β' }, createdAt: '2026-06-01T12:00:00Z' },
      { type: 'labeled', label: { name: 'new' }, actor: { login: 'github-actions[bot]' } },
    ])
    expect(new Set(pullRequest.labelEvents.map(({ id }) => id)).size).toBe(3)
  })

  it('are removed, with an event', async () => {
    const { pullRequest, remove } = await setUp(['kept', 'ai: helper/β'])
    expect(await remove('AI: helper/β')).toMatchObject({ status: 200, body: [{ name: 'kept' }] })
    expect(pullRequest.labels).toEqual(['kept'])
    expect(pullRequest.labelEvents.at(-1)).toMatchObject({
      type: 'unlabeled',
      label: { name: 'ai: helper/β' },
      actor: { id: 41898282 },
    })
    expect(await remove('AI: helper/β')).toMatchObject({
      status: 404,
      body: { message: 'Label does not exist' },
    })
  })

  it('are at most a hundred on a pull request, all or none', async () => {
    const names = Array.from({ length: 99 }, (_, index) => `label ${index}`)
    const { pullRequest, add } = await setUp(names)
    expect((await add('one more', 'one too many')).status).toBe(422)
    expect(pullRequest.labels).toHaveLength(99)
    expect((await add('one more', 'label 3')).status).toBe(200)
  })

  it.each(['x'.repeat(51), ''])('are not added as %j', async (name) => {
    const { pullRequest, add } = await setUp()
    const error = { value: name, resource: 'Label', field: 'name', code: 'invalid' }
    expect(await add('fine', name)).toMatchObject({ status: 422, body: { errors: [error] } })
    expect(pullRequest.labels).toEqual([])
  })

  it('are not added to what is not there', async () => {
    const { github } = await setUp()
    const path = `${base}/issues/8/labels`
    const added = await callRest(github, path, { method: 'POST', body: { labels: ['new'] } })
    const removed = await callRest(github, `${path}/new`, { method: 'DELETE' })
    expect([added.status, removed.status]).toEqual([404, 404])
  })
})
