import type { Context } from 'hono'
import { AccessError } from '../library/access-error.ts'
import type { Log } from '../log.ts'

/** Where everything of the API is. */
export const apiPath = '/api/v1'

/** Everything that can be wrong with a request or with its answer: status, and what is said of it. */
export const problems = {
  'invalid-parameter': {
    status: 400,
    title: 'A parameter is not what it should be',
    detail: '`limit` is a number from 1 to 100, and `cursor` is taken from an answer before.',
  },
  unauthorized: {
    status: 401,
    title: 'Nobody is signed in',
    detail:
      'Send `Authorization: Bearer` and a token that an owner made in the settings of the account, or sign in with GitHub. A token that was revoked or has expired is no longer one.',
  },
  'not-found': {
    status: 404,
    title: 'There is nothing here',
    detail: 'Nothing is to be found at this address, or nothing that you may see.',
  },
  'no-report': {
    status: 404,
    title: 'There is no report to show',
    detail: '`standing` says why, and what it waits for.',
  },
  'method-not-allowed': {
    status: 405,
    title: 'This can only be read',
    detail: 'The API answers to GET and HEAD.',
  },
  'quota-exceeded': {
    status: 429,
    title: 'Too many requests',
    detail: 'Ask again after as many seconds as `Retry-After` says.',
  },
  failed: {
    status: 500,
    title: 'That did not work',
    detail: 'Something went wrong in this server. It is in its log.',
  },
  unavailable: {
    status: 503,
    title: 'This cannot be answered now',
    detail:
      'GitHub did not say what you may see, and without that nothing is shown. Ask again later.',
  },
} as const

export type ProblemName = keyof typeof problems

/**
 * What tells one problem from another (RFC 9457, 3.1.1): the place in the API's own description where it is written down, which is the
 * same on every server; of limits, the registered one of draft-ietf-httpapi-ratelimit-headers-10, section 6.
 */
export function problemType(name: ProblemName): string {
  return name === 'quota-exceeded'
    ? 'https://iana.org/assignments/http-problem-types#quota-exceeded'
    : `${apiPath}/openapi.json#/components/responses/${name}`
}

/** @param more members of this problem alone */
export function problem(
  context: Context,
  name: ProblemName,
  more: Readonly<Record<string, unknown>> = {},
): Response {
  const { status, title, detail } = problems[name]
  const body = JSON.stringify({ type: problemType(name), title, status, detail, ...more })
  return context.body(body, status, {
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
  })
}

/** To sign in, and with what (RFC 6750, section 3). */
export function unauthorized(context: Context): Response {
  const isRefused = context.req.header('authorization') !== undefined
  const refused = isRefused ? ', error="invalid_token"' : ''
  context.header('www-authenticate', `Bearer realm="What Shipped"${refused}`)
  return problem(context, 'unauthorized')
}

/** Seconds. */
const tryAfter = '60'

/** Tells nothing of what happened: that is in the log. */
export function apiFailure(error: unknown, context: Context, log: Log): Response {
  if (!(error instanceof AccessError)) {
    log.error('page-failed', { error })
    return problem(context, 'failed')
  }
  if (error.reason === 'signed-out') return unauthorized(context)
  context.header('retry-after', tryAfter)
  return problem(context, 'unavailable')
}
