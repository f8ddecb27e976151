import { appendFile, mkdir, readFile, rename, rm, truncate, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import * as z from 'zod'
import { type DeliveryRecord, formatRecord, parseRecord } from '../delivery/index.ts'

const StateSchema = z.object({
  version: z.literal(1),
  /** Digest of what the records depend on beside GitHub: repository, key, registry, configuration, permission. */
  fit: z.string(),
  /** Bytes of the records file that belong to this state. */
  bytes: z.int().nonnegative(),
  /** The time of which every record is there; null: a first reading has not come to its end. */
  whole: z.object({ since: z.iso.datetime(), until: z.iso.datetime() }).nullable(),
  /** A reading that was stopped. */
  reading: z
    .object({
      since: z.iso.datetime(),
      /** Null: a reading of all there is. */
      updatedSince: z.iso.datetime().nullable(),
      startedAt: z.iso.datetime(),
      checkpoint: z.string(),
    })
    .nullable(),
})

export type KeptState = z.infer<typeof StateSchema>

/** How far the readings have come. */
export type Progress = Pick<KeptState, 'whole' | 'reading'>

/** What was kept of earlier runs. */
export interface Kept extends Progress {
  readonly records: readonly DeliveryRecord[]
}

const nothingKept: Kept = { records: [], whole: null, reading: null }

/**
 * The records file that goes from run to run, and beside it a file that says how far it reaches (`.state.json`). Records are
 * appended before the state is replaced: killed at any time, the two fit together as far as the state says.
 */
export class RecordsFile {
  readonly path: string
  readonly #fit: string
  #bytes = 0

  /** @param fit digest of what must be the same for the records to be of use */
  constructor(path: string, fit: string) {
    this.path = path
    this.#fit = fit
  }

  /**
   * What earlier runs kept; nothing where it is of no use, and then all is read again.
   *
   * @param say told why it is of no use
   * @throws Error where the file cannot be used, or is one of something else
   */
  async open(say: (message: string) => void): Promise<Kept> {
    try {
      await mkdir(dirname(this.path), { recursive: true, mode: 0o700 })
      const kept = await this.#read()
      if (!('problem' in kept)) return kept
      if (kept.problem !== null) say(`${kept.problem}; everything is read again`)
      await this.#clear()
      return nothingKept
    } catch (cause) {
      const because = cause instanceof Error ? cause.message : String(cause)
      throw new Error(
        `The records file cannot be used (${because}). Name another with the input records-file.`,
        { cause },
      )
    }
  }

  async #read(): Promise<Kept | { readonly problem: string | null }> {
    const records = await readIfThere(this.path)
    const text = await readIfThere(this.#statePath)
    if (records === undefined && text === undefined) return { problem: null }
    if (records === undefined || text === undefined) {
      refuseForeign(records)
      return { problem: 'Of the records file and its .state.json only one is there: cache both' }
    }
    const state = StateSchema.safeParse(parseJson(text.toString('utf8'))).data
    if (state === undefined || state.bytes > records.length) {
      return { problem: 'The records file does not fit its .state.json' }
    }
    const { fit, bytes, whole, reading } = state
    if (fit !== this.#fit) {
      return {
        problem:
          'The kept records are of another repository, key, configuration, permission or version',
      }
    }
    await truncate(this.path, bytes)
    this.#bytes = bytes
    const parsed = parseLines(records.subarray(0, bytes))
    return parsed === undefined
      ? { problem: 'The kept records are damaged' }
      : { records: parsed, whole, reading }
  }

  /** Keeps more records. */
  async add(records: readonly DeliveryRecord[], progress: Progress): Promise<void> {
    const bytes = await append(this.path, records)
    await this.#save(this.#bytes + bytes, progress)
  }

  /** Keeps these records and no other. */
  async replace(records: Iterable<DeliveryRecord>, progress: Progress): Promise<void> {
    const fresh = `${this.path}.new`
    await writeFile(fresh, '', { mode: 0o600 })
    const bytes = await append(fresh, records)
    // Killed between the next steps there is no state, and all is read again.
    await rm(this.#statePath, { force: true })
    await rename(fresh, this.path)
    await this.#save(bytes, progress)
  }

  async #save(bytes: number, progress: Progress): Promise<void> {
    this.#bytes = bytes
    const state: KeptState = { version: 1, fit: this.#fit, bytes, ...progress }
    await writeFile(`${this.#statePath}.new`, JSON.stringify(state), { mode: 0o600 })
    await rename(`${this.#statePath}.new`, this.#statePath)
  }

  async #clear(): Promise<void> {
    await rm(this.#statePath, { force: true })
    await writeFile(this.path, '', { mode: 0o600 })
    this.#bytes = 0
  }

  get #statePath(): string {
    return `${this.path}.state.json`
  }
}

/** Nobody's file is emptied because its name was given by mistake. */
function refuseForeign(content: Buffer | undefined): void {
  if (content === undefined || content.length === 0) return
  const end = content.indexOf('\n')
  const parsed = parseRecord(content.toString('utf8', 0, end === -1 ? content.length : end))
  if ('problem' in parsed) throw new Error('it holds something else')
}

/** Records written at once: all of them as one text would be longer than a text may be. */
const batch = 500

/** @returns how many bytes were written */
async function append(path: string, records: Iterable<DeliveryRecord>): Promise<number> {
  let bytes = 0
  let lines: string[] = []
  const flush = async () => {
    const text = lines.join('')
    await appendFile(path, text)
    bytes += Buffer.byteLength(text)
    lines = []
  }
  for (const record of records) {
    if (lines.push(`${formatRecord(record)}\n`) >= batch) await flush()
  }
  await flush()
  return bytes
}

/** Undefined where a line is no record. */
function parseLines(bytes: Buffer): DeliveryRecord[] | undefined {
  const records: DeliveryRecord[] = []
  for (let start = 0; start < bytes.length; ) {
    const end = bytes.indexOf('\n', start)
    if (end === -1) return undefined
    const parsed = parseRecord(bytes.toString('utf8', start, end))
    if ('problem' in parsed) return undefined
    records.push(parsed.record)
    start = end + 1
  }
  return records
}

async function readIfThere(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Cut off: no state, as the schema says next.
    return undefined
  }
}
