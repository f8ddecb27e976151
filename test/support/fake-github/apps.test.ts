import { createSign, generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { type AppGitHub, appGitHub, mintToken } from '../app-github.ts'
import { callGraphql, callRest } from './for-test.ts'
import {
  anAccount,
  anApp,
  anInstallation,
  aPullRequest,
  aRepository,
  chooseRepositories,
  resumeInstallation,
  rootSha,
  signAs,
  suspendInstallation,
  uninstallApp,
} from './index.ts'

const acme = anAccount('acme', { type: 'Organization' })
const now = Date.parse('2026-03-02T12:00:00Z')
const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } })

function setUp(init: Parameters<typeof appGitHub>[0] = {}): Promise<AppGitHub> {
  const pullRequests = [aPullRequest({ number: 7 })]
  const repositories = [
    aRepository({ owner: acme, private: true, pullRequests }),
    aRepository({ owner: acme, name: 'gadgets', private: true }),
  ]
  return appGitHub({ account: acme, repositories, signingNow: () => now, ...init })
}

function sign({ app }: AppGitHub, claims: object, header: object = { alg: 'RS256', typ: 'JWT' }) {
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url')
  const text = `${encode(header)}.${encode(claims)}`
  return `${text}.${createSign('RSA-SHA256').update(text).sign(app.privateKey, 'base64url')}`
}

describe('what an App signs', () => {
  const at = now / 1_000
  const good = { iat: at - 60, exp: at + 540 }

  it('is taken with its id or its client id', async () => {
    const world = await setUp()
    for (const iss of [world.app.id, String(world.app.id), world.app.clientId]) {
      const { status, body } = await callRest(
        world.github,
        '/app',
        bearer(sign(world, { ...good, iss })),
      )
      expect(status).toBe(200)
      expect(body).toMatchObject({ id: world.app.id, slug: 'what-shipped' })
    }
  })

  it.each([
    ['by an App that is none', { iss: 5 }, 'Integration not found'],
    ['in the future (G23)', { iat: at + 5 }, "'Issued at' claim"],
    ['too long ago', { exp: at - 1 }, "'Expiration time' claim"],
    ['for too long', { exp: at + 601 }, 'too far in the future'],
    ['without an end', { exp: undefined }, "'Expiration time' claim"],
  ])('%s is refused', async (_, change, message) => {
    const world = await setUp()
    const token = sign(world, { ...good, iss: world.app.id, ...change })
    const { status, body } = await callRest(world.github, '/app', bearer(token))
    expect(status).toBe(401)
    expect(body).toMatchObject({ message: expect.stringContaining(message) })
  })

  it('is refused with another key, another algorithm, or changed', async () => {
    const world = await setUp()
    const { privateKey } = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    })
    const forged = signAs({ ...world.app, privateKey }, now)
    const none = sign(world, { ...good, iss: world.app.id }, { alg: 'none' })
    const [header, , signature] = signAs(world.app, now).split('.')
    const claims = Buffer.from(JSON.stringify({ ...good, iss: world.app.id, more: 1 }))
    const changed = `${header}.${claims.toString('base64url')}.${signature}`
    for (const token of [forged, none, changed, 'eyJ', 'eyJ.eyJ.eyJ']) {
      expect((await callRest(world.github, '/app', bearer(token))).status).toBe(401)
    }
  })

  it('reaches no repository, and an installation does not act as the App', async () => {
    const world = await setUp()
    const jwt = bearer(signAs(world.app, now))
    expect((await callRest(world.github, '/repos/acme/widgets', jwt)).status).toBe(404)
    expect((await callRest(world.github, '/installation/repositories', jwt)).status).toBe(403)
    const token = bearer(await tokenOf(world))
    expect((await callRest(world.github, '/app', token)).status).toBe(401)
    expect((await callRest(world.github, '/app/hook/deliveries', token)).status).toBe(401)
  })
})

/** As `mintToken`, by this test's clock. */
async function tokenOf({ github, app, installation }: AppGitHub, body?: object): Promise<string> {
  const path = `/app/installations/${installation.id}/access_tokens`
  const jwt = bearer(signAs(app, now))
  const reply = await callRest<{ token: string }>(github, path, { method: 'POST', body, ...jwt })
  expect(reply.status).toBe(201)
  return reply.body.token
}

