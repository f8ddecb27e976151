import { createHash } from 'node:crypto'
import type { Context } from 'hono'

const cacheControl = {
  'by-all': 'no-cache',
  'by-reader': 'private, no-cache',
  'by-none': 'no-store',
} as const

/**
 * JSON with a validator of its own (RFC 9110, 8.8.3), or 304 where the reader has the same already.
 *
 * @param body JSON
 * @param kept by caches: of what is the same for everybody; by the reader's own alone; by none. Those that keep it ask each time
 */
export function reply(
  context: Context,
  body: string,
  kept: keyof typeof cacheControl = 'by-reader',
): Response {
  const tag = `"${createHash('sha256').update(body).digest('base64url')}"`
  context.header('etag', tag)
  context.header('cache-control', cacheControl[kept])
  if (kept !== 'by-all') context.header('vary', 'Authorization, Cookie')
  if (hasAlready(context.req.header('if-none-match'), tag)) return context.body(null, 304)
  return context.body(body, 200, { 'content-type': 'application/json; charset=utf-8' })
}

/** Compared weakly, as the header asks (RFC 9110, 13.1.2): a proxy that packs an answer weakens its tag. */
function hasAlready(header: string | undefined, tag: string): boolean {
  if (header === undefined) return false
  return header.split(',').some((one) => {
    const given = one.trim()
    return given === '*' || given.replace(/^W\//, '') === tag
  })
}
