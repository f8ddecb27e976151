import nock from 'nock'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { GitHubError } from '../../src/github/index.ts'
import { apiUrl, github, testClient } from '../support/github-client.ts'
import { forbidNetwork } from '../support/no-network.ts'

forbidNetwork()

const minting = '/app/installations/7/access_tokens'
const mint = 'POST /app/installations/{installation_id}/access_tokens'

describe('what goes wrong with a token says nothing of what it was for (G11, G13)', () => {
  test.each([
    [404, 'Not Found', 'uninstalled'],
    [403, 'This installation has been suspended', 'suspended'],
    [403, 'the `acme` organization has an IP allow list enabled', 'blocked'],
    [401, 'A JSON web token could not be decoded', 'token'],
    [422, 'The permissions requested are not granted to this installation.', 'refused'],
  ])('%i %s: %s', async (status, message, failure) => {
    const { api, slept } = testClient()
    github().post(minting).reply(status, { message })
    const call = api.write(mint, { installation_id: 7 }, z.object({}), { repeatable: true })
    await expect(call).rejects.toMatchObject({ failure, status })
    expect(slept).toEqual([])
  })

  test('also on a GitHub Enterprise Server', async () => {
    const { api } = testClient({}, 'https://github.acme.test/api/v3')
    nock('https://github.acme.test').post(`/api/v3${minting}`).reply(404, { message: 'Not Found' })
    const call = api.write(mint, { installation_id: 7 }, z.object({}), { repeatable: true })
    await expect(call).rejects.toMatchObject({ failure: 'uninstalled' })
  })

  test('in GraphQL too', async () => {
    const { api } = testClient()
    const message = 'This installation has been suspended'
    github()
      .post('/graphql')
      .reply(200, { data: null, errors: [{ type: 'INSUFFICIENT_SCOPES', message }] })
    const call = api.query('{ viewer { login } }', {}, z.object({}))
    await expect(call).rejects.toMatchObject({ failure: 'suspended' })
  })
})

test('a refusal names the permissions that would have done (G12)', async () => {
  const { api } = testClient()
  github()
    .get('/x')
    .reply(
      403,
      { message: 'Resource not accessible by integration' },
      { 'x-accepted-github-permissions': 'checks=write; contents=read' },
    )
  const error = await api.read('GET /x', {}, z.object({})).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(GitHubError)
  expect(error).toMatchObject({ failure: 'permission', accepted: 'checks=write; contents=read' })
})

describe('a token that is not accepted any more (G10)', () => {
  const refused = { message: 'Bad credentials' }

  test('is renewed once, and the call made again', async () => {
    let renewed = 0
    const { api, slept } = testClient({
      renewToken: async () => {
        renewed += 1
      },
    })
    github().get('/x').reply(401, refused)
    github().get('/x').reply(200, { ok: true })
    expect(await api.read('GET /x', {}, z.object({ ok: z.boolean() }))).toEqual({ ok: true })
    expect({ renewed, slept }).toEqual({ renewed: 1, slept: [] })
  })

  test('and the new one neither: that is an error', async () => {
    let renewed = 0
    const { api } = testClient({
      renewToken: async () => {
        renewed += 1
      },
    })
    github().post('/x').times(2).reply(401, refused)
    const call = api.write('POST /x', {}, z.object({}), { repeatable: false })
    await expect(call).rejects.toMatchObject({ failure: 'token', status: 401 })
    expect(renewed).toBe(1)
  })

  test('where there is none to be had, the reason is told', async () => {
    const { api } = testClient({
      renewToken: async () => {
        throw new GitHubError('uninstalled', 'The installation is gone')
      },
    })
    github().get('/x').reply(401, refused)
    await expect(api.read('GET /x', {}, z.object({}))).rejects.toMatchObject({
      failure: 'uninstalled',
    })
  })
})

describe('a page of a list with a cursor', () => {
  const route = 'GET /app/hook/deliveries'
  const path = '/app/hook/deliveries'
  const Ids = z.array(z.object({ id: z.union([z.string(), z.number()]) }))
  const json = { 'content-type': 'application/json; charset=utf-8' }

  test('keeps the digits of ids that JavaScript would round', async () => {
    const { api } = testClient()
    const body = '[{"id":9007199254740993},{"id":12},{"id":-9007199254740993},{"id":1.5}]'
    github().get(path).reply(200, body, json)
    expect(await api.readPage(route, {}, Ids)).toEqual({
      data: [{ id: '9007199254740993' }, { id: 12 }, { id: '-9007199254740993' }, { id: 1.5 }],
      next: null,
    })
  })

  test('tells the parameters of the next one, and asks no other server for it (G22)', async () => {
    const { api } = testClient()
    const link = `<https://elsewhere.test${path}?per_page=2&cursor=v1_5>; rel="next", <${apiUrl}${path}>; rel="first"`
    github().get(path).query({ per_page: 2 }).reply(200, [], { link })
    const { next } = await api.readPage(route, { per_page: 2 }, Ids)
    expect(next).toEqual({ per_page: '2', cursor: 'v1_5' })
  })

  test.each([
    ['JSON that breaks off', '[{"id":1', json],
    ['a web page', '<!DOCTYPE html>', { 'content-type': 'text/html' }],
    ['nothing', '', json],
    ['another shape', '{"id":1}', json],
  ])('is asked for again after %s (G6)', async (_, body, headers) => {
    const { api, slept } = testClient()
    github().get(path).reply(200, body, headers)
    github().get(path).reply(200, '[]', json)
    expect(await api.readPage(route, {}, Ids)).toEqual({ data: [], next: null })
    expect(slept).toEqual([500])
  })

  test('fails as other reads do', async () => {
    const { api } = testClient()
    github().get(path).reply(401, { message: 'A JSON web token could not be decoded' })
    await expect(api.readPage(route, {}, Ids)).rejects.toMatchObject({ failure: 'token' })
    github().get(path).reply(302, '', { location: 'https://elsewhere.test/' })
    await expect(api.readPage(route, {}, Ids)).rejects.toMatchObject({ failure: 'refused' })
  })
})
