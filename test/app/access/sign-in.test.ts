import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { Store } from '../../../src/store/index.ts'
import {
  type AccessWorld,
  type AccessWorldInit,
  anAccessWorld,
} from '../../support/access-world.ts'
import { anAccount, aRepository } from '../../support/fake-github/index.ts'
import { aBrowser, signIn, type TestBrowser, throughGitHub } from '../../support/sign-in.ts'

const acme = anAccount('acme', { type: 'Organization' })
const ada = anAccount('ada')
const bob = anAccount('bob')
const minute = 60_000
const hour = 60 * minute

function world(init: Partial<AccessWorldInit> = {}): Promise<AccessWorld> {
  return anAccessWorld({
    repositories: [aRepository({ owner: acme })],
    users: [ada, bob],
    memberships: [{ organization: 'acme', login: 'ada', role: 'admin', state: 'active' }],
    ...init,
  })
}

/** A browser on its way: at GitHub, which has not been asked yet. */
async function begin(place: AccessWorld, path = '/sign-in') {
  const browser = aBrowser(place)
  const { status, headers } = await browser.visit(path)
  expect(status).toBe(303)
  return { browser, location: headers.get('location') ?? '' }
}

const session = '__Host-session'

async function isSignedIn(browser: TestBrowser): Promise<boolean> {
  return (await browser.visit(`/accounts/${acme.id}`)).status === 200
}

describe('signing in', () => {
  test('goes to GitHub with a state, a challenge and the exact address to come back to (ASVS 5.0, 10.2.1, 10.1.2)', async () => {
    const place = await world()
    const { browser, location } = await begin(place)
    const { origin, pathname, searchParams } = new URL(location)
    expect(origin + pathname).toBe(`${place.github.url}/login/oauth/authorize`)
    expect(Object.fromEntries(searchParams)).toEqual({
      client_id: place.app.app.clientId,
      redirect_uri: `${place.publicUrl}/sign-in/callback`,
      state: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge_method: 'S256',
    })
    const other = await begin(place)
    for (const name of ['state', 'code_challenge']) {
      expect(new URL(other.location).searchParams.get(name)).not.toBe(searchParams.get(name))
    }
    expect([...browser.cookies.values()].join()).not.toContain(searchParams.get('state'))
  })

  test('leads back to where it began, signed in', async () => {
    const place = await world()
    const path = `/accounts/${acme.id}?as-of=2026-03-02`
    const { browser, location } = await begin(
      place,
      `/sign-in?return_to=${encodeURIComponent(path)}`,
    )
    const entered = await browser.visit(await throughGitHub(place, location, ada.id))
    expect([entered.status, entered.headers.get('location')]).toEqual([303, path])
    expect(await isSignedIn(browser)).toBe(true)
  })

  test('leads to no other server (open redirect)', async () => {
    const place = await world()
    const asked = encodeURIComponent('//evil.example/')
    const { browser, location } = await begin(place, `/sign-in?return_to=${asked}`)
    const entered = await browser.visit(await throughGitHub(place, location, ada.id))
    expect(entered.headers.get('location')).toBe('/')
  })

  test('gives cookies that no script, no other host and no foreign form gets (ASVS 5.0, 3.3.1 to 3.3.4)', async () => {
    const place = await world()
    const begun = await aBrowser(place).visit('/sign-in')
    const { browser, location } = await begin(place)
    const entered = await browser.visit(await throughGitHub(place, location, ada.id))
    const given = [begun, entered].flatMap(({ headers }) => headers.getSetCookie())
    expect(
      given.map((line) =>
        line
          .replace(/=[^;]*/, '')
          .split('; ')
          .toSorted(),
      ),
    ).toEqual(
      [
        ['HttpOnly', 'Max-Age=600', 'Path=/', 'SameSite=Lax', 'Secure', '__Host-sign-in'],
        ['HttpOnly', 'Max-Age=0', 'Path=/', 'SameSite=Lax', 'Secure', '__Host-sign-in'],
        ['HttpOnly', 'Max-Age=86400', 'Path=/', 'SameSite=Lax', 'Secure', '__Host-session'],
      ].map((parts) => parts.toSorted()),
    )
    for (const { headers } of [begun, entered]) {
      expect(headers.get('cache-control')).toBe('no-store')
      expect(headers.get('referrer-policy')).toBe('no-referrer')
    }
  })

  test('stands in no frame of another site (clickjacking; ASVS 5.0, 3.4.6)', async () => {
    const place = await world()
    const browser = await signIn(place, 'ada')
    for (const path of ['/sign-in', '/sign-in/callback', `/accounts/${acme.id}`, '/not-for']) {
      const { headers } = await browser.visit(path)
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
      expect(headers.get('x-frame-options')).toBe('DENY')
      expect(headers.get('cross-origin-opener-policy')).toBe('same-origin')
    }
  })

  test('works against a GitHub Enterprise Server, whose API is below a path', async () => {
    const place = await world({ form: 'ghes' })
    expect(await isSignedIn(await signIn(place, 'ada'))).toBe(true)
  })

  test('keeps neither token nor id of the session in the database (ASVS 5.0, 14.2.6)', async () => {
    const kept: unknown[] = []
    const place = await world({
      wrapStore: (store) => ({
        ...store,
        sessions: {
          ...store.sessions,
          create: (id, one) => {
            kept.push(one)
            return store.sessions.create(id, one)
          },
        },
      }),
    })
    await signIn(place, 'ada')
    const [token] = place.github.state.userTokens
    expect(kept).toHaveLength(1)
    const [{ data }] = kept as [{ data: Uint8Array }]
    expect(Buffer.from(data).toString('latin1')).not.toMatch(/ghu_|ada|form/)
    expect(token?.token).toMatch(/^ghu_/)
    expect(JSON.stringify(place.app.lines)).not.toContain(token?.token)
  })
})

