import { hashNumber, keyNumber } from './key-numbers.ts'
import type { Landed } from './landed.ts'
import type { LandedChanges } from './landed-changes.ts'
import { LandedIndex } from './landed-index.ts'
import type { LandedKeys } from './landed-keys.ts'
import { clockSkew, titleWindow } from './resolve-claims.ts'

/** By what changes claim to revert others, so that a change which is added later finds those whom it may concern. */
export class WatchedClaims {
  readonly #numbers = new LandedIndex()
  readonly #hashes = new LandedIndex()
  readonly #titles = new LandedIndex()
  readonly #starts = new LandedIndex()

  add(by: Landed): void {
    for (const { numbers, shas, titles } of by.claims) {
      for (const number of numbers) this.#numbers.add(number, by)
      for (const sha of shas) this.#hashes.add(hashNumber(sha), by)
      for (const { whole, bare, start } of titles) {
        if (whole !== null) this.#titles.add(keyNumber(whole), by)
        if (bare !== null) this.#titles.add(keyNumber(bare), by)
        const [first] = start
        if (first !== undefined) this.#starts.add(keyNumber(first), by)
      }
    }
  }

  /** Those whose claims a change may fit. */
  *concernedBy(
    landed: Landed,
    { number, shas, titles, start }: LandedKeys,
    among: LandedChanges,
  ): Generator<Landed> {
    const mayFollow = (by: Landed) =>
      landed.at <= by.at + clockSkew && among.isSameRepository(landed, by)
    const mayNameTitle = (by: Landed) => mayFollow(by) && landed.at >= by.at - titleWindow
    if (number !== null) yield* this.#numbers.get(number).filter(mayFollow)
    // Any commit, of whatever time and repository, makes a cut hash ambiguous.
    for (const { sha } of shas) yield* this.#hashes.get(hashNumber(sha))
    for (const title of titles) yield* this.#titles.get(title).filter(mayNameTitle)
    if (start !== undefined) yield* this.#starts.get(start).filter(mayNameTitle)
  }
}
