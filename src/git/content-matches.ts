import type { DeliveryRecord, RevertClaim } from '../delivery/index.ts'
import type { CommitGraph } from './commit-graph.ts'
import { findContentMatch } from './find-content-match.ts'
import type { Landing } from './find-landings.ts'
import type { Repository } from './open-repository.ts'
import type { OwnCommitFinder } from './own-commits.ts'
import type { BranchHistory } from './read-branch-history.ts'
import type { Unit } from './select-units.ts'
import type { GitLimits } from './stream-git.ts'

/** Reverts for which differences are looked at in one reading, and whose records are held until then. */
const MAX_SEARCHES = 2_000

/** Digits of the shortest hash that anybody writes. */
const SHORTEST = 7
/** Digits of a hash that is not cut. */
const WHOLE = 40

/** A revert whose own words lead nowhere so far. */
export interface OpenRevert {
  readonly record: DeliveryRecord
  readonly unit: Unit
  /** Some of the files that it changes. */
  readonly paths: readonly string[]
}

/** Adds to reverts what they take back by their content, where their own words do not lead to it. */
export class ContentMatches {
  readonly #repository: Repository
  readonly #graph: CommitGraph
  readonly #history: BranchHistory
  readonly #own: OwnCommitFinder
  readonly #numbers: ReadonlySet<number>
  readonly #limits: GitLimits
  readonly #searches: number
  readonly #titles = new Set<string>()
  #opened = 0
  #left = 0
  #starts: ReadonlySet<number> | undefined

  constructor(
    cloned: {
      readonly repository: Repository
      readonly graph: CommitGraph
      readonly history: BranchHistory
      readonly own: OwnCommitFinder
    },
    landings: Iterable<Landing>,
    limits: GitLimits,
    searches = MAX_SEARCHES,
  ) {
    this.#repository = cloned.repository
    this.#graph = cloned.graph
    this.#history = cloned.history
    this.#own = cloned.own
    this.#numbers = new Set(Array.from(landings, ({ number }) => number))
    this.#limits = limits
    this.#searches = searches
  }

  /** What was left out, once all was seen; undefined: nothing. */
  get warning(): string | undefined {
    if (this.#left === 0) return undefined
    const left = this.#left.toLocaleString('en')
    const searches = this.#searches.toLocaleString('en')
    return (
      `for up to ${left} older reverts what they take back was not looked for in the differences, as for the latest ` +
      `${searches}; read a shorter time at once`
    )
  }

  /** Notes the titles by which others may name this one. */
  see({ titleKeys }: DeliveryRecord): void {
    if (titleKeys === null) return
    this.#titles.add(titleKeys.whole)
    if (titleKeys.bare !== titleKeys.whole) this.#titles.add(titleKeys.bare)
  }

  /**
   * Whether neither a hash nor a number leads anywhere; whether a title does is known when all records were seen. Several
   * commits are not compared as one, and past so many searches no more are opened.
   */
  isOpen({ revertClaims }: DeliveryRecord, unit: Unit): boolean {
    if (unit.length > 1) return false
    if (!revertClaims.some(({ kind, aside }) => kind === 'revert' && !aside)) return false
    const age = this.#history.length - 2 - unit.position
    const isOpen = revertClaims.every(({ kind, numbers, shas }) => {
      if (kind === 'not-a-revert') return false
      if (numbers.some((number) => this.#numbers.has(number))) return false
      return !shas.some((sha) => this.#isOld(sha, age))
    })
    if (!isOpen) return false
    if (this.#opened >= this.#searches) {
      this.#left += 1
      return false
    }
    this.#opened += 1
    return true
  }

  /** The record with what its content says, unless its title leads somewhere. */
  async complete({ record, unit, paths }: OpenRevert): Promise<DeliveryRecord> {
    const { revertClaims } = record
    const titles = revertClaims.flatMap((claim) => claim.titles)
    const known = (key: string | null) => key !== null && this.#titles.has(key)
    if (titles.some(({ whole, bare }) => known(whole) || known(bare))) return record
    const commit = this.#history.commits[unit.position]
    const committedAt = this.#history.committedAt[unit.position] ?? Number.NaN
    if (commit === undefined || Number.isNaN(committedAt)) return record
    const revert = { sha: this.#graph.id(commit), committedAt, paths }
    const match = await findContentMatch(this.#repository, revert, this.#limits)
    if (match === undefined || !this.#isOld(match.sha, this.#history.length)) return record
    return { ...record, revertClaims: [...revertClaims, contentClaim(match)] }
  }

  #isOld(sha: string, age: number): boolean {
    const commit = this.#graph.find(sha)
    if (commit !== undefined) return this.#own.hasLanded(commit, age)
    if (sha.length >= WHOLE) return false
    this.#starts ??= this.#startsOfIds()
    return this.#starts.has(Number.parseInt(sha.slice(0, SHORTEST), 16))
  }

  /** The first digits of all that is on the branch, by which cut hashes are taken for known. */
  #startsOfIds(): ReadonlySet<number> {
    const starts = new Set<number>()
    for (let commit = 0; commit < this.#graph.size; commit += 1) {
      if (!this.#own.hasLanded(commit, this.#history.length)) continue
      starts.add(Number.parseInt(this.#graph.id(commit).slice(0, SHORTEST), 16))
    }
    return starts
  }
}

function contentClaim({ sha, coverage }: { sha: string; coverage: number }): RevertClaim {
  return {
    in: 'content',
    kind: 'revert',
    partial: false,
    aside: false,
    shas: [sha],
    numbers: [],
    titles: [],
    coverage,
  }
}
