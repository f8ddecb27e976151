import { createHash, timingSafeEqual } from 'node:crypto'
import type { MiddlewareHandler } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import type { PageEnvironment } from '../server/page-environment.ts'

const keyBytes = 16
const cookieName = 'what_shipped_setup_key'

/** A key to the set-up page: 128 random bits, for one start of the process. */
export function createSetupKey(randomBytes: (count: number) => Uint8Array): string {
  return Buffer.from(randomBytes(keyBytes)).toString('base64url')
}

/**
 * Lets nobody in without the key, since a proxy on this machine may bring strangers, and other users of it come from here too:
 * first it is in the address that only the terminal shows, then in a cookie.
 */
export function requireSetupKey(key: string): MiddlewareHandler<PageEnvironment> {
  const wanted = digest(key)
  const isKey = (given: string | undefined) =>
    given !== undefined && timingSafeEqual(digest(given), wanted)
  return async (context, next) => {
    if (isKey(getCookie(context, cookieName))) return next()
    if (context.req.method !== 'GET' || !isKey(context.req.query('key'))) return context.notFound()
    // Lax: GitHub sends the browser back here, and a strict cookie would stay behind.
    setCookie(context, cookieName, key, { path: '/setup', httpOnly: true, sameSite: 'Lax' })
    return context.redirect('/setup', 303)
  }
}

/** Of equal length, whatever was sent. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
