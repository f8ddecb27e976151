import type { Context } from 'hono'
import { AccessError } from '../library/access-error.ts'
import { cannotAskPage, noLongerAcceptedPage } from './sign-in-pages.ts'

/** Seconds. */
const tryAfter = '60'

/** What is answered where GitHub did not say what somebody may see; undefined: the error is another one. */
export function accessFailure(
  error: unknown,
  context: Context,
): Response | Promise<Response> | undefined {
  if (!(error instanceof AccessError)) return undefined
  if (error.reason === 'signed-out') return context.html(noLongerAcceptedPage(), 401)
  return context.html(cannotAskPage(), 503, { 'retry-after': tryAfter })
}