describe('coming back from GitHub', () => {
  async function refused(browser: TestBrowser, back: string, status: number, title: string) {
    const visit = await browser.visit(back)
    expect([visit.status, visit.body.includes(`<h1>${title}</h1>`)]).toEqual([status, true])
    expect(visit.body).toContain('/sign-in')
    expect(browser.cookies.has(session)).toBe(false)
  }
  const notHere = 'This sign-in was not begun in this browser'

  test('http-oauth-state-missing: nobody is signed in', async () => {
    const place = await world()
    const { browser } = await begin(place)
    await refused(browser, '/sign-in/callback?code=abc', 400, notHere)
    await refused(aBrowser(place), '/sign-in/callback?code=abc', 400, notHere)
    await refused(aBrowser(place), '/sign-in/callback', 400, notHere)
  })

  test('http-oauth-state-other-session: login CSRF with the answer to somebody else', async () => {
    const place = await world()
    const attacker = await begin(place)
    const back = await throughGitHub(place, attacker.location, bob.id)
    const victim = await begin(place)
    await refused(victim.browser, back, 400, notHere)
    await refused(aBrowser(place), back, 400, notHere)
  })

  test('a cookie of one attempt and the state of another do not fit', async () => {
    const place = await world()
    const one = await begin(place)
    const other = await begin(place)
    const mixed = new URL(await throughGitHub(place, one.location, ada.id))
    mixed.searchParams.set('state', new URL(other.location).searchParams.get('state') ?? '')
    await refused(one.browser, mixed.href, 400, notHere)
  })

  test('http-oauth-code-replay: the state is good once, and so is the code, even with the cookie kept', async () => {
    const place = await world()
    const { browser, location } = await begin(place)
    const attempt = new Map(browser.cookies)
    const back = await throughGitHub(place, location, ada.id)
    expect((await browser.visit(back)).status).toBe(303)
    browser.cookies.delete(session)
    await refused(browser, back, 400, notHere)
    for (const [name, value] of attempt) browser.cookies.set(name, value)
    await refused(browser, back, 400, 'GitHub’s answer was used before')
  })

  test('a code that was taken on its way is of no use elsewhere: PKCE', async () => {
    const place = await world()
    const { location } = await begin(place)
    const stolen = new URL(await throughGitHub(place, location, ada.id)).searchParams.get('code')
    const thief = await begin(place)
    const state = new URL(thief.location).searchParams.get('state')
    const back = `/sign-in/callback?code=${stolen}&state=${state}`
    await refused(thief.browser, back, 400, 'GitHub’s answer was used before')
  })

  test('denied: says so, and keeps where somebody wanted to go', async () => {
    const place = await world()
    const { browser, location } = await begin(place, '/sign-in?return_to=%2Fmine')
    const back = await throughGitHub(place, location, ada.id, { deny: true })
    await refused(browser, back, 403, 'You did not sign in')
    expect(browser.cookies.size).toBe(0)
    const again = await begin(place, '/sign-in?return_to=%2Fmine')
    const { body } = await again.browser.visit(
      await throughGitHub(place, again.location, ada.id, { deny: true }),
    )
    expect(body).toContain('href="/sign-in?return_to=%2Fmine"')
  })

  test.each(['redirect_uri_mismatch', 'application_suspended', '<script>', ''])(
    'error=%s: says that this server is not let in, and repeats nothing of it',
    async (error) => {
      const place = await world()
      const { browser, location } = await begin(place)
      const state = new URL(location).searchParams.get('state')
      const query = `error=${encodeURIComponent(error)}&error_description=canary&state=${state}`
      const { status, body } = await browser.visit(`/sign-in/callback?${query}`)
      expect(status).toBe(502)
      expect(body).not.toMatch(/canary|redirect_uri|<script/)
    },
  )

  test('late: after ten minutes neither the code nor the attempt is good', async () => {
    const place = await world()
    const { browser, location } = await begin(place)
    const back = await throughGitHub(place, location, ada.id)
    place.app.clock.move(10 * minute)
    await refused(browser, back, 400, 'That took too long')
  })

  test('wrong credentials of the App: says whom to ask', async () => {
    const place = await world()
    place.app.app.clientSecret = 'changed on GitHub'
    const { browser, location } = await begin(place)
    const back = await throughGitHub(place, location, ada.id)
    await refused(browser, back, 502, 'GitHub did not let this server sign you in')
  })

  test.each<[string, () => Response | Promise<Response>]>([
    ['does not answer', () => Promise.reject(new TypeError('fetch failed'))],
    ['answers with a page', () => new Response('<html>busy</html>')],
    ['answers 500', () => new Response('{}', { status: 500 })],
    ['answers nonsense', () => Response.json({ access_token: 7 })],
    [
      'answers with a token of another kind',
      () => Response.json({ access_token: 'x', token_type: 'mac' }),
    ],
  ])('GitHub %s: nobody is signed in, and it can be tried again', async (_, answer) => {
    const place = await world({ fetch: async () => answer() })
    const { browser, location } = await begin(place)
    const back = await throughGitHub(place, location, ada.id)
    await refused(browser, back, 502, 'GitHub did not answer')
  })

  test('GitHub gives a token and does not say whose it is: nobody is signed in', async () => {
    const place = await world()
    place.github.faults.push({ match: { path: /^\/user$/ }, respond: { kind: 'reset' }, times: 9 })
    const { browser, location } = await begin(place)
    const back = await throughGitHub(place, location, ada.id)
    await refused(browser, back, 502, 'GitHub did not answer')
  })

  test('what a browser brings as code and state is read strictly', async () => {
    const place = await world()
    const { browser, location } = await begin(place)
    const state = new URL(location).searchParams.get('state')
    const code = `a'"><script>${'x'.repeat(300)}`
    const { status, body } = await browser.visit(
      `/sign-in/callback?code=${encodeURIComponent(code)}&state=${state}`,
    )
    expect(status).toBe(502)
    expect(body).not.toContain('<script>')
    const exchanges = place.github.requests.filter(({ path }) => path.startsWith('/login/oauth/a'))
    expect(exchanges.filter(({ method }) => method === 'POST')).toEqual([])
  })
})

