import type { DeliveryRecord, Recording } from '../delivery/index.ts'
import type { GitHubApi } from './api.ts'
import { completeLists } from './complete-lists.ts'
import { PackedNumbers } from './packed-numbers.ts'
import { PageParts } from './page-parts.ts'
import { readBranchCommits } from './read-branch-commits.ts'
import { recordPullRequest } from './record-pull-request.ts'
import {
  type Asked,
  type Checkpoint,
  formatCheckpoint,
  type Position,
  parseCheckpoint,
} from './records-checkpoint.ts'
import { type PageEntry, type RecordsPage, readRecordsPage } from './records-page.ts'
import type { RateLimit } from './records-schema.ts'
import { PageSize } from './records-sizes.ts'
import { TimeWindow } from './time-window.ts'
import { type Waiting, waitForLimits } from './wait-for-limits.ts'

export interface RecordsOptions extends Waiting {
  readonly recording: Recording
  /** What time it is, UTC, ISO 8601: the records of a page carry the time at which the page was asked for. */
  readonly readAt: () => string
  /**
   * From when on, and until before when, ISO 8601. A pull request is read where it was opened, made ready, closed, reopened or
   * merged in that time, so that whatever is selected by one of these dates is complete; a commit on the branch where it
   * was committed then. What happened to such a pull request before or after that is in its record too.
   */
  readonly since?: string
  readonly until?: string
  /** A checkpoint of a page: reading goes on after it. */
  readonly resumeFrom?: string
  /** Pull requests asked for at once, at most; default 25. */
  readonly pageSize?: number
  /** Branches whose changes are counted; default the default branch. */
  readonly trackedBranches?: readonly string[]
  /** Whether to look on the default branch for reverts that came with no pull request (default): a request per 100 commits. */
  readonly branchCommits?: boolean
}

/** Some records, and how far the reading has come with them. */
export interface RecordPage {
  readonly records: readonly DeliveryRecord[]
  /** Opaque; reading goes on after this page with it. */
  readonly checkpoint: string
  /** Pull requests looked at so far, those before the checkpoint included. */
  readonly read: number
  /** How many there are; null: not known. */
  readonly total: number | null
}

const defaultPageSize = 25
/** A pass over what changed takes so much less time than the one before that more are never needed. */
const maximumPasses = 20

/**
 * Reads the records of a repository from GitHub: about one request for 25 pull requests with `contents: read`, one more for
 * each pull request without it, since then its commits come by REST.
 *
 * Without `since` pull requests come in the order of their creation, where nothing can shift. With it they come by their
 * last change, the latest first, until one lies before `since`; what changes during the reading moves to the front, so
 * that passes over the front follow until nothing new is found. None is given twice.
 *
 * A page may be kept as soon as it is given; whoever stops after it loses nothing. A rate limit is waited for with
 * `waitUntil`.
 *
 * @throws GitHubError where GitHub does not answer, or the token may not read pull requests
 * @throws CheckpointError where `resumeFrom` is of another reading
 */
export async function* readPullRequestRecords(
  api: GitHubApi,
  repository: { readonly owner: string; readonly name: string },
  options: RecordsOptions,
): AsyncGenerator<RecordPage> {
  const reading = new Reading(api, repository, options)
  yield* reading.pages()
}

/**
 * Tells whether a reading can go on, before anything is done with what was read already.
 *
 * @throws CheckpointError where `resumeFrom` is damaged or of another reading
 */
export function checkCheckpoint(
  repository: { readonly owner: string; readonly name: string },
  options: RecordsOptions,
): void {
  if (options.resumeFrom !== undefined)
    parseCheckpoint(options.resumeFrom, askedOf(repository, options))
}

