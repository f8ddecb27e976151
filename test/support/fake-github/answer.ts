import { createHash } from 'node:crypto'
import { identify, type TokenTimes } from './caller.ts'
import { type Call, notFound, problem, type Reply } from './exchange.ts'
import { answerGraphql } from './graphql/answer-graphql.ts'
import type { Hooks } from './hooks.ts'
import { rateLimitHeaders, spend } from './rate-limit.ts'
import { answerRest, type Incoming } from './rest/answer-rest.ts'
import type { State } from './state.ts'

/** What an answer is made from beside the call. */
export interface World {
  readonly state: State
  readonly hooks: Hooks
  readonly times: TokenTimes
}

/** What GitHub would answer. */
export function answer({ state: whole, hooks, times }: World, call: Call): Reply {
  const identified = identify(whole, call, times)
  if ('status' in identified) return identified
  const { caller, view: state } = identified
  if (typeof call.body === 'string') return problem(400, 'Problems parsing JSON')
  if (call.path !== '/graphql') {
    return limitedRest({ state, whole, caller, hooks, call, now: times.now })
  }
  if (call.method !== 'POST') return notFound()
  const reply = answerGraphql(state, call)
  return state.rateLimits === null
    ? reply
    : withHeaders(reply, rateLimitHeaders('graphql', state.rateLimits.graphql))
}

/** A 304 costs nothing, all else one request. */
function limitedRest(incoming: Incoming): Reply {
  const limit = incoming.state.rateLimits?.core
  if (limit?.remaining === 0) {
    const message = 'API rate limit exceeded for installation.'
    return problem(403, message, { headers: rateLimitHeaders('core', limit) })
  }
  const reply = conditional(incoming.call, answerRest(incoming))
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