describe('the token of an installation', () => {
  it('may what was granted, where the App is installed, and nothing else', async () => {
    const world = await setUp({
      installation: { permissions: { metadata: 'read', pull_requests: 'read' } },
    })
    const { github } = world
    github.state.repositories.push(aRepository({ owner: 'globex' }))
    const token = bearer(await tokenOf(world))
    const status = async (path: string, init = {}) =>
      (await callRest(github, path, { ...init, ...token })).status
    expect(await status('/repos/acme/widgets')).toBe(200)
    expect(await status('/repos/acme/widgets/pulls/7')).toBe(200)
    expect(await status('/repos/acme/widgets/contents/')).toBe(403)
    expect(await status('/repos/globex/widgets')).toBe(404)
    const check = { name: 'a', head_sha: rootSha }
    expect(await status('/repos/acme/widgets/check-runs', { method: 'POST', body: check })).toBe(
      403,
    )
    expect(await status('/orgs/acme/memberships/dev')).toBe(403)
  })

  it('is the App itself in GraphQL, with the same permissions', async () => {
    const world = await setUp()
    const query = `{ viewer { login } repository(owner: "acme", name: "widgets") {
      pullRequest(number: 7) { number } object(expression: "HEAD") { oid } } }`
    const { body } = await callRest<object>(world.github, world.github.graphqlUrl, {
      method: 'POST',
      body: { query },
      ...bearer(await tokenOf(world)),
    })
    expect(body).toMatchObject({
      data: {
        viewer: { login: 'what-shipped[bot]' },
        repository: { pullRequest: { number: 7 }, object: null },
      },
      errors: [{ type: 'FORBIDDEN' }],
    })
  })

  it('can be for less than was granted, and not for more', async () => {
    const world = await setUp()
    const { github, app, installation, repository } = world
    const narrow = bearer(
      await tokenOf(world, { repository_ids: [repository.id], permissions: { metadata: 'read' } }),
    )
    expect((await callRest(github, '/repos/acme/widgets', narrow)).status).toBe(200)
    expect((await callRest(github, '/repos/acme/gadgets', narrow)).status).toBe(404)
    expect((await callRest(github, '/repos/acme/widgets/pulls/7', narrow)).status).toBe(403)
    const path = `/app/installations/${installation.id}/access_tokens`
    for (const body of [
      { permissions: { contents: 'read' } },
      { permissions: { pull_requests: 'write' } },
      { repository_ids: [5] },
      { repositories: ['nowhere'] },
    ]) {
      const reply = await callRest(github, path, {
        method: 'POST',
        body,
        ...bearer(signAs(app, now)),
      })
      expect(reply.status).toBe(422)
    }
  })

  it('ends after an hour, with the installation, and while that is suspended', async () => {
    const world = await setUp()
    const { github, installation, clock } = world
    const token = bearer(await tokenOf(world))
    const answer = async () => await callRest(github, '/repos/acme/widgets', token)
    expect((await answer()).status).toBe(200)
    await suspendInstallation(github, installation)
    expect(await answer()).toMatchObject({
      status: 403,
      body: { message: 'This installation has been suspended' },
    })
    await resumeInstallation(github, installation)
    installation.addressRefused = true
    expect(await answer()).toMatchObject({ status: 403 })
    installation.addressRefused = false
    clock.now += 3_599_000
    expect((await answer()).status).toBe(200)
    clock.now += 1_000
    expect((await answer()).status).toBe(401)
    const next = bearer(await tokenOf(world))
    await uninstallApp(github, installation)
    expect((await callRest(github, '/repos/acme/widgets', next)).status).toBe(401)
  })

  it('cannot be had for an installation that is gone, suspended or of another App', async () => {
    const world = await setUp()
    const { github, app, installation } = world
    const other = anApp({ id: 4711, slug: 'another', clientId: 'Iv23another' })
    github.state.apps.push(other)
    const theirs = anInstallation(other, acme)
    github.state.installations.push(theirs)
    const status = async (id: number) => {
      const path = `/app/installations/${id}/access_tokens`
      const jwt = bearer(signAs(app, now))
      return (await callRest(github, path, { method: 'POST', ...jwt })).status
    }
    expect(await status(5)).toBe(404)
    expect(await status(theirs.id)).toBe(404)
    await suspendInstallation(github, installation)
    expect(await status(installation.id)).toBe(403)
  })

  it('follows the choice of repositories at once', async () => {
    const world = await setUp()
    const { github, installation, repository } = world
    const token = bearer(await tokenOf(world))
    await chooseRepositories(github, installation, [repository.id])
    expect((await callRest(github, '/repos/acme/gadgets', token)).status).toBe(404)
    const { body } = await callRest(github, '/installation/repositories', token)
    expect(body).toMatchObject({ total_count: 1, repositories: [{ name: 'widgets' }] })
  })
})

it("a workflow's token works beside Apps, and sees all", async () => {
  const { github } = await setUp()
  expect((await callRest(github, '/repos/acme/gadgets')).status).toBe(200)
  const { body } = await callGraphql(github, '{ viewer { login } }')
  expect(body).toEqual({ data: { viewer: { login: 'github-actions[bot]' } } })
  expect((await callRest(github, '/app')).status).toBe(401)
})

it('a token is made as any client makes it', async () => {
  const { github, app, installation } = await appGitHub()
  expect(await mintToken(github, app, installation)).toMatch(/^ghs_[0-9a-f]{36}$/)
})