class Reading {
  readonly #api: GitHubApi
  readonly #repository: { readonly owner: string; readonly name: string }
  readonly #options: RecordsOptions
  readonly #asked: Asked
  readonly #window: TimeWindow
  readonly #pageSize: PageSize
  #contents: boolean
  #position: Position
  #total: number | null = null
  /** Numbers that were given already, as they stand in the position too. */
  readonly #given: PackedNumbers
  /** When the last query was sent, a rate limit having been waited for. */
  #askedAt: string
  /** When the page was asked for whose records are being made. */
  #pageReadAt: string
  /** GraphQL has too little left before this time, milliseconds since the epoch. */
  #spentUntil: number | undefined

  constructor(
    api: GitHubApi,
    { owner, name }: { readonly owner: string; readonly name: string },
    options: RecordsOptions,
  ) {
    this.#askedAt = options.readAt()
    this.#pageReadAt = this.#askedAt
    this.#api = waitForLimits(this.#timed(api), options)
    this.#repository = { owner, name }
    this.#options = options
    this.#window = new TimeWindow(options.since, options.until)
    this.#asked = askedOf({ owner, name }, options)
    const start: Checkpoint | undefined =
      options.resumeFrom === undefined
        ? undefined
        : parseCheckpoint(options.resumeFrom, this.#asked)
    this.#contents = start?.contents ?? true
    this.#pageSize = new PageSize(options.pageSize ?? defaultPageSize, start?.pageSize)
    this.#position = start?.position ?? firstPosition(this.#window.since)
    this.#given = new PackedNumbers(this.#position.part === 'updated' ? this.#position.given : '')
  }

  async *pages(): AsyncGenerator<RecordPage> {
    while (this.#position.part === 'created') yield* this.#readCreated(this.#position)
    while (this.#position.part === 'updated') yield* this.#readUpdated(this.#position)
    while (this.#position.part === 'branch') yield* this.#readBranch(this.#position)
  }

  /** A page in the order of creation. */
  async *#readCreated(
    position: Extract<Position, { part: 'created' }>,
  ): AsyncGenerator<RecordPage> {
    const page = await this.#readPage(position.cursor, 'created')
    this.#total = this.#window.until === undefined ? page.totalCount : null
    const parts = new PageParts(page)
    let { cursor, read } = position
    let records: DeliveryRecord[] = []
    for (const entry of page.entries) {
      if (this.#window.endsBefore(entry.node)) return yield this.#go(this.#branch(read), records)
      if (records.length > 0 && parts.needsRequests(entry)) {
        yield this.#go({ part: 'created', cursor, read }, records)
        records = []
      }
      records.push(...(await this.#record(entry, parts)))
      cursor = entry.cursor
      read += 1
    }
    const next = page.hasNextPage && cursor !== position.cursor
    yield this.#go(next ? { part: 'created', cursor, read } : this.#branch(read), records)
  }

  /** A page of what changed last. */
  async *#readUpdated(
    position: Extract<Position, { part: 'updated' }>,
  ): AsyncGenerator<RecordPage> {
    const page = await this.#readPage(position.cursor, 'updated')
    const parts = new PageParts(page)
    const newest = position.newest ?? page.entries[0]?.node?.updatedAt ?? position.floor
    let { cursor, read, found } = position
    let records: DeliveryRecord[] = []
    let ended = !page.hasNextPage
    const here = (): Position => ({
      ...position,
      cursor,
      read,
      found,
      newest,
      given: this.#given.packed,
    })
    for (const entry of page.entries) {
      const { node } = entry
      if (node !== null && node.updatedAt < position.floor) {
        ended = true
        break
      }
      if (node !== null && !this.#given.has(node.number)) {
        if (records.length > 0 && parts.needsRequests(entry)) {
          yield this.#go(here(), records)
          records = []
        }
        const made = await this.#record(entry, parts)
        if (made.length > 0) {
          this.#given.add(node.number)
          found = true
          read += 1
        }
        records.push(...made)
      }
      cursor = entry.cursor
    }
    const last = ended || cursor === position.cursor
    yield this.#go(last ? this.#nextPass({ ...position, read, found, newest }) : here(), records)
  }

  /** Another pass over what changed during this one, until one finds nothing. */
  #nextPass({
    read,
    found,
    newest,
    pass,
    floor,
  }: Extract<Position, { part: 'updated' }>): Position {
    const isLast = (pass > 1 && !found) || pass === maximumPasses
    if (isLast) return this.#branch(read)
    return {
      part: 'updated',
      cursor: null,
      read,
      floor: newest ?? floor,
      newest: null,
      pass: pass + 1,
      found: false,
      given: this.#given.packed,
    }
  }

  async *#readBranch(position: Extract<Position, { part: 'branch' }>): AsyncGenerator<RecordPage> {
    const { read } = position
    await this.#untilThereIsSome()
    const page = await readBranchCommits(
      this.#api,
      position,
      { ...this.#repository, since: this.#window.since, until: this.#window.until },
      this.#options.recording,
    )
    const next = page?.next ?? null
    yield this.#go(
      next === null ? { part: 'end', read } : { part: 'branch', read, ...next },
      page?.records ?? [],
    )
  }

  #branch(read: number): Position {
    return this.#contents && this.#asked.branchCommits
      ? { part: 'branch', cursor: null, read, tip: null }
      : { part: 'end', read }
  }

  /** Moves on, and gives the records that lie before the new position. */
  #go(position: Position, records: readonly DeliveryRecord[]): RecordPage {
    this.#position = position
    const checkpoint = formatCheckpoint({
      asked: this.#asked,
      contents: this.#contents,
      pageSize: this.#pageSize.size,
      position,
    })
    return { records, checkpoint, read: position.read, total: this.#total }
  }

  async #readPage(after: string | null, order: 'created' | 'updated'): Promise<RecordsPage> {
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

  /** The same API, which notes when a query is sent. */
  #timed(api: GitHubApi): GitHubApi {
    return {
      read: (...call) => api.read(...call),
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

  /** The record of a pull request; none where GitHub does not show it, or it is of another time. */
  async #record({ node, contents }: PageEntry, parts: PageParts): Promise<DeliveryRecord[]> {
    if (node === null) return []
    const readAt = this.#pageReadAt
    if (!this.#window.selects(node, node.timelineItems.items) && node.timelineItems.after === null)
      return []
    const lists = await completeLists(this.#api, this.#repository, node, contents)
    if (!this.#window.selects(node, lists.timelineItems)) return []
    const { recording, trackedBranches } = this.#options
    const commits = await parts.readCommits(this.#api, node, lists, recording.marks)
    return [
      recordPullRequest(node, lists, commits, {
        recording,
        readAt,
        repository: parts.repository,
        trackedBranches: trackedBranches ?? parts.defaultBranch,
        viewer: parts.viewer,
      }),
    ]
  }
}

function askedOf(
  { owner, name }: { readonly owner: string; readonly name: string },
  { recording, since, until, trackedBranches, branchCommits }: RecordsOptions,
): Asked {
  return {
    repository: `${owner}/${name}`.toLowerCase(),
    since: since ?? null,
    until: until ?? null,
    trackedBranches: trackedBranches ? [...trackedBranches] : null,
    branchCommits: branchCommits ?? true,
    registry: recording.marks.version,
    key: recording.pseudonyms.text('checkpoint'),
  }
}

function firstPosition(since: number | undefined): Position {
  return since === undefined
    ? { part: 'created', cursor: null, read: 0 }
    : {
        part: 'updated',
        cursor: null,
        read: 0,
        floor: since,
        newest: null,
        pass: 1,
        found: false,
        given: '',
      }
}

/** When there are points again; undefined while enough are left for one more page. */
function spentUntil(limit: RateLimit): number | undefined {
  if (!limit || limit.remaining >= 2 * limit.cost) return undefined
  return limit.resetAt
}
