import { randomUUID } from 'node:crypto'
import { open, realpath, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { errorCode } from './error-code.ts'

/** Where a file will stand, and with which rights. */
interface Target {
  /** Behind links. */
  readonly path: string
  readonly mode: number
}

const usualMode = 0o666

/**
 * Finds out whether a file could be written there, before much time is spent on what it will hold.
 *
 * @throws Error that says why not
 */
export async function findTarget(path: string): Promise<Target> {
  const name = JSON.stringify(path)
  try {
    const real = await realpath(path)
    const found = await stat(real)
    if (found.isFile()) return { path: real, mode: found.mode & 0o777 }
    const what = found.isDirectory() ? 'a directory' : 'no ordinary file'
    throw new Error(`${name} is ${what}; name a file for the report`)
  } catch (cause) {
    if (errorCode(cause) === undefined) throw cause
    if (errorCode(cause) !== 'ENOENT') throw unusable(name, cause)
  }
  try {
    return { path: join(await realpath(dirname(path)), basename(path)), mode: usualMode }
  } catch (cause) {
    throw new Error(`there is no directory ${JSON.stringify(dirname(path))}; make it first`, {
      cause,
    })
  }
}

/** Writes a file whole or not at all: whatever fails, one that is there stays as it is. */
export async function replaceFile({ path, mode }: Target, text: string): Promise<void> {
  const draft = join(dirname(path), `.${basename(path)}.${randomUUID()}`)
  try {
    const file = await open(draft, 'wx', mode)
    try {
      await file.writeFile(text)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(draft, path)
  } catch (cause) {
    await rm(draft, { force: true })
    throw unusable(JSON.stringify(path), cause)
  }
}

function unusable(name: string, cause: unknown): Error {
  const reason = cause instanceof Error ? cause.message : String(cause)
  return new Error(`${name} cannot be written (${reason}); name another file with --out`, { cause })
}
