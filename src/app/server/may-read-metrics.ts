import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { isLoopbackAddress } from '../loopback.ts'

/** Headers by which a proxy shows itself: what it passes on comes from elsewhere, though its own connection is local. */
const forwarding = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip'] as const

/** Whether a request comes straight from this machine. */
export function isLocalRequest({ socket, headers }: IncomingMessage): boolean {
  return (
    isLoopbackAddress(socket.remoteAddress) &&
    forwarding.every((name) => headers[name] === undefined)
  )
}

/** Whoever has the token, where there is one, and otherwise this machine alone. */
export function mayReadMetrics(request: IncomingMessage, token: string | null): boolean {
  if (token === null) return isLocalRequest(request)
  const given = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1]
  return given !== undefined && timingSafeEqual(digest(given), digest(token))
}

/** Of equal length, whatever was sent. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
