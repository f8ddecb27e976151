import {
  appendFile,
  chmod,
  mkdir,
  readFile,
  rename,
  rm,
  stat,
  truncate,
  writeFile,
} from 'node:fs/promises'
import { dirname } from 'node:path'
import type { DeliveryRecord } from '../delivery/index.ts'
import { type Progress, readFrame, writeFrame } from './kept-frame.ts'
import { FrameSeal, saltBytes } from './sealed-frames.ts'

/** What was kept of earlier runs. Of records of one subject the last is the newest. */
export interface Kept extends Progress {
  readonly records: readonly DeliveryRecord[]
}

/** Where records are kept, and for whom. */
export interface Keeping {
  readonly path: string
  /** The owner's secret, under which the file is encrypted. */
  readonly secret: Uint8Array
  /** What GitHub calls the repository under each of its names: the file of another one does not open. */
  readonly repository: string
  /** Tells by what else the records could differ: those of other settings are of no use. */
  readonly fit: string
  readonly randomBytes: (count: number) => Uint8Array
}

const magic = Buffer.from('what-shipped kept records\n')
const headerBytes = magic.length + saltBytes
/** Records sealed at once: all of them as one text would be longer than a text may be. */
const batch = 500
const nothing: Progress = { whole: null, reading: null }

export const nothingKept: Kept = { records: [], ...nothing }

/**
 * The file in which records go from run to run, sealed in frames. A frame has some records, and how far the reading had come
 * with them: killed at any time, or cut off anywhere, what is left is true of an earlier moment.
 */
export class RecordsFile {
  readonly #keeping: Keeping
  #seal: FrameSeal | undefined
  #frames = 0
  #holdsSome = false
  #progress = nothing
  #published: string | null = null

  constructor(keeping: Keeping) {
    this.#keeping = keeping
  }

  /** Whether there are records for the next run. */
  get holdsSome(): boolean {
    return this.#holdsSome
  }

  /** Day of the report that an earlier run published last, a Monday; null where none is known. It outlives records of no use. */
  get published(): string | null {
    return this.#published
  }

  /**
   * What earlier runs kept; nothing where it is of no use, and then all is read again.
   *
   * @param say told why it is of no use
   * @throws Error where the file cannot be used, or is one of something else, which is left as it is
   */
  async open(say: (message: string) => void): Promise<Kept> {
    return usable(async () => {
      const { path } = this.#keeping
      await mkdir(dirname(path), { recursive: true, mode: 0o700 })
      const content = await readOurs(path)
      await readOurs(this.#draft)
      await rm(this.#draft, { force: true })
      if (content.length === 0) return nothingKept
      const kept = await this.#unseal(content)
      if (kept !== undefined) return kept
      say(
        'The kept records are of another repository, key, configuration, permission or version, or damaged; everything is read again',
      )
      return nothingKept
    })
  }

  async #unseal(content: Buffer): Promise<Kept | undefined> {
    const { path, fit } = this.#keeping
    const seal = this.#sealWith(content.subarray(magic.length, headerBytes))
    const records: DeliveryRecord[] = []
    let progress = nothing
    let end = headerBytes
    let frames = 0
    let isOfUse = true
    for (const frame of seal.open(content, headerBytes)) {
      const kept = readFrame(frame.text, fit)
      if (kept === undefined) break
      this.#published = kept.head.published
      isOfUse &&= kept.records !== null
      if (!isOfUse || kept.records === null) continue
      records.push(...kept.records)
      progress = kept.head
      end = frame.end
      frames += 1
    }
    const { whole, reading } = progress
    if (whole === null && reading === null) return undefined
    await truncate(path, end)
    await chmod(path, 0o600)
    this.#seal = seal
    this.#frames = frames
    this.#progress = progress
    this.#holdsSome = records.length > 0
    return { records, whole, reading }
  }

  /** Keeps more records, in a file that was opened or begun. */
  async add(records: readonly DeliveryRecord[], progress: Progress): Promise<void> {
    await usable(() => this.#append(this.#keeping.path, records, progress))
  }

  /** Keeps which report was published last, in a file that was opened or begun. */
  async notePublished(day: string): Promise<void> {
    this.#published = day
    await this.add([], this.#progress)
  }

  /** Begins the file again, with these records and no other. */
  async replace(records: Iterable<DeliveryRecord>, progress: Progress): Promise<void> {
    await usable(async () => {
      const salt = this.#keeping.randomBytes(saltBytes)
      this.#seal = this.#sealWith(salt)
      this.#frames = 0
      this.#holdsSome = false
      await writeFile(this.#draft, Buffer.concat([magic, salt]), { flag: 'wx', mode: 0o600 })
      let some: DeliveryRecord[] = []
      for (const record of records) {
        if (some.push(record) < batch) continue
        await this.#append(this.#draft, some, nothing)
        some = []
      }
      await this.#append(this.#draft, some, progress)
      await rename(this.#draft, this.#keeping.path)
    })
  }

  async #append(
    path: string,
    records: readonly DeliveryRecord[],
    { whole, reading }: Progress,
  ): Promise<void> {
    if (this.#seal === undefined) throw new RangeError('a file is begun before it is added to')
    const head = { fit: this.#keeping.fit, published: this.#published, whole, reading }
    await appendFile(path, this.#seal.seal(writeFrame(head, records), this.#frames))
    this.#frames += 1
    this.#progress = { whole, reading }
    this.#holdsSome ||= records.length > 0
  }

  #sealWith(salt: Uint8Array): FrameSeal {
    const { secret, repository, randomBytes } = this.#keeping
    return new FrameSeal(secret, salt, `kept records\n${repository}`, randomBytes)
  }

  /** A file that is being begun: it takes the other's place when it is whole. */
  get #draft(): string {
    return `${this.#keeping.path}.new`
  }
}

/** A file of ours, which may have been cut off anywhere; empty where there is none. Nobody else's is ever written over. */
async function readOurs(path: string): Promise<Buffer> {
  const content = await readIfThere(path)
  const isOurs = content
    .subarray(0, magic.length)
    .equals(magic.subarray(0, Math.min(content.length, magic.length)))
  if (!isOurs) throw new Error(`${JSON.stringify(path)} holds something else`)
  return content
}

async function readIfThere(path: string): Promise<Buffer> {
  try {
    if (!(await stat(path)).isFile()) throw new Error(`${JSON.stringify(path)} is no ordinary file`)
    return await readFile(path)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return Buffer.alloc(0)
    throw error
  }
}

async function usable<Result>(use: () => Promise<Result>): Promise<Result> {
  try {
    return await use()
  } catch (cause) {
    const because = cause instanceof Error ? cause.message : String(cause)
    throw new Error(
      `The records file cannot be used (${because}). Name another with the input records-file.`,
      { cause },
    )
  }
}
