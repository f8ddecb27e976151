import * as z from 'zod/mini'
import { deadline } from './api-surroundings.ts'
import { GitHubError } from './github-error.ts'
import { forbiddenBy, toRefusal } from './refusal.ts'

/** What a failed call means for the caller. */
export interface ClassifiedFailure {
  readonly failure: GitHubError
  /** What GitHub asks callers to wait, milliseconds. */
  readonly wait?: number
  /** Whether GitHub may have carried the call out. */
  readonly sent: boolean
}

/** GitHub asks for a minute after a secondary limit that names no time (docs.github.com, rate limits for the REST API). */
const unnamedWait = 60_000
const maximumWords = 500

const HeadersSchema = z.record(z.string(), z.optional(z.union([z.string(), z.number()])))
type Headers = z.infer<typeof HeadersSchema>

const RequestFailureSchema = z.object({
  status: z.number(),
  message: z.string(),
  response: z.object({ headers: HeadersSchema }),
  request: z.catch(z.object({ url: z.string() }), { url: '' }),
})

const QueryErrorSchema = z.object({
  type: z.catch(z.optional(z.string()), undefined),
  message: z.catch(z.string(), 'no message'),
  path: z.catch(z.optional(z.array(z.union([z.string(), z.number()]))), undefined),
})

const QueryFailureSchema = z.object({
  data: z.unknown(),
  headers: z.catch(HeadersSchema, {}),
  errors: z.array(QueryErrorSchema).check(z.minLength(1)),
})

/** A GraphQL reply with errors, as Octokit throws it: the data that could be had is kept. */
export type QueryFailure = z.infer<typeof QueryFailureSchema>
type QueryError = z.infer<typeof QueryErrorSchema>

/** Reads Octokit's error for a GraphQL reply with errors; undefined when it is another error. */
export function toQueryFailure(error: unknown): QueryFailure | undefined {
  return QueryFailureSchema.safeParse(error).data
}

/** Tells what an error of Octokit's means; `now` in milliseconds since the epoch. */
export function classifyFailure(error: unknown, now: number): ClassifiedFailure {
  if (error instanceof GitHubError) return { failure: error, sent: true }
  const query = toQueryFailure(error)
  if (query !== undefined) return classifyQuery(query, error, now)
  const request = RequestFailureSchema.safeParse(error)
  if (request.success) return classifyReply(request.data, error, now)
  return {
    failure: new GitHubError('unavailable', unreachable(error), {
      cause: error,
      tooMuch: isTimeout(error),
    }),
    sent: !neverSent(error),
  }
}

function classifyReply(
  { status, message, response: { headers }, request }: z.infer<typeof RequestFailureSchema>,
  cause: unknown,
  now: number,
): ClassifiedFailure {
  const details = { status, cause }
  const said = inWords(message)
  if (isRateLimit(status, message, headers)) {
    return rateLimit(askedWait(headers, headers['x-ratelimit-remaining'], now), now, details)
  }
  if (status >= 500) {
    const wait = retryAfter(headers, now)
    return {
      failure: new GitHubError('unavailable', `GitHub answered ${status}`, {
        ...details,
        tooMuch: status === 502 || status === 504,
      }),
      ...(wait === undefined ? {} : { wait }),
      sent: true,
    }
  }
  const accepted = headers['x-accepted-github-permissions']
  const asked = {
    url: request.url,
    ...(accepted === undefined ? {} : { accepted: String(accepted) }),
  }
  return { failure: toRefusal(said, { ...details, ...asked }), sent: false }
}

function isRateLimit(status: number, message: string, headers: Headers): boolean {
  if (status === 429) return true
  if (status !== 403 || /not accessible by/i.test(message)) return false
  return (
    limitWords.test(message) ||
    headers['retry-after'] !== undefined ||
    String(headers['x-ratelimit-remaining']) === '0'
  )
}

const limitWords = /rate limit|abuse detection/i
/** The first was documented, the second is sent since 2026 (yanyongyu/githubkit#271). */
const limitTypes = ['RATE_LIMITED', 'RATE_LIMIT']

