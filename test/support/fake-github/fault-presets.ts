import type { FaultResponse } from './faults.ts'

/** Nothing is left of the primary limit until `resetAt`, in seconds since the epoch. */
export function primaryRateLimit(resetAt: number, status: 403 | 429 = 403): FaultResponse {
  return {
    kind: 'status',
    status,
    headers: exhausted(resetAt, 'core'),
    body: {
      message: 'API rate limit exceeded for installation ID 1.',
      documentation_url: 'https://docs.github.com/rest/rate-limit',
    },
  }
}

/** Too much at once. GitHub does not always say for how long to wait (`retryAfter`, in seconds). */
export function secondaryRateLimit(retryAfter?: number, status: 403 | 429 = 403): FaultResponse {
  return {
    kind: 'status',
    status,
    headers: retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) },
    body: {
      message: 'You have exceeded a secondary rate limit. Please wait before you try again.',
      documentation_url: 'https://docs.github.com/rest/rate-limit',
    },
  }
}

/** GraphQL's primary limit is a 200. GitHub writes its type in two ways. */
export function graphqlRateLimit(
  resetAt: number,
  type: 'RATE_LIMITED' | 'RATE_LIMIT' = 'RATE_LIMITED',
): FaultResponse {
  return {
    kind: 'graphql-errors',
    data: 'none',
    headers: exhausted(resetAt, 'graphql'),
    errors: [{ type, message: 'API rate limit exceeded for installation ID 1.' }],
  }
}

function exhausted(resetAt: number, resource: string) {
  return {
    'x-ratelimit-limit': '1000',
    'x-ratelimit-remaining': '0',
    'x-ratelimit-used': '1000',
    'x-ratelimit-reset': String(resetAt),
    'x-ratelimit-resource': resource,
  }
}

/** A repository that was renamed or transferred: GitHub answers a GET with 301 and a write with 307, or with 301. */
export function moved(location: string, status: 301 | 307 = 301): FaultResponse {
  return {
    kind: 'status',
    status,
    headers: { location },
    body: {
      message: status === 301 ? 'Moved Permanently' : 'Temporary Redirect',
      url: location,
      documentation_url: 'https://docs.github.com/rest',
    },
  }
}
