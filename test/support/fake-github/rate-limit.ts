import type { Reply } from './exchange.ts'
import type { RateLimit } from './state.ts'

/** Takes points off what remains. False, and nothing taken, when too little does. */
export function spend(limit: RateLimit, points: number): boolean {
  if (limit.remaining < points) return false
  limit.remaining -= points
  return true
}

export function rateLimitHeaders(
  resource: 'core' | 'graphql',
  { limit, remaining, resetAt }: RateLimit,
): Reply['headers'] {
  return {
    'x-ratelimit-limit': String(limit),
    'x-ratelimit-remaining': String(remaining),
    'x-ratelimit-used': String(limit - remaining),
    'x-ratelimit-reset': String(Math.floor(Date.parse(resetAt) / 1000)),
    'x-ratelimit-resource': resource,
  }
}
