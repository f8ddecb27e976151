import { hashNumber, shortHash } from './key-numbers.ts'
import type { Landed } from './landed.ts'

/** An index from numbers to the changes that have them. */
export class LandedIndex {
  readonly #entries = new Map<number, Landed | Landed[]>()

  add(key: number, landed: Landed): void {
    const present = this.#entries.get(key)
    if (present === undefined) this.#entries.set(key, landed)
    else if (Array.isArray(present)) present.push(landed)
    else if (present !== landed) this.#entries.set(key, [present, landed])
  }

  get(key: number): readonly Landed[] {
    const found = this.#entries.get(key)
    if (found === undefined) return []
    return Array.isArray(found) ? found : [found]
  }
}

/** Further digits that are kept: 19 in all tell any two commits apart. */
const longHash = 19

/** Commits by hash, each with the change that brought it: 28 bits find them and 48 more tell them apart. */
export class CommitIndex {
  readonly #first = new Map<number, number | number[]>()
  readonly #rest: number[] = []
  readonly #landed: Landed[] = []
  readonly #onBranch: boolean[] = []

  add(sha: string, landed: Landed, onBranch: boolean): void {
    const key = hashNumber(sha)
    const entry = this.#landed.length
    this.#rest.push(Number.parseInt(sha.slice(shortHash, longHash), 16))
    this.#landed.push(landed)
    this.#onBranch.push(onBranch)
    const present = this.#first.get(key)
    if (present === undefined) this.#first.set(key, entry)
    else if (Array.isArray(present)) present.push(entry)
    else this.#first.set(key, [present, entry])
  }

  /** What was landed with a hash, perhaps cut, and whether it is the very commit that landed. */
  *find(sha: string): Generator<{ landed: Landed; onBranch: boolean; rest: number }> {
    const found = this.#first.get(hashNumber(sha))
    const digits = sha.slice(shortHash, longHash)
    for (const entry of found === undefined ? [] : Array.isArray(found) ? found : [found]) {
      const landed = this.#landed[entry]
      const rest = this.#rest[entry]
      if (landed === undefined || rest === undefined) continue
      const own = rest.toString(16).padStart(longHash - shortHash, '0')
      if (own.startsWith(digits)) yield { landed, onBranch: this.#onBranch[entry] === true, rest }
    }
  }
}
