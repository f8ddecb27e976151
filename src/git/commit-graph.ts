import { ObjectIds } from './object-ids.ts'

const NONE = -1

/**
 * Which commits have which parents, in some fifty bytes a commit. A commit is known by a small number, given in the order in
 * which commits are first named.
 */
export class CommitGraph {
  readonly #ids: ObjectIds
  #firstParents = new Int32Array(1024).fill(NONE)
  /** Of merges: the parents after the first. */
  readonly #otherParents = new Map<number, readonly number[]>()

  constructor(objectFormat: 'sha1' | 'sha256') {
    this.#ids = new ObjectIds(objectFormat)
  }

  /** How many commits have a number. */
  get size(): number {
    return this.#ids.size
  }

  /** Notes a commit with its parents. */
  add(id: string, parents: readonly string[]): void {
    const commit = this.#ids.add(id)
    const [first, ...others] = parents.map((parent) => this.#ids.add(parent))
    if (commit >= this.#firstParents.length) {
      const longer = new Int32Array(this.#ids.size * 2).fill(NONE)
      longer.set(this.#firstParents)
      this.#firstParents = longer
    }
    this.#firstParents[commit] = first ?? NONE
    if (others.length > 0) this.#otherParents.set(commit, others)
  }

  /** The number of a commit that was named. */
  find(id: string): number | undefined {
    return this.#ids.find(id)
  }

  id(commit: number): string {
    return this.#ids.id(commit)
  }

  /** Undefined for a root, and for what was only named as a parent. */
  firstParent(commit: number): number | undefined {
    const parent = this.#firstParents[commit] ?? NONE
    return parent === NONE ? undefined : parent
  }

  otherParents(commit: number): readonly number[] {
    return this.#otherParents.get(commit) ?? []
  }

  isMerge(commit: number): boolean {
    return this.#otherParents.has(commit)
  }
}
