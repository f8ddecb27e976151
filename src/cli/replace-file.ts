import { access, constants, realpath, rename, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { errorCode } from './error-code.ts'
import { placeFile } from './place-file.ts'
import { systemReason } from './system-reason.ts'

/** Where a file will stand, and with which rights. */
interface Target {
  /** Behind links. */
  readonly path: string
  /** Of the file that is there. */
  readonly mode: number | undefined
}

/**
 * Finds out whether a file could be written there, before much time is spent on what it will hold.
 *
 * @throws Error that says why not
 */
export async function findTarget(path: string): Promise<Target> {
  const name = JSON.stringify(path)
  const target = (await findFile(path, name)) ?? (await findPlace(path))
  try {
    await access(dirname(target.path), constants.W_OK)
  } catch (cause) {
    throw unusable(name, cause)
  }
  return target
}

/** Undefined where there is none. */
async function findFile(path: string, name: string): Promise<Target | undefined> {
  try {
    const real = await realpath(path)
    const found = await stat(real)
    if (found.isFile()) return { path: real, mode: found.mode & 0o777 }
    const what = found.isDirectory() ? 'a directory' : 'no ordinary file'
    throw new Error(`${name} is ${what}; name a file for the report`)
  } catch (cause) {
    if (errorCode(cause) === 'ENOENT') return undefined
    throw errorCode(cause) === undefined ? cause : unusable(name, cause)
  }
}

async function findPlace(path: string): Promise<Target> {
  try {
    return { path: join(await realpath(dirname(path)), basename(path)), mode: undefined }
  } catch (cause) {
    throw new Error(`there is no directory ${JSON.stringify(dirname(path))}; make it first`, {
      cause,
    })
  }
}

/** Writes a file whole or not at all: whatever fails, one that is there stays as it is. */
export async function replaceFile({ path, mode }: Target, text: string): Promise<void> {
  try {
    await placeFile(path, { text, mode, place: (draft) => rename(draft, path) })
  } catch (cause) {
    throw unusable(JSON.stringify(path), cause)
  }
}

function unusable(name: string, cause: unknown): Error {
  return new Error(
    `${name} cannot be written (${systemReason(cause)}); name another file with --out`,
    { cause },
  )
}
