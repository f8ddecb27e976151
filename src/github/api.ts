import * as z from 'zod/mini'
import { type ApiSurroundings, deadline } from './api-surroundings.ts'
import { toQueryFailure } from './classify-failure.ts'
import { GitHubError } from './github-error.ts'
import type { Octokit, OctokitResponse } from './octokit.ts'
import { nextPage, readExactly } from './reply-body.ts'
import { withRetries } from './with-retries.ts'

/** Calls GitHub with a deadline, bounded retries and a schema for every reply (docs/reliability.md, G1 to G22). */
export interface GitHubApi {
  /** A read, retried when GitHub is busy, unreachable or answers something else than asked for. */
  read<Schema extends z.core.$ZodType>(
    route: string,
    parameters: Record<string, unknown>,
    schema: Schema,
  ): Promise<z.infer<Schema>>
  /**
   * A page of a list whose next one is known by GitHub's `link` alone. Whole numbers that JavaScript cannot hold exactly, as
   * the ids of deliveries may be, come as texts.
   */
  readPage<Schema extends z.core.$ZodType>(
    route: string,
    parameters: Record<string, unknown>,
    schema: Schema,
  ): Promise<Page<z.infer<Schema>>>
  /** A write. Only one that can be repeated without a second effect is retried once it may have been carried out. */
  write<Schema extends z.core.$ZodType>(
    route: string,
    parameters: Record<string, unknown>,
    schema: Schema,
    options: { repeatable: boolean },
  ): Promise<z.infer<Schema>>
  /**
   * A GraphQL query. What the token may not see is null in the data and named in `forbidden`. With `divisible`, one that
   * was too much for GitHub is not tried again, since the caller asks for less.
   */
  query<Schema extends z.core.$ZodType>(
    query: string,
    variables: Record<string, unknown>,
    schema: Schema,
    options?: { readonly divisible?: boolean },
  ): Promise<{ data: z.infer<Schema>; forbidden: readonly Forbidden[] }>
}

export interface Page<Data> {
  readonly data: Data
  /** Parameters of the next page, for the same route; null: this is the last. The link itself is never followed. */
  readonly next: Readonly<Record<string, string>> | null
}

/** A part of a GraphQL reply that the token may not see. */
export interface Forbidden {
  /** Names from the root, aliases as in the query, joined by dots; empty where GitHub does not say. */
  readonly path: string
  readonly message: string
}

/** Messages that say what was expected: a schema of zod/mini has none by itself. */
const inWords = { error: z.locales.en().localeError }

/** Wraps an Octokit, which hides faults: a truncated body is a string with status 200, a moved POST becomes a GET. */
export function connectGitHub(octokit: Octokit, surroundings: ApiSurroundings): GitHubApi {
  const { timeout = (milliseconds) => AbortSignal.timeout(milliseconds) } = surroundings
  const options = () => ({ signal: timeout(deadline), redirect: 'manual' })
  const call = (route: string, parameters: Record<string, unknown>) =>
    octokit.request(route, { ...parameters, request: options() })
  return {
    read: (route, parameters, schema) =>
      withRetries(surroundings, true, async () => {
        const response = await followOnce(await call(route, parameters), call)
        return parseReply(route, response.data, schema)
      }),
    readPage: (route, parameters, schema) =>
      withRetries(surroundings, true, async () => {
        const request = { ...options(), parseSuccessResponseBody: false }
        const response = await octokit.request(route, { ...parameters, request })
        if (response.status >= 300) throw refused(response, `${route} was redirected`)
        const data = parseReply(route, await readExactly(response.data), schema)
        return { data, next: nextPage(response.headers.link) }
      }),
    write: (route, parameters, schema, { repeatable }) =>
      withRetries(surroundings, repeatable, async () => {
        const response = await call(route, parameters)
        if (response.status >= 300) {
          throw refused(response, `${route} was redirected instead of carried out`)
        }
        return parseReply(route, response.data, schema)
      }),
    query: (query, variables, schema, { divisible = false } = {}) =>
      withRetries(
        surroundings,
        true,
        async () => {
          const reply = octokit.graphql(query, { ...variables, request: options() })
          const { data, forbidden } = await allowForbidden(reply)
          return { data: parseReply('the GraphQL query', data, schema, forbidden[0]), forbidden }
        },
        divisible,
      ),
  }
}

/** GitHub moves the addresses of renamed repositories; fetch would also follow to other servers, and on and on. */
async function followOnce(
  response: OctokitResponse,
  call: (route: string, parameters: Record<string, unknown>) => Promise<OctokitResponse>,
): Promise<OctokitResponse> {
  if (response.status < 300) return response
  const location = URL.parse(String(response.headers.location ?? ''), response.url)
  if (response.headers.location === undefined || location === null) {
    throw refused(response, 'GitHub redirected to nowhere')
  }
  if (location.origin !== new URL(response.url).origin) {
    throw refused(
      response,
      `GitHub redirected to another server (${location.origin}); it was not followed`,
    )
  }
  const followed = await call(`GET ${location.href}`, {})
  if (followed.status >= 300) throw refused(followed, 'GitHub redirected more than once')
  return followed
}

function refused({ status }: OctokitResponse, message: string): GitHubError {
  return new GitHubError('refused', message, { status })
}

function parseReply<Schema extends z.core.$ZodType>(
  asked: string,
  data: unknown,
  schema: Schema,
  forbidden?: Forbidden,
): z.infer<Schema> {
  const parsed = isText(data) ? undefined : z.safeParse(schema, data, inWords)
  if (parsed?.success) return parsed.data
  if (forbidden !== undefined) throw new GitHubError('permission', forbidden.message)
  throw new GitHubError(
    'unavailable',
    `GitHub's reply to ${asked} was not understood: ${misunderstanding(data, parsed?.error)}`,
    { cause: parsed?.error },
  )
}

/** What Octokit makes of a page of another server's, or of data that broke off. */
function isText(data: unknown): boolean {
  return (typeof data === 'string' && data !== '') || data instanceof ArrayBuffer
}

function misunderstanding(data: unknown, error: z.core.$ZodError | undefined): string {
  const issue = error?.issues[0]
  if (issue === undefined) return 'text instead of data'
  if (data === undefined || data === '') return 'nothing instead of data'
  return `${issue.path.join('.') || 'all'}: ${issue.message}`
}

/** Octokit throws for any GraphQL error and keeps the partial data; only what is forbidden may be missing from it. */
async function allowForbidden(
  reply: Promise<unknown>,
): Promise<{ data: unknown; forbidden: readonly Forbidden[] }> {
  try {
    return { data: await reply, forbidden: [] }
  } catch (error) {
    const failure = toQueryFailure(error)
    if (failure === undefined || failure.errors.some(({ type }) => type !== 'FORBIDDEN'))
      throw error
    const forbidden = failure.errors.map(({ path, message }) => ({
      path: (path ?? []).join('.'),
      message,
    }))
    return { data: failure.data, forbidden }
  }
}
