import type { ListName } from './records-query.ts'

/** How many items of each list are asked for at once. */
export type ListSizes = Readonly<Record<ListName | 'comments', number>>

/**
 * Beside a page of pull requests: few lists of ordinary pull requests go on past these, and 25 pull requests stay far below
 * the 500,000 nodes that GitHub gives in one query. Threads cost most, since each has its comments.
 */
export const firstPages: ListSizes = {
  commits: 50,
  reviews: 40,
  reviewThreads: 20,
  comments: 20,
  timelineItems: 60,
  files: 100,
}

/** Where even one pull request with these was too much. */
export const smallPages: ListSizes = {
  commits: 10,
  reviews: 10,
  reviewThreads: 5,
  comments: 10,
  timelineItems: 10,
  files: 10,
}

/** For one pull request, page by page. */
export const fullPages: ListSizes = {
  commits: 100,
  reviews: 100,
  reviewThreads: 50,
  comments: 50,
  timelineItems: 100,
  files: 100,
}

/** Good pages in a row after which a larger one is tried. */
const goodPages = 4

/** How many pull requests are asked for at once: halved where that was too much, doubled again after some good pages. */
export class PageSize {
  readonly #largest: number
  #size: number
  #good = 0

  constructor(largest: number, size = largest) {
    this.#largest = Math.max(1, largest)
    this.#size = Math.max(1, Math.min(size, this.#largest))
  }

  get size(): number {
    return this.#size
  }

  /** False where it is one already. */
  shrink(): boolean {
    if (this.#size === 1) return false
    this.#size = Math.floor(this.#size / 2)
    this.#good = 0
    return true
  }

  succeeded(): void {
    this.#good += 1
    if (this.#good < goodPages || this.#size === this.#largest) return
    this.#size = Math.min(this.#largest, this.#size * 2)
    this.#good = 0
  }
}
