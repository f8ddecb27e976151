/** Octokit has no time-out of its own, so a call that never answers would hold a job until the runner kills it. */
export const deadline = 20_000

/** What the outside world gives to the calls. */
export interface ApiSurroundings {
  /** Waits so many milliseconds. */
  readonly sleep: (milliseconds: number) => Promise<void>
  /** Milliseconds since the epoch. */
  readonly now: () => number
  /** A number from 0 to 1, which spreads retries of many runs. */
  readonly random: () => number
  /** A signal that aborts once so many milliseconds have passed; `AbortSignal.timeout` where it is left out. */
  readonly timeout?: (milliseconds: number) => AbortSignal
  /**
   * Gets another token where one can be had: an App's stop working when its permissions change or its key is replaced. A call
   * that is refused for its token is tried again once with the new one.
   */
  readonly renewToken?: () => Promise<void>
}
