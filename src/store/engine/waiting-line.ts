/** Things that are used by one at a time, each made when all others are in use, up to a number; who comes first is served first. */
export class WaitingLine<Thing> {
  readonly #free: Thing[] = []
  readonly #all: Thing[] = []
  readonly #waiting: ((thing: Thing) => void)[] = []
  readonly #most: number
  readonly #make: () => Thing

  constructor(most: number, make: () => Thing) {
    this.#most = most
    this.#make = make
  }

  get all(): readonly Thing[] {
    return this.#all
  }

  take(): Promise<Thing> {
    const free = this.#free.pop()
    if (free !== undefined) return Promise.resolve(free)
    if (this.#all.length < this.#most) {
      const made = this.#make()
      this.#all.push(made)
      return Promise.resolve(made)
    }
    return new Promise((resolve) => this.#waiting.push(resolve))
  }

  giveBack(thing: Thing): void {
    const next = this.#waiting.shift()
    if (next === undefined) this.#free.push(thing)
    else next(thing)
  }
}
