import { type FileHandle, mkdir, open } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { errorCode } from './error-code.ts'
import type { Surroundings } from './surroundings.ts'
import { configFolder } from './user-folders.ts'

/** As strong as the keyed hash, SHA-256 (RFC 2104, section 3). */
const keyBytes = 32
const longestFile = 4_096
const hexadecimal = /^(?:[0-9a-f]{2})+$/i

/** The key's place where `--key-file` names none: one for all exports of a user, so that they fit together. */
export function defaultKeyFile(environment: Surroundings['environment']): string {
  const folder = configFolder(environment)
  if (folder === undefined) {
    throw new Error(
      'there is no home directory for the key by which people are told apart; name a --key-file',
    )
  }
  return join(folder, 'people.key')
}

/** The secret under which people and titles become keys. */
export interface OwnerKey {
  readonly bytes: Uint8Array
  /** Writes a new key into its file; to be called before anything made with the key is given away. */
  keep(): Promise<void>
}

/**
 * Reads the owner's key, or thinks of one where the file is missing: 32 random bytes in hexadecimal, for the owner's eyes
 * alone.
 *
 * @param say tells the user that a key was made, or that others may read it; never the key
 */
export async function readKeyFile(
  path: string,
  randomBytes: Surroundings['randomBytes'],
  say: (message: string) => void,
): Promise<OwnerKey> {
  const file = await openFile(path)
  if (file === undefined) {
    const bytes = randomBytes(keyBytes)
    return {
      bytes,
      keep: async () => {
        await makeKeyFile(path, bytes)
        say(`made the key ${path}, by which records tell people apart: keep it secret, and keep it`)
      },
    }
  }
  try {
    const { mode } = await file.stat()
    if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
      say(`the key ${path} can be read by others; run: chmod 600 ${path}`)
    }
    return { bytes: parseKey(path, await readStart(file, path)), keep: async () => {} }
  } finally {
    await file.close()
  }
}

/** Undefined where there is none. */
async function openFile(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path)
  } catch (cause) {
    if (errorCode(cause) === 'ENOENT') return undefined
    throw unusable(path, cause)
  }
}

async function makeKeyFile(path: string, bytes: Uint8Array): Promise<void> {
  const file = await createFile(path)
  try {
    await file.writeFile(`${Buffer.from(bytes).toString('hex')}\n`)
    await file.sync()
  } finally {
    await file.close()
  }
}

async function createFile(path: string): Promise<FileHandle> {
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 })
    return await open(path, 'wx', 0o600)
  } catch (cause) {
    if (errorCode(cause) !== 'EEXIST') throw notMade(path, cause)
    throw new Error(`another export made the key ${path} meanwhile; run this one again`, { cause })
  }
}

function notMade(path: string, cause: unknown): Error {
  return new Error(`the key ${path} could not be made (${why(cause)}); name another --key-file`, {
    cause,
  })
}

async function readStart(file: FileHandle, path: string): Promise<string> {
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(longestFile), 0, longestFile, 0)
    return buffer.toString('latin1', 0, bytesRead)
  } catch (cause) {
    throw unusable(path, cause)
  }
}

function parseKey(path: string, content: string): Uint8Array {
  const text = content.trim()
  if (content.length < longestFile && text.length >= 2 * keyBytes && hexadecimal.test(text)) {
    return Buffer.from(text, 'hex')
  }
  const fault =
    hexadecimal.test(text) && text.length < 2 * keyBytes
      ? 'is too short'
      : 'is not made of hexadecimal digits'
  throw new Error(
    `the key ${path} ${fault}; name a --key-file with ${2 * keyBytes} of them, or one that is not there yet, to have it made`,
  )
}

function unusable(path: string, cause: unknown): Error {
  return new Error(`the key ${path} cannot be read (${why(cause)}); name another --key-file`, {
    cause,
  })
}

function why(cause: unknown): string {
  const code = errorCode(cause)
  if (code === 'EISDIR') return 'it is a directory'
  if (code === 'EACCES' || code === 'EPERM') return 'you have no right to it'
  return cause instanceof Error ? cause.message : String(cause)
}
