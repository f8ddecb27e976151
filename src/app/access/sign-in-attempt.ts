import { createHash } from 'node:crypto'
import * as z from 'zod'
import { randomSecret } from './random-secret.ts'
import { isSameSecret } from './same-secret.ts'
import type { SealedBox } from './sealed-box.ts'

const AttemptSchema = z.object({
  /** Goes to GitHub and comes back in the address. */
  state: z.string(),
  /** Of PKCE: GitHub is told its hash first, and itself with the code. */
  verifier: z.string(),
  returnTo: z.string(),
  /** Milliseconds since the epoch. */
  begunAt: z.number(),
})

/** One way to GitHub and back. */
export type SignInAttempt = z.infer<typeof AttemptSchema>

/** Why a browser that came back may not sign in. */
export type AttemptProblem =
  /** It has no attempt, or another one. */
  'not-begun-here' | 'too-late'

/** As long as GitHub's code is good, milliseconds (docs.github.com, "Authorizing OAuth apps"). */
export const attemptLifetime = 10 * 60_000
const place = 'sign-in'

export function beginAttempt(
  returnTo: string,
  surroundings: {
    readonly now: () => number
    readonly randomBytes: (count: number) => Uint8Array
  },
): SignInAttempt {
  const { now, randomBytes } = surroundings
  return {
    state: randomSecret(randomBytes),
    verifier: randomSecret(randomBytes),
    returnTo,
    begunAt: now(),
  }
}

/** What GitHub is told of the verifier first (RFC 7636, 4.2: S256). */
export function challengeOf({ verifier }: SignInAttempt): string {
  return createHash('sha256').update(verifier).digest('base64url')
}

/**
 * For a cookie: only the browser that began can end it, at whichever replica it comes out. It is taken from the browser with the
 * first answer, whatever that is, and so good once; and so is GitHub's code, which is bound to the verifier in it.
 */
export function sealAttempt(attempt: SignInAttempt, box: SealedBox): string {
  return Buffer.from(box.seal(JSON.stringify(attempt), place)).toString('base64url')
}

export function openAttempt(
  { cookie, state, now }: { cookie: string | undefined; state: string; now: number },
  box: SealedBox,
): SignInAttempt | AttemptProblem {
  const text = cookie && box.open(Buffer.from(cookie, 'base64url'), place)
  if (!text) return 'not-begun-here'
  const attempt = AttemptSchema.parse(JSON.parse(text))
  if (!isSameSecret(attempt.state, state)) return 'not-begun-here'
  return now - attempt.begunAt < attemptLifetime ? attempt : 'too-late'
}
