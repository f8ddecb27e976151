import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type ConversionsStub, startConversionsStub } from '../../support/conversions-stub.ts'
import { pullRequestPayload } from '../../support/delivery-payload.ts'
import { type RunningApp, startApp, temporaryFolder } from '../../support/start-app.ts'
import { deliver } from '../../support/webhook.ts'
import { begin, comeBack, form, makeApp, shownAddress } from './setup-browser.ts'

let folder: Awaited<ReturnType<typeof temporaryFolder>>
let github: ConversionsStub
let app: RunningApp

beforeEach(async () => {
  folder = await temporaryFolder()
  github = await startConversionsStub()
  app = await startApp(folder.path, { GITHUB_API_URL: github.address })
})

afterEach(async () => {
  await app?.stop()
  await github?.stop()
  await folder?.remove()
})

const credentialsPath = () => join(folder.path, 'data', 'app-credentials.json')

test('from the form to a server that takes deliveries, without a restart by hand', async () => {
  const begun = await begin(app)
  expect(begun.status).toBe(200)
  expect(begun.headers.get('set-cookie')).toMatch(
    /^what_shipped_setup=[\w-]{43}; Max-Age=3600; Path=\/setup; HttpOnly; SameSite=Lax$/,
  )
  expect(begun.headers.get('content-security-policy')).toContain(
    `form-action 'self' ${github.address};`,
  )
  const back = await makeApp(begun)
  expect(github.manifests).toMatchObject([
    {
      path: '/organizations/acme/settings/apps/new',
      manifest: {
        name: "Acme's What Shipped",
        public: false,
        hook_attributes: {
          url: 'https://shipped.acme.example/api/github/webhooks',
          active: true,
        },
        redirect_url: `${app.address}/setup/registered`,
      },
    },
  ])
  const listening = app.logged('listening')
  const answer = await comeBack(back, begun.keyCookie, begun.cookie)
  const page = await answer.text()
  const { pem, webhookSecret } = github.given.get('code-1') ?? {}
  expect(answer.status).toBe(200)
  expect(answer.headers.get('cache-control')).toBe('no-store')
  expect(page).toContain('Connected')
  expect(page).toContain(`${github.address}/github-apps/what-shipped-at-acme/installations/new`)
  expect(page).not.toContain(webhookSecret)
  expect(page).not.toContain('PRIVATE KEY')

  const kept = JSON.parse(await readFile(credentialsPath(), 'utf8'))
  expect(kept).toEqual({
    version: 1,
    appId: 4711,
    privateKey: pem,
    webhookSecret,
    clientId: 'Iv1.0123',
    clientSecret: 'made-up-client-secret',
    publicUrl: 'https://shipped.acme.example',
  })
  expect((await stat(credentialsPath())).mode & 0o777).toBe(0o600)

  const { port } = await listening
  const address = `http://127.0.0.1:${String(port)}`
  const delivery = pullRequestPayload()
  expect((await deliver(address, { body: delivery, signedWith: webhookSecret ?? '' })).status).toBe(
    202,
  )
  const headers = { cookie: begun.keyCookie }
  for (const path of ['/setup', '/setup/registered?code=a&state=b']) {
    expect((await fetch(address + path, { headers })).status, path).toBe(404)
  }
  const { pathname, search } = new URL(await shownAddress(app))
  expect((await fetch(address + pathname + search)).status).toBe(404)
  const body = new URLSearchParams(form)
  expect((await fetch(`${address}/setup`, { method: 'POST', headers, body })).status).toBe(404)
  expect(await (await fetch(address)).text()).toContain('connected to its GitHub App')
  const { stdout, stderr } = await app.stop()
  const key = begun.keyCookie.split('=')[1] ?? ''
  expect(stderr.split(key)).toHaveLength(2)
  expect(stdout).not.toContain(key)
  for (const secret of [webhookSecret, 'made-up-client-secret', 'PRIVATE KEY', 'code-1', 'acme']) {
    expect(stdout + stderr).not.toContain(secret)
  }
})

test('where GitHub gave no answer, the same address can be loaded again', async () => {
  const begun = await begin(app)
  const back = await makeApp(begun)
  github.failNext(503)
  const unanswered = await comeBack(back, begun.keyCookie, begun.cookie)
  expect(unanswered.status).toBe(502)
  expect(await unanswered.text()).toContain('GitHub did not answer')
  const listening = app.logged('listening')
  expect((await comeBack(back, begun.keyCookie, begun.cookie)).status).toBe(200)
  await listening
})

test('with nowhere to keep them, the credentials are shown once', async () => {
  const begun = await begin(app)
  const back = await makeApp(begun)
  // As if somebody had put a file there meanwhile: it is never written over.
  await writeFile(credentialsPath(), 'mine')
  const answer = await comeBack(back, begun.keyCookie, begun.cookie)
  const page = await answer.text()
  const { pem, webhookSecret } = github.given.get('code-1') ?? {}
  expect(answer.status).toBe(200)
  expect(page).toContain('This is shown once')
  expect(page).toContain(`WEBHOOK_SECRET=${webhookSecret}`)
  expect(page).toContain(`PRIVATE_KEY=${pem?.trim().replaceAll('\n', '\\n')}`)
  expect(await readFile(credentialsPath(), 'utf8')).toBe('mine')
  const headers = { cookie: begun.keyCookie }
  expect((await fetch(`${app.address}/setup`, { headers })).status).toBe(404)
  expect(await (await fetch(app.address)).text()).toContain('the credentials were shown once')
})
