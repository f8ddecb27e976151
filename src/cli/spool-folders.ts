import { createHash } from 'node:crypto'
import { readdir, rm, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { errorCode } from './error-code.ts'
import { makeFolder } from './make-folder.ts'
import { isHeld } from './spool-lock.ts'
import { longestAge, readSpoolState } from './spool-state.ts'
import { systemReason } from './system-reason.ts'

/** What a reading is of. */
export interface Asked {
  /** Tells the owner's key from others. */
  readonly key: string
  /** ISO 8601; undefined: from the beginning. */
  readonly since?: string | undefined
  readonly [part: string]: unknown
}

/** Where a reading is kept, and from when on it reads. */
export interface SpoolFolder {
  readonly folder: string
  readonly since: string | undefined
}

/**
 * The folder of a reading, made where it is not there. Where the same is read from a little earlier on, that reading is found:
 * of the last so many months another `since` is asked for each week.
 *
 * @param within the folder of all readings
 */
export async function findSpoolFolder(
  within: string,
  { key, since, ...asked }: Asked,
  now: number,
): Promise<SpoolFolder> {
  const name = createHash('sha256').update(JSON.stringify(asked)).digest('hex').slice(0, 32)
  const own = `${name}-${(since ?? 'all').replace(/[:.]/g, '')}`
  const folder = join(within, own)
  const folders = await foldersIn(within)
  if (since !== undefined && !folders.includes(folder)) {
    const same = folders.filter((other) => basename(other).startsWith(name))
    const begun = await findEarlier(same, { key, since: Date.parse(since) }, now)
    if (begun !== undefined) return begun
  }
  try {
    await makeFolder(folder)
  } catch (cause) {
    throw unusable(folder, cause)
  }
  return { folder, since }
}

/** Of those that nobody else goes on with, the one that reads the least more than is asked for. */
async function findEarlier(
  folders: readonly string[],
  { key, since }: { readonly key: string; readonly since: number },
  now: number,
): Promise<SpoolFolder | undefined> {
  let nearest: { readonly folder: string; readonly since: string } | undefined
  for (const folder of folders) {
    const state = await readSpoolState(folder, now)
    if (state?.since === undefined || state.key !== key || (await isHeld(folder))) continue
    const earlier = since - Date.parse(state.since)
    if (earlier < 0 || earlier > longestAge) continue
    if (nearest === undefined || Date.parse(nearest.since) < Date.parse(state.since)) {
      nearest = { folder, since: state.since }
    }
  }
  return nearest
}

/** Removes readings that were stopped so long ago that nobody can go on with them: they are raw data. */
export async function removeAbandoned(within: string, now: number): Promise<void> {
  for (const folder of await foldersIn(within)) {
    try {
      if ((await stat(folder)).mtimeMs >= now - longestAge || (await isHeld(folder))) continue
      await rm(folder, { recursive: true, force: true })
    } catch (cause) {
      // Another export has removed it meanwhile.
      if (errorCode(cause) === 'ENOENT') continue
      throw new Error(
        `what an earlier export left in ${folder} cannot be removed (${systemReason(cause)}); delete it`,
        { cause },
      )
    }
  }
}

/** None where there is no such folder, or where a file stands in its way: making it tells that. */
async function foldersIn(within: string): Promise<string[]> {
  try {
    const entries = await readdir(within, { withFileTypes: true })
    return entries.flatMap((entry) => (entry.isDirectory() ? [join(within, entry.name)] : []))
  } catch (cause) {
    const code = errorCode(cause)
    if (code === 'ENOENT' || code === 'ENOTDIR') return []
    throw unusable(within, cause)
  }
}

function unusable(folder: string, cause: unknown): Error {
  return new Error(
    `what is read cannot be kept in ${folder} (${systemReason(cause)}); set XDG_CACHE_HOME to another directory`,
    { cause },
  )
}
