import type { GitHubApi } from './api.ts'
import { GitHubError } from './github-error.ts'

/** How to sit out a rate limit. */
export interface Waiting {
  /**
   * Settles once the time has come, milliseconds since the epoch. A worker that must not be held rejects, keeps the last
   * checkpoint and comes back later; where it is left out, the limit is thrown as a GitHubError with `limitedUntil`.
   */
  readonly waitUntil?: (time: number) => Promise<void>
  /** Ends the reading before its next request. */
  readonly signal?: AbortSignal
}

/** So many limits in a row, and something else is wrong: GitHub never answers. */
const maximumWaits = 8
/** After a limit that was waited for and stands again, milliseconds; doubled each time (GitHub's advice for secondary limits). */
const firstDelay = 60_000

/** The same API, whose calls wait until a rate limit is over, as long as GitHub says, and longer each time. */
export function waitForLimits(api: GitHubApi, { waitUntil, signal }: Waiting): GitHubApi {
  async function patiently<Result>(call: () => Promise<Result>): Promise<Result> {
    for (let waits = 0; ; waits += 1) {
      signal?.throwIfAborted()
      try {
        return await call()
      } catch (error) {
        const until = error instanceof GitHubError ? error.limitedUntil : undefined
        if (until === undefined || waitUntil === undefined || waits === maximumWaits) throw error
        await waitUntil(until + (2 ** waits - 1) * firstDelay)
      }
    }
  }
  return {
    read: (...call) => patiently(() => api.read(...call)),
    readPage: (...call) => patiently(() => api.readPage(...call)),
    write: (...call) => patiently(() => api.write(...call)),
    query: (...call) => patiently(() => api.query(...call)),
  }
}
