import { type FileHandle, link, open } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { errorCode } from './error-code.ts'
import { makeFolder } from './make-folder.ts'
import { placeFile } from './place-file.ts'
import type { Surroundings } from './surroundings.ts'
import { systemReason } from './system-reason.ts'
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
  /** Writes a new key into its file, once; to be called before anything made with the key is given away or laid down. */
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
    let kept = false
    return {
      bytes,
      keep: async () => {
        if (kept) return
        await makeKeyFile(path, bytes)
        kept = true
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
  const text = `${Buffer.from(bytes).toString('hex')}\n`
  try {
    await makeFolder(dirname(path))
    // Unlike a new name, a link never takes the place of a file that is there.
    await placeFile(path, { text, mode: 0o600, place: (draft) => link(draft, path) })
  } catch (cause) {
    if (errorCode(cause) !== 'EEXIST') throw notMade(path, cause)
    throw new Error(`another export made the key ${path} meanwhile; run this one again`, { cause })
  }
}

function notMade(path: string, cause: unknown): Error {
  return new Error(
    `the key ${path} could not be made (${systemReason(cause)}); name another --key-file`,
    {
      cause,
    },
  )
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
  return new Error(
    `the key ${path} cannot be read (${systemReason(cause)}); name another --key-file`,
    {
      cause,
    },
  )
}
