import { createReadStream } from 'node:fs'
import type { Readable } from 'node:stream'
import type { Commit } from '../provenance/index.ts'

/** A message without an end is refused rather than collected until memory runs out. */
const maximumMessageMiB = 64

/**
 * Reads NUL-separated commit messages and gives those together that end in the same piece of the input, never none; what is not
 * UTF-8 becomes U+FFFD. The last message may lack its NUL; white space alone is no last message, since
 * `git log --format='%B%x00'` ends each one with a line feed behind its NUL.
 *
 * @param input a stream, or the absolute path of a file
 * @param name how a stream is called in an error
 */
export async function* readMessages(
  input: Readable | string,
  name: string = JSON.stringify(input),
): AsyncGenerator<Commit[], void, undefined> {
  const pieces: Buffer[] = []
  let size = 0
  const hold = (piece: Buffer) => {
    pieces.push(piece)
    size += piece.length
    if (size > maximumMessageMiB * 1024 * 1024) {
      throw new Error(
        `a message in ${name} is longer than ${maximumMessageMiB} MiB; put a NUL between messages, as "git log -z --format=%B" does`,
      )
    }
  }
  const take = () => {
    const message = Buffer.concat(pieces.splice(0)).toString('utf8')
    size = 0
    return { message }
  }
  for await (const chunk of chunksOf(input, name)) {
    const messages: Commit[] = []
    let start = 0
    for (let end = chunk.indexOf(0); end !== -1; end = chunk.indexOf(0, start)) {
      hold(chunk.subarray(start, end))
      messages.push(take())
      start = end + 1
    }
    if (messages.length > 0) yield messages
    if (start < chunk.length) hold(chunk.subarray(start))
  }
  const last = take()
  if (last.message.trim() !== '') yield [last]
}

async function* chunksOf(input: Readable | string, name: string): AsyncGenerator<Buffer> {
  const stream = typeof input === 'string' ? createReadStream(input) : input
  try {
    for await (const chunk of stream) {
      yield Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk))
    }
  } catch (cause) {
    throw new Error(`${name} ${whyUnreadable(cause)}`, { cause })
  }
}

function whyUnreadable(cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
  if (code === 'ENOENT') return 'does not exist; name a file of commit messages'
  if (code === 'EISDIR') return 'is a directory; name a file of commit messages'
  if (code === 'EACCES') return 'may not be read by you; ask its owner for the right to read it'
  return `cannot be read (${cause instanceof Error ? cause.message : String(cause)})`
}
