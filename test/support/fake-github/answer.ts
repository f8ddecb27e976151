import { createHash } from 'node:crypto'
import { type Call, notFound, problem, type Reply } from './exchange.ts'
import { answerGraphql } from './graphql/answer-graphql.ts'
import { rateLimitHeaders, spend } from './rate-limit.ts'
import { answerRest } from './rest/answer-rest.ts'
import type { State } from './state.ts'

/** What GitHub would answer. `now`: milliseconds since the epoch. */
export function answer(state: State, call: Call, now: number): Reply {
  const refused = authenticate(state, call)
  if (refused !== undefined) return refused
  if (typeof call.body === 'string') return problem(400, 'Problems parsing JSON')
  if (call.path !== '/graphql') return limitedRest(state, call, now)
  if (call.method !== 'POST') return notFound()
  const reply = answerGraphql(state, call)
  return state.rateLimits === null
    ? reply
    : withHeaders(reply, rateLimitHeaders('graphql', state.rateLimits.graphql))
}

function authenticate({ token }: State, { headers }: Call): Reply | undefined {
  const { authorization } = headers
  if (authorization === undefined) return problem(401, 'Requires authentication')
  const [, given] = /^(?:bearer|token) (.+)$/i.exec(authorization) ?? []
  return given === token ? undefined : problem(401, 'Bad credentials')
}

/** A 304 costs nothing, all else one request. */
function limitedRest(state: State, call: Call, now: number): Reply {
  const limit = state.rateLimits?.core
  if (limit?.remaining === 0) {
    const message = 'API rate limit exceeded for installation.'
    return problem(403, message, { headers: rateLimitHeaders('core', limit) })
  }
  const reply = conditional(call, answerRest(state, call, now))
  if (limit === undefined) return reply
  if (reply.status !== 304) spend(limit, 1)
  return withHeaders(reply, rateLimitHeaders('core', limit))
}

/** Gives what was got a weak ETag, and cuts it to 304 where the client has it already. */
function conditional({ method, headers }: Call, reply: Reply): Reply {
  if (method !== 'GET' || reply.status !== 200) return reply
  const digest = createHash('sha256').update(JSON.stringify(reply.body)).digest('hex')
  const etag = `W/"${digest}"`
  return headers['if-none-match']?.includes(digest)
    ? { status: 304, headers: { ...reply.headers, etag }, body: undefined }
    : withHeaders(reply, { etag })
}

function withHeaders(reply: Reply, headers: Reply['headers']): Reply {
  return { ...reply, headers: { ...reply.headers, ...headers } }
}
