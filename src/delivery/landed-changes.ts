import { keyNumber } from './key-numbers.ts'
import type { Landed, LandedName, RecordRepository } from './landed.ts'
import { CommitIndex, LandedIndex } from './landed-index.ts'
import type { LandedKeys } from './landed-keys.ts'

/**
 * Everything that landed, to be found by number, hash or title: seven hundred bytes a change with one commit, and a hundred
 * for each further one.
 */
export class LandedChanges {
  readonly #numbers = new LandedIndex()
  readonly #commits = new CommitIndex()
  readonly #titles = new LandedIndex()
  readonly #starts = new LandedIndex()
  /** Numbers of repositories by name, since a source may know only one of them. */
  readonly #ids = new Map<string, Set<number>>()
  /** Each repository once, and not once for each of its records. */
  readonly #repositories = new Map<string, RecordRepository>()
  /** Names of repositories by which alone some record knows them. */
  readonly #named = new Set<string>()

  /** The same repository, without keeping the record alive. */
  repository({ id, name }: RecordRepository): RecordRepository {
    const key = `${id} ${name}`
    const known = this.#repositories.get(key) ?? { id, name }
    this.#repositories.set(key, known)
    return known
  }

  /** @returns whether the record tells of earlier ones whose repository they are of */
  add(landed: Landed, { number, shas, titles, start }: LandedKeys): boolean {
    const told = this.#learnName(landed.repository)
    if (number !== null) this.#numbers.add(number, landed)
    for (const { sha, onBranch } of shas) this.#commits.add(sha, landed, onBranch)
    for (const title of titles) this.#titles.add(title, landed)
    if (start !== undefined) this.#starts.add(start, landed)
    return told
  }

  /** Other readings of a change, and the commits on the branch that it brought: one of them alone is present. */
  otherReadings(landed: Landed, { number, shas }: LandedKeys): Landed[] {
    const readings = number === null ? [] : this.#numbers.get(number)
    const pushed = shas.flatMap(({ sha, onBranch }) =>
      onBranch ? [...this.#commits.find(sha)].map((each) => each.landed) : [],
    )
    return [...readings, ...pushed.filter((other) => other.number === null)].filter(
      (other) => other !== landed && this.isSameRepository(other, landed),
    )
  }

  /** Whether no later reading of the same change, and no pull request with the same commit, was added. */
  isPresent(landed: Landed): boolean {
    const readings =
      landed.number === null
        ? [...this.#commits.find(landed.sha ?? '')].flatMap((each) =>
            each.onBranch ? [each.landed] : [],
          )
        : this.#numbers.get(landed.number)
    const same = readings.filter((other) => this.isSameRepository(other, landed))
    const latest = same.reduce((one, other) => (isLater(other, one) ? other : one), landed)
    return latest === landed
  }

  /** By the repository's number, or by its name where a source knows no number. */
  isSameRepository(one: Landed, other: Landed): boolean {
    return this.#repositoryKey(one.repository) === this.#repositoryKey(other.repository)
  }

  named(name: LandedName): Landed | null {
    const found = 'number' in name ? this.byNumber(name.number) : this.byHash(name.sha).landed
    const key = this.#repositoryKey(name.repository)
    return found.find((landed) => this.#repositoryKey(landed.repository) === key) ?? null
  }

  byNumber(number: number): Landed[] {
    return this.#present(this.#numbers.get(number))
  }

  /** By the key of a title, whole or without its prefix. */
  byTitle(key: string): Landed[] {
    return this.#present(this.#titles.get(keyNumber(key)))
  }

  /** By the keys of a title's first 16, 24, 32 … characters: those that have them all. */
  byStart(keys: readonly string[]): Landed[] {
    const numbers = keys.map(keyNumber)
    const [first] = numbers
    if (first === undefined) return []
    return this.#present(this.#starts.get(first)).filter(({ starts }) =>
      numbers.every((key, index) => starts[index] === key),
    )
  }

  /**
   * By hash, perhaps cut. A commit that landed itself outranks one that a pull request only contained, and of those who
   * contained it the first to land brought it. Empty where a cut hash could be several commits.
   *
   * @returns also all `candidates`, on which that depends
   */
  byHash(sha: string): { landed: Landed[]; onBranch: boolean; candidates: Landed[] } {
    const found = [...this.#commits.find(sha)].filter(({ landed }) => this.isPresent(landed))
    const rests = new Set(found.map(({ rest }) => rest))
    const candidates = found.map(({ landed }) => landed)
    if (rests.size > 1) return { landed: [], onBranch: false, candidates }
    const merges = found.filter(({ onBranch }) => onBranch)
    const landed = (merges.length > 0 ? merges : found).map((each) => each.landed)
    return { landed, onBranch: merges.length > 0, candidates }
  }

  #learnName({ id, name }: RecordRepository): boolean {
    if (name === null) return false
    const known = name.toLowerCase()
    if (id === null) {
      this.#named.add(known)
      return false
    }
    const ids = this.#ids.get(known)
    if (ids?.has(id)) return false
    if (ids === undefined) this.#ids.set(known, new Set([id]))
    else ids.add(id)
    return this.#named.has(known)
  }

  #repositoryKey({ id, name }: RecordRepository): string | number {
    if (id !== null) return id
    const key = name?.toLowerCase() ?? ''
    const ids = this.#ids.get(key)
    const [only] = ids ?? []
    return ids?.size === 1 && only !== undefined ? only : key
  }

  #present(found: readonly Landed[]): Landed[] {
    return found.filter((landed) => this.isPresent(landed))
  }
}

/** A pull request tells more than a commit that was pushed, then the latest reading counts. */
function isLater(one: Landed, other: Landed): boolean {
  if ((one.number === null) !== (other.number === null)) return one.number !== null
  return one.reading > other.reading
}
