import type { IncomingMessage } from 'node:http'
import type { BodyAccount } from './body-room.ts'
import type { IngressLimits } from './ingress-limits.ts'

/** Why there is no body: too long, too slow, no room for it now, or the sender went away. */
export type BodyFailure = 'too-large' | 'too-slow' | 'no-room' | 'aborted'

/**
 * Reads a request's body as it comes, and stops at the first byte too many: what a sender says about its length is not
 * relied on. After a failure nothing of the body is held.
 *
 * @param account of this body; whoever asks for the body closes it when it is done with it
 */
export function readBody(
  request: IncomingMessage,
  account: BodyAccount,
  limits: Pick<IngressLimits, 'body' | 'bodyTime'>,
): Promise<Buffer | BodyFailure> {
  return new Promise((resolve) => {
    let chunks: Buffer[] = []
    let length = 0
    const settle = (outcome: Buffer | BodyFailure) => {
      clearTimeout(timer)
      request.off('data', take).off('end', finish).off('close', abort).off('error', abort)
      // A broken connection may report itself once more.
      request.on('error', ignore)
      request.pause()
      chunks = []
      resolve(outcome)
    }
    const take = (chunk: Buffer) => {
      length += chunk.length
      if (length > limits.body) settle('too-large')
      else if (!account.grow(length)) settle('no-room')
      else chunks.push(chunk)
    }
    const finish = () => settle(Buffer.concat(chunks, length))
    const abort = () => settle('aborted')
    const timer = setTimeout(() => settle('too-slow'), limits.bodyTime)
    request.on('data', take).on('end', finish).on('close', abort).on('error', abort)
  })
}

function ignore(): void {}