describe('a session', () => {
  test('gets a new id at every sign-in, and the old one is over (session fixation; ASVS 5.0, 7.2.4)', async () => {
    const place = await world()
    const browser = aBrowser(place)
    const planted = 'A'.repeat(43)
    browser.cookies.set(session, planted)
    await signIn(place, 'ada', browser)
    const first = browser.cookies.get(session) ?? ''
    expect(first).toMatch(/^[\w-]{43}$/)
    expect(first).not.toBe(planted)
    await signIn(place, 'ada', browser)
    expect(browser.cookies.get(session)).not.toBe(first)
    const old = aBrowser(place)
    for (const id of [first, planted]) {
      old.cookies.set(session, id)
      expect(await isSignedIn(old)).toBe(false)
    }
  })

  test('is over after 8 hours without a request (ASVS 5.0, 7.3.1)', async () => {
    const place = await world()
    place.github.state.userTokenLife = null
    const browser = await signIn(place, 'ada')
    place.app.clock.move(8 * hour - minute)
    expect(await isSignedIn(browser)).toBe(true)
    place.app.clock.move(8 * hour - minute)
    expect(await isSignedIn(browser)).toBe(true)
    place.app.clock.move(8 * hour)
    expect(await isSignedIn(browser)).toBe(false)
  })

  test('is over after 24 hours, however much it is used (ASVS 5.0, 7.3.2)', async () => {
    const place = await world()
    place.github.state.userTokenLife = null
    const browser = await signIn(place, 'ada')
    for (let passed = 0; passed < 23; passed += 1) {
      place.app.clock.move(hour)
      expect(await isSignedIn(browser)).toBe(true)
    }
    place.app.clock.move(hour)
    expect(await isSignedIn(browser)).toBe(false)
  })

  test('is over no later than GitHub’s token', async () => {
    const place = await world()
    place.github.state.userTokenLife = 3_600
    const browser = await signIn(place, 'ada')
    place.app.clock.move(hour - minute)
    expect(await isSignedIn(browser)).toBe(true)
    place.app.clock.move(minute)
    expect(await isSignedIn(browser)).toBe(false)
  })

  test('ends on the server when somebody signs out (ASVS 5.0, 7.4.1)', async () => {
    const place = await world()
    const browser = await signIn(place, 'ada')
    const copied = aBrowser(place)
    for (const [name, value] of browser.cookies) copied.cookies.set(name, value)
    expect(await isSignedIn(copied)).toBe(true)
    const out = await browser.send('/sign-out')
    expect([out.status, out.headers.get('location')]).toEqual([303, '/'])
    expect(browser.cookies.has(session)).toBe(false)
    expect(await isSignedIn(copied)).toBe(false)
  })

  test('is not ended by a link, an image or a foreign form', async () => {
    const place = await world()
    const browser = await signIn(place, 'ada')
    expect((await browser.visit('/sign-out')).status).toBe(404)
    expect((await browser.visit('/sign-out', { method: 'POST' })).status).toBe(403)
    expect(await isSignedIn(browser)).toBe(true)
  })

  test('is known to every replica, and ended for all', async () => {
    const place = await world()
    const other = await place.anotherReplica()
    const begun = await begin(place)
    const browser = aBrowser(other)
    for (const [name, value] of begun.browser.cookies) browser.cookies.set(name, value)
    const entered = await browser.visit(await throughGitHub(place, begun.location, ada.id))
    expect(entered.status).toBe(303)
    const here = aBrowser(place)
    for (const [name, value] of browser.cookies) here.cookies.set(name, value)
    expect([await isSignedIn(browser), await isSignedIn(here)]).toEqual([true, true])
    await here.send('/sign-out')
    expect(await isSignedIn(browser)).toBe(false)
  })

  test('ends when GitHub does not take its token any more', async () => {
    const place = await world()
    const browser = await signIn(place, 'ada')
    place.github.state.userTokens = []
    const { status, body } = await browser.visit(`/accounts/${acme.id}`)
    expect([status, body.includes('You are signed out')]).toEqual([401, true])
    expect(browser.cookies.has(session)).toBe(false)
  })

  test('whose data was changed in the database is none', async () => {
    const place = await world({ wrapStore: withChangedData })
    const browser = await signIn(place, 'ada')
    expect(await isSignedIn(browser)).toBe(false)
  })
})

/** As if somebody had written into the table of sessions. */
function withChangedData(store: Store): Store {
  return {
    ...store,
    sessions: {
      ...store.sessions,
      find: async (id) => {
        const found = await store.sessions.find(id)
        const data = Uint8Array.from(found?.data ?? [])
        data[20] = (data[20] ?? 0) ^ 1
        return found && { ...found, data }
      },
    },
  }
}

test('the challenge is the hash of the verifier that comes with the code', async () => {
  const sent: URLSearchParams[] = []
  const place = await world({
    fetch: async (_, init) => {
      sent.push(new URLSearchParams(String(init?.body)))
      return Response.json({ error: 'bad_verification_code' })
    },
  })
  const { browser, location } = await begin(place)
  await browser.visit(await throughGitHub(place, location, ada.id))
  const verifier = sent[0]?.get('code_verifier') ?? ''
  const challenge = new URL(location).searchParams.get('code_challenge')
  expect(verifier).toMatch(/^[\w-]{43,128}$/)
  expect(createHash('sha256').update(verifier).digest('base64url')).toBe(challenge)
  expect(sent[0]?.get('redirect_uri')).toBe(`${place.publicUrl}/sign-in/callback`)
})
