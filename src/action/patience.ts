/**
 * How long one run waits for GitHub's rate limits in all, milliseconds: a limit by the hour once, and a little. A job that
 * sleeps costs its owner minutes; what is left is for the next run.
 */
export const longestWaiting = 65 * 60_000

/** A rate limit that lasts longer than a run waits. */
export class LimitError extends Error {
  /** Until when, milliseconds since the epoch. */
  readonly until: number

  constructor(until: number) {
    super(`GitHub limits the rate of calls until ${minuteOf(until)} UTC`)
    this.name = 'LimitError'
    this.until = until
  }
}

/** Waits for rate limits, as long as they take no more than `longestWaiting` together. */
export class Patience {
  readonly #now: () => number
  readonly #sleep: (milliseconds: number) => Promise<void>
  readonly #say: (message: string) => void
  #left = longestWaiting

  constructor(
    now: () => number,
    sleep: (milliseconds: number) => Promise<void>,
    say: (message: string) => void,
  ) {
    this.#now = now
    this.#sleep = sleep
    this.#say = say
  }

  /** @throws LimitError where the time is too far ahead */
  async waitUntil(time: number): Promise<void> {
    const wait = Math.max(0, time - this.#now())
    if (wait > this.#left) throw new LimitError(time)
    this.#left -= wait
    this.#say(`GitHub's rate limit is used up; waiting until ${minuteOf(time)} UTC`)
    await this.#sleep(wait)
  }
}

/** @example minuteOf(0) // '1970-01-01 00:00' */
function minuteOf(time: number): string {
  return new Date(time).toISOString().slice(0, 16).replace('T', ' ')
}