/** Rate limits come with status 200 here; so do the errors of a query that took too long. */
function classifyQuery(
  { errors, headers }: QueryFailure,
  cause: unknown,
  now: number,
): ClassifiedFailure {
  const limit = errors.find(isQueryLimit)
  if (limit !== undefined) {
    const primary = limitTypes.includes(limit.type ?? '')
    const remaining = primary ? 0 : headers['x-ratelimit-remaining']
    return rateLimit(askedWait(headers, remaining, now), now, { cause })
  }
  const error = errors.find(({ type }) => type !== 'FORBIDDEN') ?? errors[0]
  return { failure: queryRefusal(error, cause), sent: true }
}

function isQueryLimit({ type, message }: QueryError): boolean {
  return limitTypes.includes(type ?? '') || limitWords.test(message)
}

function queryRefusal(error: QueryError | undefined, cause: unknown): GitHubError {
  const { type = '', message = '', path } = error ?? {}
  const said = inWords(message)
  const details = { cause, ...(path === undefined ? {} : { path: path.join('.') }) }
  if (type === 'NOT_FOUND') return new GitHubError('not-found', said, details)
  if (type === 'FORBIDDEN' || type === 'INSUFFICIENT_SCOPES')
    return new GitHubError(forbiddenBy(said), said, details)
  return new GitHubError('unavailable', `GitHub could not answer the query: ${said}`, {
    ...details,
    tooMuch: tooMuchTypes.includes(type) || tooMuchWords.test(message),
  })
}

/** The first since 2025, for queries that use too many resources; the second for more than 500,000 nodes. */
const tooMuchTypes = ['RESOURCE_LIMITS_EXCEEDED', 'MAX_NODE_LIMIT_EXCEEDED']
/** "Something went wrong while executing your query. This may be the result of a timeout, or it could be a GitHub bug." */
const tooMuchWords = /something went wrong|time(?:d )?-?out|resource limits/i

function rateLimit(
  wait: number,
  now: number,
  details: { status?: number; cause: unknown },
): ClassifiedFailure {
  const until = new Date(now + wait).toISOString().slice(11, 16)
  return {
    failure: new GitHubError(
      'unavailable',
      `GitHub limits the rate of calls until about ${until} UTC`,
      { ...details, limitedUntil: now + wait },
    ),
    wait,
    sent: false,
  }
}

/** Milliseconds that a primary limit (nothing remains) or a secondary one asks to wait. */
function askedWait(headers: Headers, remaining: string | number | undefined, now: number): number {
  const after = retryAfter(headers, now)
  if (after !== undefined) return after
  const reset = Number(headers['x-ratelimit-reset']) * 1_000
  if (String(remaining) === '0' && reset > 0) return within(1_000, reset - now)
  return unnamedWait
}

/** Limits are by the hour; a time further ahead comes from a wrong clock or is nonsense, and may be no date at all. */
function within(shortest: number, wait: number): number {
  return Math.min(Math.max(shortest, wait), 24 * 60 * 60_000)
}

/** The header gives seconds or a date (RFC 9110, 10.2.3). Milliseconds; undefined where it gives neither. */
function retryAfter(headers: Headers, now: number): number | undefined {
  const value = String(headers['retry-after'] ?? '').trim()
  const wait = /^\d+$/.test(value) ? Number(value) * 1_000 : Date.parse(value) - now
  return Number.isNaN(wait) ? undefined : within(0, wait)
}

/** A proxy's or GitHub's own error page is the message of Octokit's error: of no use to anybody. */
function inWords(message: string): string {
  return /^\s*</.test(message) ? 'a web page instead of an answer' : message.slice(0, maximumWords)
}

function unreachable(error: unknown): string {
  if (isTimeout(error)) return `GitHub did not answer within ${deadline / 1_000} seconds`
  const message = error instanceof Error ? error.message : String(error)
  return `GitHub could not be reached: ${inWords(message)}`
}

function isTimeout(error: unknown): boolean {
  return causes(error).some(({ name }) => name === 'TimeoutError' || name === 'AbortError')
}

/** Errors of Node and undici from before a connection stands, so that nothing has been sent over it. */
const unconnected = [
  'ENOTFOUND',
  'EAI_AGAIN',
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]

function neverSent(error: unknown): boolean {
  return causes(error).some((cause) => 'code' in cause && unconnected.includes(String(cause.code)))
}

/** The error, its cause, and so on; of several attempts to connect, as to IPv6 and IPv4, each. */
function causes(error: unknown): Error[] {
  if (!(error instanceof Error)) return []
  const attempts = error instanceof AggregateError ? error.errors.flatMap(causes) : []
  return [error, ...attempts, ...causes(error.cause)]
}
