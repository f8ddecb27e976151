import type { IncomingMessage, ServerResponse } from 'node:http'

/** So much of what a refused sender still sends is read and dropped, bytes. */
const dropped = 1024 * 1024

/**
 * Answers with a status and nothing else. A sender that is still sending is listened to for a moment, or its answer would be
 * lost with the connection; what it sends is dropped, and the connection ends.
 *
 * @param lingering milliseconds
 */
export async function reply(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  lingering: number,
): Promise<void> {
  if (response.destroyed) return
  const headers = {
    'content-length': '0',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...(status === 503 ? { 'retry-after': '5' } : {}),
  }
  if (request.complete) {
    response.writeHead(status, headers).end()
    return
  }
  response.writeHead(status, { ...headers, connection: 'close' }).flushHeaders()
  await drain(request, lingering)
  response.end()
}

function drain(request: IncomingMessage, lingering: number): Promise<void> {
  return new Promise((resolve) => {
    let left = dropped
    const take = (chunk: Buffer) => {
      left -= chunk.length
      // The rest stays with its sender, which has its answer.
      if (left < 0) request.pause()
    }
    const settle = () => {
      clearTimeout(timer)
      request.off('data', take).off('close', settle)
      resolve()
    }
    const timer = setTimeout(settle, lingering)
    request.on('data', take).once('end', settle).once('close', settle)
    request.on('error', settle)
  })
}
