import type { DeliveryRecord } from '../delivery/index.ts'
import type { GitHubApi } from './api.ts'
import { completeLists } from './complete-lists.ts'
import type { PageParts } from './page-parts.ts'
import { type BranchPage, type BranchPosition, readBranchCommits } from './read-branch-commits.ts'
import { recordEntry } from './record-entry.ts'
import type { RecordsOptions, RepositoryName } from './records-options.ts'
import { type PageEntry, type RecordsPage, readRecordsPage } from './records-page.ts'
import type { RateLimit } from './records-schema.ts'
import { PageSize } from './records-sizes.ts'
import type { TimeWindow } from './time-window.ts'
import { waitForLimits } from './wait-for-limits.ts'

const defaultPageSize = 25

/** Asks for the pages of one reading, waits where GitHub limits the rate, and keeps what it learns on the way. */
export class RecordsRequests {
  readonly #api: GitHubApi
  readonly #repository: RepositoryName
  readonly #options: RecordsOptions
  readonly #window: TimeWindow
  readonly #pageSize: PageSize
  #contents: boolean
  /** When the last query was sent, a rate limit having been waited for. */
  #askedAt: string
  /** When the page was asked for whose records are being made. */
  #pageReadAt: string
  /** GraphQL has too little left before this time, milliseconds since the epoch. */
  #spentUntil: number | undefined

  /** @param learnt by the reading that this one goes on with */
  constructor(
    api: GitHubApi,
    repository: RepositoryName,
    options: RecordsOptions,
    window: TimeWindow,
    learnt: { readonly contents: boolean; readonly pageSize: number } | undefined,
  ) {
    this.#askedAt = options.readAt()
    this.#pageReadAt = this.#askedAt
    this.#api = waitForLimits(this.#timed(api), options)
    this.#repository = repository
    this.#options = options
    this.#window = window
    this.#contents = learnt?.contents ?? true
    this.#pageSize = new PageSize(options.pageSize ?? defaultPageSize, learnt?.pageSize)
  }

  /** False: the token may not read contents. */
  get contents(): boolean {
    return this.#contents
  }

  get pageSize(): number {
    return this.#pageSize.size
  }

  async readPage(after: string | null, order: 'created' | 'updated'): Promise<RecordsPage> {
    await this.#untilThereIsSome()
    const page = await readRecordsPage(
      this.#api,
      { ...this.#repository, after, order, contents: this.#contents },
      this.#pageSize,
    )
    this.#pageReadAt = this.#askedAt
    this.#contents = page.contents
    this.#spentUntil = spentUntil(page.rateLimit)
    return page
  }

  async readBranchPage(position: BranchPosition): Promise<BranchPage | null> {
    await this.#untilThereIsSome()
    // All of that time: a commit may be pushed long after it was made.
    const { since, until } = this.#window
    const asked = { ...this.#repository, since, until }
    return readBranchCommits(this.#api, position, asked, this.#options.recording)
  }

  /** The record of a pull request; none where GitHub does not show it, or it is of another time. */
  async readRecord({ node, contents }: PageEntry, parts: PageParts): Promise<DeliveryRecord[]> {
    if (node === null) return []
    const readAt = this.#pageReadAt
    if (!this.#window.selects(node, node.timelineItems.items) && node.timelineItems.after === null)
      return []
    const lists = await completeLists(this.#api, this.#repository, node, contents)
    if (!this.#window.selects(node, lists.timelineItems)) return []
    const setting = { ...this.#options, readAt }
    return [await recordEntry(this.#api, { node, contents, lists }, parts, setting)]
  }

  /** The same API, which notes when a query is sent. */
  #timed(api: GitHubApi): GitHubApi {
    return {
      read: (...call) => api.read(...call),
      readPage: (...call) => api.readPage(...call),
      write: (...call) => api.write(...call),
      query: (...call) => {
        this.#askedAt = this.#options.readAt()
        return api.query(...call)
      },
    }
  }

  /** Waits where the next query would cost more points than are left: a query that is refused counts too. */
  async #untilThereIsSome(): Promise<void> {
    const until = this.#spentUntil
    this.#spentUntil = undefined
    if (until !== undefined) await this.#options.waitUntil?.(until)
  }
}

/** When there are points again; undefined while enough are left for one more page. */
function spentUntil(limit: RateLimit): number | undefined {
  if (!limit || limit.remaining >= 2 * limit.cost) return undefined
  return limit.resetAt
}
