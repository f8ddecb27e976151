import { type FileHandle, open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type DeliveryRecord, formatRecord, parseRecord } from '../delivery/index.ts'
import type { RecordPage } from '../github/index.ts'
import { readFileLines } from './read-file-lines.ts'
import { type Asked, findSpoolFolder, removeAbandoned, type SpoolFolder } from './spool-folders.ts'
import { lockSpool } from './spool-lock.ts'
import { readSpoolState, type SpoolState, stateIn, writeSpoolState } from './spool-state.ts'

/** Bytes of a checkpoint that each page may cost, however few records are in it. */
const pageAllowance = 16_384

/**
 * Keeps what an export has read, so that it goes on where it was stopped. Pages are added to the records before the
 * checkpoint is replaced: killed at any time, the two fit together as far as the checkpoint says.
 */
export class ExportSpool {
  readonly #folder: string
  readonly #records: FileHandle
  readonly #lock: string
  readonly #key: string
  /** From when on is read: as asked, or a little earlier; undefined: from the beginning. */
  readonly since: string | undefined
  #state: SpoolState | undefined
  /** Bytes of records, and the allowance of their pages, since the state was last saved. */
  #unsaved = 0

  private constructor(
    { folder, since }: SpoolFolder,
    lock: string,
    key: string,
    records: FileHandle,
    state: SpoolState | undefined,
  ) {
    this.#folder = folder
    this.since = since
    this.#lock = lock
    this.#key = key
    this.#records = records
    this.#state = state
  }

  /**
   * Opens the spool of what is asked for; the same asked again finds it. Nobody else can read it. Spools that were left long
   * ago are removed.
   *
   * @throws Error where another process has it open, or where it holds records that were made with another key
   */
  static async open(cache: string, asked: Asked, now: number): Promise<ExportSpool> {
    const within = join(cache, 'exports')
    const { key } = asked
    await removeAbandoned(within, now)
    const place = await findSpoolFolder(within, asked, now)
    const { folder, since } = place
    const lock = await lockSpool(folder)
    const state = await readSpoolState(folder, now)
    if (state !== undefined && state.bytes > 0 && state.key !== key) {
      await rm(lock, { force: true })
      throw new Error(
        `this export was begun with another key; name that as --key-file, or delete ${folder} to begin again`,
      )
    }
    const records = await open(join(folder, 'records.ndjson'), 'a+', 0o600)
    const { size } = await records.stat()
    const fits = state?.key === key && state.since === since && state.bytes <= size
    await records.truncate(fits ? state.bytes : 0)
    return new ExportSpool(place, lock, key, records, fits ? state : undefined)
  }

  get state(): SpoolState | undefined {
    return this.#state
  }

  /** The records that were read before. */
  async *records(): AsyncGenerator<DeliveryRecord, void, undefined> {
    for (const { text = '' } of readFileLines(this.#records.fd)) {
      const parsed = parseRecord(text)
      if ('problem' in parsed) {
        throw new Error(`what was kept of the export is damaged; delete ${this.#folder}`)
      }
      yield parsed.record
    }
  }

  /** Keeps a page. */
  async add({ records, checkpoint, read }: RecordPage, now: number): Promise<void> {
    const text = Buffer.from(records.map((record) => `${formatRecord(record)}\n`).join(''))
    await this.#records.appendFile(text)
    const { bytes = 0, startedAt = now } = this.#state ?? {}
    this.#state = {
      key: this.#key,
      ...(this.since === undefined ? {} : { since: this.since }),
      bytes: bytes + text.length,
      checkpoint,
      read,
      startedAt,
    }
    this.#unsaved += text.length + pageAllowance
    // A checkpoint that grows with what is read is saved the more rarely: all of them together grow no faster than the rest.
    if (this.#unsaved >= checkpoint.length) await this.#save(this.#state)
  }

  async #save(state: SpoolState): Promise<void> {
    await this.#records.datasync()
    await writeSpoolState(this.#folder, state)
    this.#unsaved = 0
  }

  /** Forgets what was kept, to begin again. */
  async clear(): Promise<void> {
    await rm(stateIn(this.#folder), { force: true })
    await this.#records.truncate(0)
    this.#state = undefined
    this.#unsaved = 0
  }

  /** Lets go of the spool; what is in it stays. */
  async close(): Promise<void> {
    try {
      if (this.#state !== undefined && this.#unsaved > 0) await this.#save(this.#state)
    } finally {
      await this.#records.close()
      await rm(this.#lock, { force: true })
    }
  }

  /** Closes and removes the spool, once everything in it has arrived. */
  async remove(): Promise<void> {
    this.#unsaved = 0
    await this.#records.close()
    await rm(this.#folder, { recursive: true, force: true })
  }
}
