import type { MiddlewareHandler } from 'hono'

/**
 * Pages run no script but ours, load nothing from elsewhere, are framed by nobody and remembered by no cache (RELIABILITY.md,
 * section 4; OWASP ASVS 5.0, 3.4).
 *
 * @param formTarget an origin that a form of the page may send to, beside our own
 */
export function contentSecurityPolicy(formTarget?: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    `form-action 'self'${formTarget === undefined ? '' : ` ${formTarget}`}`,
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ].join('; ')
}

const always: Readonly<Record<string, string>> = {
  'content-security-policy': contentSecurityPolicy(),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  'strict-transport-security': 'max-age=63072000; includeSubDomains',
  'x-frame-options': 'DENY',
  'cache-control': 'no-store',
}

/** Puts the headers on every answer; one that a route has set itself stays. */
export const securityHeaders: MiddlewareHandler = async (context, next) => {
  await next()
  for (const [name, value] of Object.entries(always)) {
    if (!context.res.headers.has(name)) context.header(name, value)
  }
}
