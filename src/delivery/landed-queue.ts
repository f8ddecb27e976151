import type { Landed } from './landed.ts'

/** Changes that wait, each once, to be taken in the order in which they landed. */
export class LandedQueue {
  readonly #inTime: (one: Landed, other: Landed) => number
  /** The first to be taken is the last here, where taking costs nothing. */
  #waiting: Landed[] = []
  readonly #present = new Set<Landed>()

  constructor(inTime: (one: Landed, other: Landed) => number) {
    this.#inTime = inTime
  }

  addAll(added: ReadonlySet<Landed>): void {
    const others = [...added].filter((landed) => !this.#present.has(landed))
    for (const landed of others) this.#present.add(landed)
    if (this.#waiting.length > 0) {
      for (const landed of others) this.#waiting.splice(this.#place(landed), 0, landed)
    } else this.#waiting = others.sort((one, other) => this.#inTime(other, one))
  }

  /** Whether any landed no later than this one. */
  hasUntil(last: Landed): boolean {
    const first = this.#waiting.at(-1)
    return first !== undefined && this.#inTime(first, last) <= 0
  }

  /** Takes the first out; undefined where it landed later, or where there is none. */
  take(last: Landed | null): Landed | undefined {
    if (last !== null && !this.hasUntil(last)) return undefined
    const first = this.#waiting.pop()
    if (first !== undefined) this.#present.delete(first)
    return first
  }

  #place(landed: Landed): number {
    let [low, high] = [0, this.#waiting.length]
    while (low < high) {
      const middle = (low + high) >>> 1
      const there = this.#waiting[middle]
      if (there !== undefined && this.#inTime(there, landed) > 0) low = middle + 1
      else high = middle
    }
    return low
  }
}
