import type { DeliveryRecord, PullRequestRecord, RevertClaim } from './record.ts'

type RecordRepository = PullRequestRecord['repository']

/** What is kept of a change, or of a commit on the branch, that landed: what a revert may call it by. */
export interface Landed {
  readonly repository: RecordRepository
  /** Order among readings of the same change: the greatest is the one that counts. */
  readonly reading: number
  readonly number: number | null
  readonly sha: string | null
  /** Milliseconds since 1970. */
  readonly at: number
  readonly tracked: boolean
  /** Changed files; null: not known. */
  readonly files: number | null
  readonly claims: readonly RevertClaim[]
  /** Key of the whole title; 0: none is known. */
  readonly title: number
  /** Keys of the title's first 16, 24, 32 … characters. */
  readonly starts: readonly number[]
}

/** A pull request or a commit on the branch; every record names one. */
export type LandedName = { readonly repository: RecordRepository } & (
  | { readonly number: number }
  | { readonly sha: string }
)

/** An index from numbers to the changes that have them. */
export class Index {
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

/** By what a change can be found. */
export interface LandedKeys {
  readonly number: number | null
  /** The own first, and whether it is of the very commit that landed. */
  readonly shas: readonly { readonly sha: string; readonly onBranch: boolean }[]
  /** Keys of the title, whole and without its prefix. */
  readonly titles: readonly number[]
  /** Key of the title's first 16 characters; undefined: it is shorter, or not known. */
  readonly start: number | undefined
}

export function keysOf(landed: Landed, record: DeliveryRecord): LandedKeys {
  const own = landed.sha === null ? [] : [{ sha: landed.sha, onBranch: true }]
  // Squashing and rebasing make other commits of them.
  const onBranch = record.record === 'pull-request' && record.merge?.method === 'merge'
  const contained = record.record === 'pull-request' ? (record.commits ?? []) : []
  const bare = record.titleKeys === null ? landed.title : keyNumber(record.titleKeys.bare)
  return {
    number: landed.number,
    shas: [
      ...own,
      ...contained.flatMap(({ sha }) => (sha === landed.sha ? [] : [{ sha, onBranch }])),
    ],
    titles: record.titleKeys === null ? [] : bare === landed.title ? [bare] : [landed.title, bare],
    start: landed.starts[0],
  }
}

/** The digits of a hash by which it is indexed; git cuts hashes to no fewer. */
const shortHash = 7
/** Further digits that are kept: 19 in all tell any two commits apart. */
const longHash = 19

/** Commits by hash, each with the change that brought it: 28 bits find them and 48 more tell them apart. */
class Commits {
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

/** Everything that landed, to be found by number, hash or title: seven hundred bytes a change with one commit, and a hundred for each further one. */
export class LandedChanges {
  readonly #numbers = new Index()
  readonly #commits = new Commits()
  readonly #titles = new Index()
  readonly #starts = new Index()
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

/** The digits of a hash, perhaps cut, by which it is indexed. */
export function hashNumber(sha: string): number {
  return Number.parseInt(sha.slice(0, shortHash), 16)
}

/** 48 bits of a key: a number costs a third of a string, and keeps no line of the file alive. */
export function keyNumber(key: string): number {
  return Number.parseInt(key.slice(0, 12), 16)
}
