import type { DeliveryRecord } from '../delivery/index.ts'
import type { GitHubApi } from './api.ts'
import { PackedNumbers } from './packed-numbers.ts'
import { PageParts } from './page-parts.ts'
import {
  type Asked,
  formatCheckpoint,
  type Position,
  parseCheckpoint,
} from './records-checkpoint.ts'
import {
  askedOf,
  type RecordPage,
  type RecordsOptions,
  type RepositoryName,
} from './records-options.ts'
import type { RecordsPage } from './records-page.ts'
import {
  type BranchPartPosition,
  type CreatedPosition,
  firstPosition,
  nextPass,
  type UpdatedPosition,
} from './records-position.ts'
import { RecordsRequests } from './records-requests.ts'
import { TimeWindow } from './time-window.ts'

/** One reading of a repository's records, from where it begins or goes on to its end. */
export class RecordsReading {
  readonly #asked: Asked
  readonly #window: TimeWindow
  readonly #requests: RecordsRequests
  readonly #headDiffs: boolean
  #position: Position
  #total: number | null = null
  /** Numbers that were given already, as they stand in the position too. */
  readonly #given: PackedNumbers

  /** @throws CheckpointError where `resumeFrom` is damaged or of another reading */
  constructor(api: GitHubApi, repository: RepositoryName, options: RecordsOptions) {
    const { resumeFrom, since, until, updatedSince, headDiffs = false } = options
    this.#window = new TimeWindow(since, until, updatedSince)
    this.#asked = askedOf(repository, options)
    const start = resumeFrom === undefined ? undefined : parseCheckpoint(resumeFrom, this.#asked)
    this.#requests = new RecordsRequests(api, repository, options, this.#window, start)
    this.#headDiffs = headDiffs
    this.#position = start?.position ?? firstPosition(this.#window.changedSince)
    this.#given = new PackedNumbers(this.#position.part === 'updated' ? this.#position.given : '')
  }

  async *pages(): AsyncGenerator<RecordPage> {
    while (this.#position.part === 'created') yield* this.#readCreated(this.#position)
    while (this.#position.part === 'updated') yield* this.#readUpdated(this.#position)
    while (this.#position.part === 'branch') yield await this.#readBranch(this.#position)
  }

  /** A page in the order of creation. */
  async *#readCreated(position: CreatedPosition): AsyncGenerator<RecordPage> {
    const page = await this.#requests.readPage(position.cursor, 'created')
    this.#total = this.#window.until === undefined ? page.totalCount : null
    const parts = this.#partsOf(page)
    let { cursor, read } = position
    let records: DeliveryRecord[] = []
    for (const entry of page.entries) {
      if (this.#window.endsBefore(entry.node)) return yield this.#go(this.#branch(read), records)
      if (records.length > 0 && parts.needsRequests(entry)) {
        yield this.#go({ part: 'created', cursor, read }, records)
        records = []
      }
      records.push(...(await this.#requests.readRecord(entry, parts)))
      cursor = entry.cursor
      read += 1
    }
    const next = page.hasNextPage && cursor !== position.cursor
    yield this.#go(next ? { part: 'created', cursor, read } : this.#branch(read), records)
  }

  /** A page of what changed last. */
  async *#readUpdated(position: UpdatedPosition): AsyncGenerator<RecordPage> {
    const page = await this.#requests.readPage(position.cursor, 'updated')
    const parts = this.#partsOf(page)
    const { floor } = position
    const newest = position.newest ?? Math.max(floor, page.entries[0]?.node?.updatedAt ?? floor)
    let { cursor, read, found } = position
    let records: DeliveryRecord[] = []
    let ended = !page.hasNextPage
    const here = (): UpdatedPosition => ({
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
        const made = await this.#requests.readRecord(entry, parts)
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
    yield this.#go(last ? (nextPass(here()) ?? this.#branch(read)) : here(), records)
  }

  async #readBranch(position: BranchPartPosition): Promise<RecordPage> {
    const { read } = position
    const page = await this.#requests.readBranchPage(position)
    const next = page?.next ?? null
    return this.#go(
      next === null ? { part: 'end', read } : { part: 'branch', read, ...next },
      page?.records ?? [],
    )
  }

  #partsOf(page: RecordsPage): PageParts {
    return new PageParts(page, { headDiffs: this.#headDiffs })
  }

  #branch(read: number): Position {
    return this.#requests.contents && this.#asked.branchCommits
      ? { part: 'branch', cursor: null, read, tip: null }
      : { part: 'end', read }
  }

  /** Moves on, and gives the records that lie before the new position. */
  #go(position: Position, records: readonly DeliveryRecord[]): RecordPage {
    this.#position = position
    const { contents, pageSize } = this.#requests
    const checkpoint = formatCheckpoint({ asked: this.#asked, contents, pageSize, position })
    return { records, checkpoint, read: position.read, total: this.#total }
  }
}
