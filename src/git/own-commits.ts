import type { CommitGraph } from './commit-graph.ts'

/** What a pull request brought, as far as the clone tells. */
export interface OwnCommits {
  /** Oldest first, parents before their children; merges too. */
  readonly commits: readonly number[]
  /** There are more than are given, or the clone is cut off before the branch point. */
  readonly truncated: boolean
}

/** More commits than that are no pull request that anybody reviews; they are cut, and said to be. */
const MAX_COMMITS = 10_000

/**
 * Finds the commits that a pull request brought: those that lead to its head and not to the commit of the branch on which it
 * was merged, as `git rev-list head ^base` has them, for any number of pull requests in one pass over the history.
 */
export class OwnCommitFinder {
  readonly #graph: CommitGraph
  readonly #boundary: ReadonlySet<number>
  /** For each commit the age of the first commit of the branch that leads to it; 0 is the oldest. */
  readonly #landed: Int32Array
  /** The last search that came by. */
  readonly #seen: Int32Array
  #search = 0

  /**
   * @param branch the commits of the branch by first parent, oldest first
   * @param boundary commits whose parents the clone does not have
   */
  constructor(graph: CommitGraph, branch: Iterable<number>, boundary: ReadonlySet<number>) {
    this.#graph = graph
    this.#boundary = boundary
    this.#landed = new Int32Array(graph.size).fill(NEVER)
    this.#seen = new Int32Array(graph.size)
    let age = 0
    for (const commit of branch) {
      this.#land(commit, age)
      age += 1
    }
  }

  /** Whether the commit is on the branch, or was merged into it, when the branch was `age` commits old. */
  hasLanded(commit: number, age: number): boolean {
    return (this.#landed[commit] ?? NEVER) <= age
  }

  /** @param age of the branch's commit on which it was merged; -1 when it was the branch's first */
  find(head: number, age: number): OwnCommits {
    this.#search += 1
    const commits: number[] = []
    let truncated = false
    // Below zero: the commit has been passed, and all that leads to it comes before.
    const stack = [head]
    for (;;) {
      const next = stack.pop()
      if (next === undefined) break
      if (next < 0) {
        commits.push(~next)
        continue
      }
      if (this.#seen[next] === this.#search || this.hasLanded(next, age)) continue
      if (commits.length + stack.length > MAX_COMMITS) return { commits, truncated: true }
      this.#seen[next] = this.#search
      truncated ||= this.#boundary.has(next)
      stack.push(~next, ...this.#graph.otherParents(next).toReversed())
      const first = this.#graph.firstParent(next)
      if (first !== undefined) stack.push(first)
    }
    return { commits, truncated }
  }

  #land(commit: number, age: number): void {
    const stack = [commit]
    for (;;) {
      const next = stack.pop()
      if (next === undefined) return
      if (this.#landed[next] !== NEVER) continue
      this.#landed[next] = age
      stack.push(...this.#graph.otherParents(next))
      const first = this.#graph.firstParent(next)
      if (first !== undefined) stack.push(first)
    }
  }
}

const NEVER = 0x7f_ff_ff_ff
