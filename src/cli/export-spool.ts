import { createHash, randomUUID } from 'node:crypto'
import {
  type FileHandle,
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  rm,
  writeFile,
} from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod'
import { type DeliveryRecord, formatRecord, parseRecord } from '../delivery/index.ts'
import type { RecordPage } from '../github/index.ts'
import { errorCode } from './error-code.ts'
import { readFileLines } from './read-file-lines.ts'

const StateSchema = z.object({
  /** Of the owner's key, by which the records were made. */
  key: z.string(),
  /** Bytes of the records file that belong to the checkpoint. */
  bytes: z.int().nonnegative(),
  checkpoint: z.string(),
  read: z.int().nonnegative(),
  /** When the reading began, milliseconds since the epoch. */
  startedAt: z.number(),
})

/** How far an export had come. */
export type SpoolState = z.infer<typeof StateSchema>

/** Older ones are begun again: their first pull requests have gone on since, milliseconds. */
const longestAge = 7 * 86_400_000

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
  #state: SpoolState | undefined
  /** Bytes of records, and the allowance of their pages, since the state was last saved. */
  #unsaved = 0

  private constructor(
    folder: string,
    lock: string,
    key: string,
    records: FileHandle,
    state: SpoolState | undefined,
  ) {
    this.#folder = folder
    this.#lock = lock
    this.#key = key
    this.#records = records
    this.#state = state
  }

  /**
   * Opens the spool of what is asked for; the same asked again finds it. Nobody else can read it.
   *
   * @param asked.key tells the owner's key from others
   * @throws Error where another process has it open, or where it holds records that were made with another key
   */
  static async open(
    cache: string,
    { key, ...asked }: { readonly key: string; readonly [part: string]: unknown },
    now: number,
  ): Promise<ExportSpool> {
    const name = createHash('sha256').update(JSON.stringify(asked)).digest('hex').slice(0, 32)
    const folder = join(cache, 'exports', name)
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const ownLock = await lock(folder)
    const state = await readState(folder, now)
    if (state !== undefined && state.bytes > 0 && state.key !== key) {
      await rm(ownLock, { force: true })
      throw new Error(
        `this export was begun with another key; name that as --key-file, or delete ${folder} to begin again`,
      )
    }
    const records = await open(join(folder, 'records.ndjson'), 'a+', 0o600)
    const { size } = await records.stat()
    const fits = state !== undefined && state.key === key && state.bytes <= size
    await records.truncate(fits ? state.bytes : 0)
    return new ExportSpool(folder, ownLock, key, records, fits ? state : undefined)
  }

  get state(): SpoolState | undefined {
    return this.#state
  }

  /** The records that were read before. */
  async *records(): AsyncGenerator<DeliveryRecord, void, undefined> {
    for await (const { text = '' } of readFileLines(this.#records)) {
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
    this.#state = { key: this.#key, bytes: bytes + text.length, checkpoint, read, startedAt }
    this.#unsaved += text.length + pageAllowance
    // A checkpoint that grows with what is read is saved the more rarely: all of them together grow no faster than the rest.
    if (this.#unsaved >= checkpoint.length) await this.#save()
  }

  async #save(): Promise<void> {
    await this.#records.datasync()
    const path = join(this.#folder, 'state.json')
    await writeFile(`${path}.new`, JSON.stringify(this.#state), { mode: 0o600 })
    await rename(`${path}.new`, path)
    this.#unsaved = 0
  }

  /** Forgets what was kept, to begin again. */
  async clear(): Promise<void> {
    await rm(join(this.#folder, 'state.json'), { force: true })
    await this.#records.truncate(0)
    this.#state = undefined
    this.#unsaved = 0
  }

  /** Lets go of the spool; what is in it stays. */
  async close(): Promise<void> {
    try {
      if (this.#unsaved > 0) await this.#save()
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

async function readState(folder: string, now: number): Promise<SpoolState | undefined> {
  let text: string
  try {
    text = await readFile(join(folder, 'state.json'), 'utf8')
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined
    throw error
  }
  try {
    const state = StateSchema.safeParse(JSON.parse(text)).data
    return state !== undefined && now - state.startedAt <= longestAge ? state : undefined
  } catch {
    // Cut off, by a full disk or a power cut: the reading begins again.
    return undefined
  }
}

const lockName = /^lock-([1-9]\d*)-/

/**
 * Two that write to one spool would mix their pages. Whoever opens it lays down a lock of its own first and looks for others
 * then: of two at once one at least sees the other. A lock outlives its process when that is killed; it is removed by its
 * name, which nobody else ever has.
 *
 * @returns the lock's path
 */
async function lock(folder: string): Promise<string> {
  const name = `lock-${process.pid}-${randomUUID()}`
  const path = join(folder, name)
  await writeFile(path, '', { flag: 'wx', mode: 0o600 })
  for (const other of await readdir(folder)) {
    const holder = lockName.exec(other)?.[1]
    if (holder === undefined || other === name) continue
    const theirs = join(folder, other)
    if (isRunning(Number(holder))) {
      await rm(path, { force: true })
      throw new Error(
        `the same export is running already (process ${holder}); wait for it, or delete ${theirs} if that is something else`,
      )
    }
    await rm(theirs, { force: true })
  }
  return path
}

function isRunning(process_: number): boolean {
  try {
    process.kill(process_, 0)
    return true
  } catch (error) {
    return errorCode(error) === 'EPERM'
  }
}
