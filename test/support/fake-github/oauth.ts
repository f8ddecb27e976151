import { createHash } from 'node:crypto'
import type { App } from './app-state.ts'
import { type Call, json, notFound, type Reply } from './exchange.ts'
import { sha1 } from './hash.ts'
import type { Account, State } from './state.ts'

const codeLife = 10 * 60_000

/**
 * GitHub's pages of the web flow for Apps (docs.github.com, "Generating a user access token for a GitHub App"). Who is signed in at
 * GitHub tells the browser's cookie `fake_user`, the number of a user; with `fake_deny` this one presses Cancel. Nobody is asked.
 *
 * @param now milliseconds since the epoch
 * @returns undefined: the call is for something else
 */
export function answerOauth(state: State, call: Call, now: number): Reply | undefined {
  const { method, path } = call
  if (method === 'GET' && path === '/login/oauth/authorize') return authorize(state, call, now)
  if (method === 'POST' && path === '/login/oauth/access_token') return giveToken(state, call, now)
  return undefined
}

function authorize(state: State, { query, headers }: Call, now: number): Reply {
  const cookies = new Map(
    (headers.cookie ?? '').split('; ').map((pair): [string, string] => {
      const [name = '', value = ''] = pair.split('=')
      return [name, value]
    }),
  )
  const app = findClient(state, query.get('client_id'))
  const user = state.users.find(({ id }) => String(id) === cookies.get('fake_user'))
  const redirectUri = query.get('redirect_uri') ?? ''
  const method = query.get('code_challenge_method')
  if (app === undefined || URL.parse(redirectUri) === null) return notFound()
  if (user === undefined) return json(401, { message: 'Sign in at GitHub first' })
  if (method !== null && method !== 'S256') return json(400, { message: 'not S256' })
  const back = new URL(redirectUri)
  back.searchParams.set('state', query.get('state') ?? '')
  if (cookies.has('fake_deny')) {
    back.searchParams.set('error', 'access_denied')
    back.searchParams.set('error_description', 'The user has denied your application access.')
  } else {
    back.searchParams.set('code', codeFor(state, { app, user, redirectUri, query, now }))
  }
  return { status: 302, headers: { location: back.href }, body: undefined }
}

function codeFor({ authorizations }: State, { app, user, redirectUri, query, now }: Asked): string {
  const code = sha1(`code ${user.id} ${authorizations.length}`).slice(0, 20)
  const challenge = query.get('code_challenge')
  const expiresAt = now + codeLife
  authorizations.push({ code, appId: app.id, user, redirectUri, challenge, expiresAt })
  return code
}

interface Asked {
  readonly app: App
  readonly user: Account
  readonly redirectUri: string
  readonly query: URLSearchParams
  readonly now: number
}

/** Errors have status 200. A code is good once, and only for whoever knows what its challenge was made of. */
function giveToken(state: State, { body }: Call, now: number): Reply {
  const fields = new URLSearchParams(typeof body === 'string' ? body : '')
  const app = findClient(state, fields.get('client_id'))
  if (app === undefined || fields.get('client_secret') !== app.clientSecret) {
    return json(200, { error: 'incorrect_client_credentials' })
  }
  const found = state.authorizations.find(({ code }) => code !== '' && code === fields.get('code'))
  const isGood = found !== undefined && found.appId === app.id && found.expiresAt > now
  const isBound =
    isGood &&
    found.redirectUri === fields.get('redirect_uri') &&
    (found.challenge === null || found.challenge === s256(fields.get('code_verifier') ?? ''))
  if (!isBound) return json(200, { error: 'bad_verification_code' })
  found.code = ''
  const token = `ghu_${sha1(`user token ${found.user.id} ${state.userTokens.length}`).slice(0, 36)}`
  const life = state.userTokenLife
  const expiresAt = life === null ? null : now + life * 1_000
  state.userTokens.push({ token, appId: app.id, user: found.user, expiresAt })
  return json(200, {
    access_token: token,
    token_type: 'bearer',
    scope: '',
    ...(life === null
      ? {}
      : {
          expires_in: life,
          refresh_token: `ghr_${sha1(token)}`,
          refresh_token_expires_in: 15_897_600,
        }),
  })
}

function s256(verifier: string): string {
  return createHash('sha256').update(verifier).digest('base64url')
}

function findClient({ apps }: State, clientId: string | null): App | undefined {
  return apps.find((app) => app.clientId === clientId)
}
