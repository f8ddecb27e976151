import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { createEmulator } from 'emulate'
import { expect, onTestFinished, test } from 'vitest'
import * as z from 'zod/mini'
import {
  connectGitHub,
  connectRest,
  type GitHubApi,
  keepCheck,
  parseDelivery,
  readApp,
  readInstallation,
} from '../../src/github/index.ts'
import { anApp, signAs } from '../support/fake-github/index.ts'
import { receiveHooks } from '../support/hook-receiver.ts'

/*
 * A GitHub that somebody else wrote: whether our clients work against more than our own fake. It knows no GraphQL, no delivery
 * log, no manifests and no `app` in a check run, so the fake is what everything else is tried on.
 */

const webhookSecret = 'emulated-webhook-secret-of-forty-letters'
const app = { ...anApp(), id: 12345, webhookSecret }
const installationId = 100

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => {
    server.close(resolve)
  })
  return port
}

function connect(baseUrl: string, token: string): GitHubApi {
  return connectGitHub(connectRest({ baseUrl, token }), {
    sleep: async () => {},
    now: Date.now,
    random: () => 0,
  })
}

async function startEmulator(hookUrl: string, permissions: Record<string, string>) {
  const emulator = await createEmulator({
    service: 'github',
    port: await freePort(),
    seed: {
      tokens: { 'token-of-dev': { login: 'dev', scopes: ['repo'] } },
      github: {
        users: [{ login: 'dev' }],
        repos: [{ owner: 'dev', name: 'widgets', auto_init: true }],
        apps: [
          {
            app_id: app.id,
            slug: app.slug,
            name: app.name,
            private_key: app.privateKey,
            permissions,
            events: ['pull_request', 'check_run'],
            webhook_url: hookUrl,
            webhook_secret: webhookSecret,
            installations: [{ installation_id: installationId, account: 'dev', permissions }],
          },
        ],
      },
    },
  })
  onTestFinished(async () => {
    await emulator.close()
  })
  return emulator.url
}

async function tokenOf(appApi: GitHubApi): Promise<string> {
  const { token } = await appApi.write(
    'POST /app/installations/{installation_id}/access_tokens',
    { installation_id: installationId },
    z.object({ token: z.string() }),
    { repeatable: true },
  )
  return token
}

/** It sends deliveries after its answers, at a time of its own. */
const patience = { timeout: 20_000 }
const address = { owner: 'dev', name: 'widgets' }
const ShaSchema = z.object({ object: z.object({ sha: z.string() }) })

function headOf(api: GitHubApi): Promise<string> {
  const place = { owner: 'dev', repo: 'widgets', ref: 'heads/main' }
  const route = 'GET /repos/{owner}/{repo}/git/ref/{+ref}'
  return api.read(route, place, ShaSchema).then(({ object }) => object.sha)
}

test('an App signs in, writes its check run, and takes a signed delivery', async () => {
  const receiver = { ...app }
  const arrived = await receiveHooks(receiver)
  const permissions = { checks: 'write', contents: 'read', metadata: 'read', pull_requests: 'read' }
  const url = await startEmulator(receiver.hookUrl ?? '', permissions)
  const appApi = connect(url, signAs(app, Date.now()))
  expect(await readApp(appApi)).toMatchObject({ id: app.id, slug: 'what-shipped' })
  expect(await readInstallation(appApi, installationId)).toMatchObject({
    id: installationId,
    account: { login: 'dev', kind: 'User' },
    suspendedAt: null,
  })
  expect(await readInstallation(appApi, 5)).toBe('gone')
  const api = connect(url, await tokenOf(appApi))
  const check = {
    name: 'What Shipped',
    headSha: await headOf(api),
    externalId: 'change-1',
    appId: app.id,
    title: 'Assisted',
    summary: 'What is recorded.',
    actions: [],
  }
  const made = await keepCheck(api, address, check)
  expect(made.outcome).toBe('created')
  const known = { ...made, headSha: check.headSha }
  const updated = await keepCheck(api, address, { ...check, title: 'Merged', known })
  expect(updated).toMatchObject({ outcome: 'updated', id: made.id })
  await expect.poll(() => arrived.length, patience).toBeGreaterThan(0)
  expect(arrived.every(({ signed }) => signed)).toBe(true)
  expect(arrived[0]).toMatchObject({
    event: 'check_run',
    payload: { action: 'created', installation: { id: installationId } },
  })
})

test('what was not granted is refused', async () => {
  const url = await startEmulator('http://127.0.0.1:9/', { metadata: 'read', contents: 'read' })
  const api = connect(url, await tokenOf(connect(url, signAs(app, Date.now()))))
  const check = {
    name: 'What Shipped',
    headSha: await headOf(api),
    externalId: 'change-1',
    appId: app.id,
    title: 'Assisted',
    summary: 'What is recorded.',
    actions: [],
  }
  await expect(keepCheck(api, address, check)).rejects.toMatchObject({ failure: 'permission' })
})

test('a pull request that is opened is told of in a form that we read', async () => {
  const receiver = { ...app }
  const arrived = await receiveHooks(receiver)
  const permissions = { metadata: 'read', pull_requests: 'read' }
  const url = await startEmulator(receiver.hookUrl ?? '', permissions)
  const api = connect(url, 'token-of-dev')
  const place = { owner: 'dev', repo: 'widgets' }
  const once = { repeatable: false }
  const sha = await headOf(api)
  const branch = { ...place, ref: 'refs/heads/change', sha }
  await api.write('POST /repos/{owner}/{repo}/git/refs', branch, z.unknown(), once)
  const file = { ...place, path: 'a.txt', message: 'Add a', content: 'YQ==', branch: 'change' }
  await api.write('PUT /repos/{owner}/{repo}/contents/{path}', file, z.unknown(), once)
  const opened = { ...place, title: 'Change', head: 'change', base: 'main' }
  await api.write('POST /repos/{owner}/{repo}/pulls', opened, z.unknown(), once)
  const events = () => arrived.map(({ event }) => event)
  await expect.poll(events, patience).toContain('pull_request')
  const delivery = arrived.find(({ event }) => event === 'pull_request')
  expect(delivery?.signed).toBe(true)
  expect(parseDelivery('pull_request', delivery?.payload)).toMatchObject({
    delivery: { event: 'pull_request', payload: { action: 'opened' } },
  })
})
