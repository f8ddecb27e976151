import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { sessionTimes } from './sessions.ts'
import { attemptLifetime } from './sign-in-attempt.ts'

/**
 * The two cookies there are. `__Host-` keeps them from every other host and subdomain, which could otherwise plant one (RFC 6265bis,
 * 4.1.3.2); no script sees them, and no other site's form brings them along.
 */
const names = { session: '__Host-session', 'sign-in': '__Host-sign-in' } as const
const options = { path: '/', secure: true, httpOnly: true, sameSite: 'Lax' } as const
/** Milliseconds. */
const lifetimes = { session: sessionTimes.absolute, 'sign-in': attemptLifetime } as const

export function readCookie(context: Context, cookie: keyof typeof names): string | undefined {
  return getCookie(context, names[cookie])
}

export function giveCookie(context: Context, cookie: keyof typeof names, value: string): void {
  setCookie(context, names[cookie], value, { ...options, maxAge: lifetimes[cookie] / 1_000 })
}

export function takeCookie(context: Context, cookie: keyof typeof names): void {
  deleteCookie(context, names[cookie], options)
}
