/** A clock that moves when a test says so. */
export class ManualClock {
  now: number
  #sleepers: { readonly until: number; readonly wake: () => void }[] = []

  constructor(now: number) {
    this.now = now
  }

  /**
   * Settles when the clock has come so far, or at once where it is a retry's short pause: nobody but the call itself waits for
   * those.
   */
  sleep = (milliseconds: number, signal?: AbortSignal): Promise<void> => {
    if (milliseconds < 10_000 && signal === undefined) return Promise.resolve()
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted()
      const sleeper = { until: this.now + milliseconds, wake: resolve }
      this.#sleepers.push(sleeper)
      signal?.addEventListener(
        'abort',
        () => {
          this.#sleepers = this.#sleepers.filter((one) => one !== sleeper)
          reject(signal.reason)
        },
        { once: true },
      )
    })
  }

  moveTo(time: number): void {
    this.now = Math.max(this.now, time)
    const awake = this.#sleepers.filter(({ until }) => until <= this.now)
    this.#sleepers = this.#sleepers.filter(({ until }) => until > this.now)
    for (const { wake } of awake) wake()
  }

  move(milliseconds: number): void {
    this.moveTo(this.now + milliseconds)
  }
}
