import { describe, expect, test } from 'vitest'
import { exchangeCode } from '../../src/github/index.ts'

const asked = {
  webUrl: 'https://github.example.com',
  clientId: 'Iv1.abc',
  clientSecret: 'canary-secret',
  code: 'a-code',
  redirectUri: 'https://shipped.example.com/sign-in/callback',
  verifier: 'v'.repeat(43),
}

function answering(body: unknown, init?: ResponseInit): typeof fetch {
  return async () => (body instanceof Response ? body : Response.json(body, init))
}

describe('a code', () => {
  test('is exchanged with the secrets in the body, where no log has them', async () => {
    const requests: [string, RequestInit | undefined][] = []
    const token = await exchangeCode(asked, async (address, init) => {
      requests.push([String(address), init])
      return Response.json({ access_token: 'ghu_x', token_type: 'bearer', expires_in: 28_800 })
    })
    expect(token).toEqual({ token: 'ghu_x', expiresIn: 28_800 })
    const [[address, init] = ['', undefined]] = requests
    expect(address).toBe('https://github.example.com/login/oauth/access_token')
    expect(init?.redirect).toBe('error')
    expect(Object.fromEntries(new URLSearchParams(String(init?.body)))).toEqual({
      client_id: 'Iv1.abc',
      client_secret: 'canary-secret',
      code: 'a-code',
      redirect_uri: 'https://shipped.example.com/sign-in/callback',
      code_verifier: 'v'.repeat(43),
    })
  })

  test('may give a token without an end', async () => {
    const reply = { access_token: 'gho_x', token_type: 'bearer', scope: '' }
    expect(await exchangeCode(asked, answering(reply))).toEqual({ token: 'gho_x', expiresIn: null })
  })

  test.each<[string, typeof fetch, string]>([
    ['used, too old or another', answering({ error: 'bad_verification_code' }), 'not-found'],
    [
      'of an App whose secret is wrong',
      answering({ error: 'incorrect_client_credentials' }),
      'refused',
    ],
    ['of an App with another address', answering({ error: 'redirect_uri_mismatch' }), 'refused'],
    ['and a page instead of an answer', answering(new Response('<html>')), 'unavailable'],
    ['and half an answer', answering(new Response('{"access_token":')), 'unavailable'],
    ['and a failure', answering({}, { status: 502 }), 'unavailable'],
    ['and an empty token', answering({ access_token: '', token_type: 'bearer' }), 'unavailable'],
    [
      'and a life that is none',
      answering({ access_token: 'x', token_type: 'bearer', expires_in: -1 }),
      'unavailable',
    ],
    ['and no answer', () => Promise.reject(new TypeError('fetch failed')), 'unavailable'],
  ])('%s', async (_, fetch, failure) => {
    const failed = exchangeCode(asked, fetch)
    await expect(failed).rejects.toMatchObject({ name: 'GitHubError', failure })
    await expect(failed).rejects.not.toThrow(/canary/)
  })

  test('is not sent again, whatever happens', async () => {
    let count = 0
    const fetch = async () => {
      count += 1
      return new Response('{}', { status: 503 })
    }
    await expect(exchangeCode(asked, fetch)).rejects.toThrow()
    expect(count).toBe(1)
  })
})
