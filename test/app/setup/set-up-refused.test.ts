import { readdir } from 'node:fs/promises'
import { request } from 'node:http'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type ConversionsStub, startConversionsStub } from '../../support/conversions-stub.ts'
import { type RunningApp, startApp, temporaryFolder } from '../../support/start-app.ts'
import { begin, comeBack, enter, form, makeApp, shownAddress } from './setup-browser.ts'

let folder: Awaited<ReturnType<typeof temporaryFolder>>
let github: ConversionsStub
let app: RunningApp

beforeAll(async () => {
  folder = await temporaryFolder()
  github = await startConversionsStub()
  app = await startApp(folder.path, { GITHUB_API_URL: github.address })
})

afterAll(async () => {
  await app?.stop()
  await github?.stop()
  await folder?.remove()
})

afterEach(async () => {
  // Whatever was tried, it is as it was.
  expect(github.given.size).toBe(0)
  expect(await readdir(join(folder.path, 'data'))).not.toContain('app-credentials.json')
  const headers = { cookie: await enter(app) }
  expect((await fetch(`${app.address}/setup`, { headers })).status).toBe(200)
})

test('one’s own account registers elsewhere', async () => {
  const { action } = await begin(app, { ...form, account: 'person', organisation: '' })
  expect(new URL(action).pathname).toBe('/settings/apps/new')
})

test('a form with mistakes is shown again, with what was typed, and nothing begins', async () => {
  const { status, page, cookie } = await begin(app, {
    ...form,
    organisation: '"><script>',
    name: '',
  })
  expect(status).toBe(422)
  expect(cookie).toBe('')
  expect(page).toContain('value="&quot;&gt;&lt;script&gt;"')
  expect(page).toContain('Give the App a name.')
})

describe('the way back leads nowhere', () => {
  test.each([
    ['without a state', (address: string) => address.replace(/&state=.*/, '')],
    ['without a code', (address: string) => address.replace(/code=[^&]*&/, '')],
    ['with another state', (address: string) => address.replace(/state=.*/, 'state=abc')],
    [
      'with a code that is a path',
      (address: string) => address.replace(/code=[^&]*/, 'code=..%2F..%2Fx'),
    ],
  ])('%s', async (_, change) => {
    const begun = await begin(app)
    const back = await makeApp(begun)
    expect((await comeBack(change(back), begun.keyCookie, begun.cookie)).status).toBe(400)
  })

  test('in a browser that did not begin it', async () => {
    const begun = await begin(app)
    const other = await begin(app)
    const back = await makeApp(begun)
    expect((await comeBack(back, begun.keyCookie)).status).toBe(400)
    expect((await comeBack(back, begun.keyCookie, other.cookie)).status).toBe(400)
  })

  test('twice', async () => {
    const begun = await begin(app)
    const back = await makeApp(begun)
    github.failNext(404)
    expect((await comeBack(back, begun.keyCookie, begun.cookie)).status).toBe(400)
    expect((await comeBack(back, begun.keyCookie, begun.cookie)).status).toBe(400)
  })
})

describe('without the key of this start none of it is there', () => {
  const wrong = 'A'.repeat(22)
  test.each([
    ['nothing', '', ''],
    ['an empty key', '?key=', ''],
    ['another key', `?key=${wrong}`, ''],
    ['another key in a cookie', '', `what_shipped_setup_key=${wrong}`],
    ['a state that was not begun', '', 'what_shipped_setup=abc'],
  ])('%s', async (_, query, cookie) => {
    for (const path of ['/setup', '/setup/registered', '/setup/nowhere']) {
      const response = await fetch(app.address + path + query, { headers: { cookie } })
      expect(response.status, path).toBe(404)
      expect(response.headers.get('set-cookie')).toBeNull()
    }
    const body = new URLSearchParams(form)
    const posted = await fetch(`${app.address}/setup${query}`, {
      method: 'POST',
      headers: { cookie },
      body,
    })
    expect(posted.status).toBe(404)
  })

  test('the key in the address is for a look at the page, not for a form', async () => {
    const body = new URLSearchParams(form)
    const posted = await fetch(await shownAddress(app), { method: 'POST', body })
    expect(posted.status).toBe(404)
  })

  test('with it the browser gets a cookie, and an address without it', async () => {
    const response = await fetch(await shownAddress(app), { redirect: 'manual' })
    expect(response.status).toBe(303)
    expect(response.headers.get('location')).toBe('/setup')
    expect(response.headers.get('set-cookie')).toMatch(
      /^what_shipped_setup_key=[\w-]{22}; Path=\/setup; HttpOnly; SameSite=Lax$/,
    )
  })

  test('the way back needs it too', async () => {
    const begun = await begin(app)
    const back = await makeApp(begun)
    expect((await comeBack(back, begun.cookie)).status).toBe(404)
  })
})

describe('before there are credentials, only this machine is answered', () => {
  test.each([
    ['a name of the internet', { host: 'evil.example' }],
    ['a name that begins like ours', { host: 'localhost.evil.example:3000' }],
    ['a proxy', { 'x-forwarded-for': '203.0.113.7' }],
    ['another proxy', { forwarded: 'for=203.0.113.7' }],
  ])('not %s', async (_, headers) => {
    for (const path of ['/', '/setup', '/metrics', '/healthz']) {
      const status = await new Promise((resolve, reject) => {
        request(app.address + path, { headers, agent: false }, (response) => {
          response.resume()
          resolve(response.statusCode)
        })
          .on('error', reject)
          .end()
      })
      expect(status, path).toBe(404)
    }
  })

  test('not a form of another site', async () => {
    const response = await fetch(`${app.address}/setup`, {
      method: 'POST',
      headers: { 'sec-fetch-site': 'cross-site', cookie: await enter(app) },
      body: new URLSearchParams(form),
    })
    expect(response.status).toBe(404)
    expect(response.headers.get('set-cookie')).toBeNull()
  })

  test('not a form that never ends', async () => {
    const response = await fetch(`${app.address}/setup`, {
      method: 'POST',
      headers: { cookie: await enter(app) },
      body: new URLSearchParams({ ...form, name: 'a'.repeat(20_000) }),
    })
    expect(response.status).toBe(413)
  })
})
