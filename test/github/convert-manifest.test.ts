import { createPrivateKey } from 'node:crypto'
import { expect, test } from 'vitest'
import { connectGitHub, connectRest, convertManifest } from '../../src/github/index.ts'
import { fakeGitHubForTest } from '../support/fake-github/for-test.ts'
import { anApp, type FakeGitHubOptions } from '../support/fake-github/index.ts'

async function setUp(options: FakeGitHubOptions = {}) {
  const github = await fakeGitHubForTest(options)
  const app = anApp()
  github.state.manifestCodes['code-of-an-hour'] = app
  const api = connectGitHub(connectRest({ baseUrl: github.apiUrl }), {
    sleep: async () => {},
    now: Date.now,
    random: () => 0,
  })
  return { github, app, api }
}

test.each(['github.com', 'ghes'] as const)(
  'a code gives the credentials of the App, once, without a token, on %s',
  async (form) => {
    const { app, api, github } = await setUp({ form })
    const credentials = await convertManifest(api, 'code-of-an-hour')
    expect(credentials).toEqual({
      id: app.id,
      slug: 'what-shipped',
      owner: 'acme',
      pem: app.privateKey,
      webhookSecret: app.webhookSecret,
      clientId: app.clientId,
      clientSecret: app.clientSecret,
    })
    expect(createPrivateKey(credentials.pem).asymmetricKeyType).toBe('rsa')
    expect(github.requests[0]?.headers.authorization).toBeUndefined()
    await expect(convertManifest(api, 'code-of-an-hour')).rejects.toMatchObject({
      failure: 'not-found',
    })
  },
)

test('it is not tried again where the answer got lost, and no secret is in the error', async () => {
  const { app, api, github } = await setUp()
  const cut = github.faults.push({
    respond: {
      kind: 'alter',
      alter: (reply) => ({ ...reply, body: { ...(reply.body as object), client_id: 5 } }),
    },
  })
  const error: unknown = await convertManifest(api, 'code-of-an-hour').catch((thrown) => thrown)
  expect(error).toMatchObject({ failure: 'unavailable' })
  expect(cut.used).toBe(1)
  expect(github.requests).toHaveLength(1)
  const told = `${(error as Error).stack} ${JSON.stringify(error)} ${String((error as Error).cause)}`
  expect(told).not.toContain(app.clientSecret)
  expect(told).not.toContain('PRIVATE KEY')
})
