import type { ApiSurroundings } from './api-surroundings.ts'
import { classifyFailure } from './classify-failure.ts'

/** Milliseconds before the second, third and fourth try; GitHub may ask for more. */
const retryDelays = [500, 2_000, 5_000]
/** A rate limit that lasts longer is not worth a job's minutes: the caller is told until when it lasts. */
const longestWait = 60_000

/**
 * Tries a call up to four times, as long as GitHub is busy, unreachable or answers something else than asked for.
 *
 * @param repeatable whether the call may be carried out twice; if not, it is tried again only when it surely was not
 * @param divisible whether the caller asks for less where it was too much at once: then the same is not tried again
 * @throws GitHubError
 */
export async function withRetries<Result>(
  surroundings: ApiSurroundings,
  repeatable: boolean,
  attempt: () => Promise<Result>,
  divisible = false,
): Promise<Result> {
  let waited = 0
  let renewed = false
  for (let tries = 0; ; tries += 1) {
    try {
      return await attempt()
    } catch (error) {
      const { failure, wait = 0, sent } = classifyFailure(error, surroundings.now())
      if (failure.failure === 'token' && surroundings.renewToken && !renewed) {
        renewed = true
        await surroundings.renewToken()
        continue
      }
      const ownDelay = retryDelays[tries]
      const worthwhile = failure.failure === 'unavailable' && !(divisible && failure.tooMuch)
      const again = worthwhile && (repeatable || !sent)
      if (!again || ownDelay === undefined) throw failure
      const delay = Math.max(wait, ownDelay)
      waited += delay
      if (waited > longestWait) throw failure
      await surroundings.sleep(delay * (1 + surroundings.random() / 4))
    }
  }
}
