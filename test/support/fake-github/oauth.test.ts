import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { callRest, fakeGitHubForTest } from './for-test.ts'
import { anAccount, anApp } from './index.ts'

const app = anApp()
const mel = anAccount('mel')
const redirectUri = 'https://shipped.example.com/sign-in/callback'
const verifier = 'v'.repeat(50)
const challenge = createHash('sha256').update(verifier).digest('base64url')

async function start() {
  let now = Date.parse('2026-03-04T10:00:00Z')
  const github = await fakeGitHubForTest({ apps: [app], users: [mel], now: () => now })
  const authorize = async (cookie: string, more: Record<string, string> = {}) => {
    const query = new URLSearchParams({
      client_id: app.clientId,
      redirect_uri: redirectUri,
      state: 'a state',
      code_challenge: challenge,
      code_challenge_method: 'S256',
      ...more,
    })
    const address = `${github.url}/login/oauth/authorize?${query}`
    const response = await fetch(address, { redirect: 'manual', headers: { cookie } })
    const location = response.headers.get('location')
    return { status: response.status, back: location === null ? undefined : new URL(location) }
  }
  const exchange = async (code: string, more: Record<string, string> = {}) => {
    const response = await fetch(`${github.url}/login/oauth/access_token`, {
      method: 'POST',
      body: new URLSearchParams({
        client_id: app.clientId,
        client_secret: app.clientSecret,
        redirect_uri: redirectUri,
        code_verifier: verifier,
        code,
        ...more,
      }),
    })
    return (await response.json()) as Record<string, unknown>
  }
  const pass = (milliseconds: number) => {
    now += milliseconds
  }
  return { github, authorize, exchange, pass }
}

describe('the web flow of the fake GitHub', () => {
  it('sends back with a code that is good once, for a token of that person', async () => {
    const { github, authorize, exchange } = await start()
    const { back } = await authorize(`fake_user=${mel.id}`)
    expect(back?.href.startsWith(`${redirectUri}?`)).toBe(true)
    expect(back?.searchParams.get('state')).toBe('a state')
    const code = back?.searchParams.get('code') ?? ''
    const given = await exchange(code)
    expect(given).toMatchObject({ token_type: 'bearer', expires_in: 28_800 })
    const headers = { authorization: `Bearer ${String(given.access_token)}` }
    const { body } = await callRest(github, '/user', { headers })
    expect(body).toMatchObject({ id: mel.id, login: 'mel' })
    expect(await exchange(code)).toEqual({ error: 'bad_verification_code' })
  })

  it('binds the code to its verifier, its address and its ten minutes', async () => {
    const { authorize, exchange, pass } = await start()
    const aCode = async () =>
      (await authorize(`fake_user=${mel.id}`)).back?.searchParams.get('code') ?? ''
    const bad = { error: 'bad_verification_code' }
    expect(await exchange(await aCode(), { code_verifier: 'another' })).toEqual(bad)
    expect(await exchange(await aCode(), { redirect_uri: `${redirectUri}/` })).toEqual(bad)
    expect(await exchange('no code')).toEqual(bad)
    expect(await exchange('')).toEqual(bad)
    const late = await aCode()
    pass(10 * 60_000)
    expect(await exchange(late)).toEqual(bad)
    expect(await exchange(await aCode(), { client_secret: 'x' })).toEqual({
      error: 'incorrect_client_credentials',
    })
  })

  it('says so where somebody presses Cancel, and asks who is not signed in', async () => {
    const { authorize } = await start()
    const { back } = await authorize(`fake_user=${mel.id}; fake_deny=1`)
    expect([back?.searchParams.get('error'), back?.searchParams.get('code')]).toEqual([
      'access_denied',
      null,
    ])
    expect((await authorize('')).status).toBe(401)
    expect((await authorize('fake_user=1')).status).toBe(401)
    const plain = { code_challenge_method: 'plain' }
    expect((await authorize(`fake_user=${mel.id}`, plain)).status).toBe(400)
    expect((await authorize(`fake_user=${mel.id}`, { client_id: 'x' })).status).toBe(404)
  })
})
