import * as z from 'zod/mini'
import { GitHubError } from './github-error.ts'

/** What GitHub gives for a code that it sent a browser back with. */
export interface UserToken {
  readonly token: string
  /** Seconds from now on; null: until it is taken back. */
  readonly expiresIn: number | null
}

export interface CodeExchange {
  /** GitHub's pages, without a slash at the end. */
  readonly webUrl: string
  readonly clientId: string
  readonly clientSecret: string
  readonly code: string
  /** As it was when the code was asked for. */
  readonly redirectUri: string
  /** What the challenge was made of (RFC 7636, 4.5). */
  readonly verifier: string
}

/** Milliseconds: somebody waits before a blank page. */
const deadline = 10_000

const ReplySchema = z.union([
  z.object({
    access_token: z.string().check(z.minLength(1)),
    token_type: z.string().check(z.regex(/^bearer$/i)),
    expires_in: z.optional(z.number().check(z.positive())),
  }),
  // Sent with status 200 (docs.github.com, "Troubleshooting OAuth app access token request errors").
  z.object({ error: z.string() }),
])

/**
 * Exchanges the code of GitHub's web flow for a token of the person who came back with it. A code is good once and for ten
 * minutes, so that nothing is tried again.
 *
 * @throws GitHubError `not-found` where the code is used, too old or of another sign-in, `refused` where the App's own
 * credentials are wrong, `unavailable` where GitHub did not answer
 */
export async function exchangeCode(
  { webUrl, clientId, clientSecret, code, redirectUri, verifier }: CodeExchange,
  fetch: typeof globalThis.fetch,
): Promise<UserToken> {
  const reply = await ask(fetch, `${webUrl}/login/oauth/access_token`, {
    client_id: clientId,
    client_secret: clientSecret,
    code,
    redirect_uri: redirectUri,
    code_verifier: verifier,
  })
  const { success, data } = z.safeParse(ReplySchema, reply)
  if (!success) {
    throw new GitHubError('unavailable', "GitHub's reply to the code was not understood")
  }
  if ('access_token' in data) {
    return { token: data.access_token, expiresIn: data.expires_in ?? null }
  }
  throw data.error === 'bad_verification_code'
    ? new GitHubError('not-found', 'GitHub does not know the code (any more)')
    : new GitHubError('refused', `GitHub gave no token: ${data.error.slice(0, 100)}`)
}

async function ask(
  fetch: typeof globalThis.fetch,
  address: string,
  fields: Record<string, string>,
): Promise<unknown> {
  try {
    const response = await fetch(address, {
      method: 'POST',
      headers: { accept: 'application/json', 'user-agent': 'what-shipped' },
      body: new URLSearchParams(fields),
      redirect: 'error',
      signal: AbortSignal.timeout(deadline),
    })
    if (!response.ok) throw new Error(`GitHub answered ${response.status}`)
    return await response.json()
  } catch (cause) {
    throw new GitHubError('unavailable', 'GitHub did not take the code', { cause })
  }
}
