import { createReadStream } from 'node:fs'
import type { Readable } from 'node:stream'
import type { Commit } from '../provenance/index.ts'

/** A message without an end is refused rather than collected until memory runs out. */
const maximumMessageBytes = 64 * 1024 * 1024

/**
 * Reads NUL-separated commit messages from a file, or from standard input for `-`, one at a time. The last one may lack
 * its NUL.
 */
export async function* readMessages(file: string, stdin: Readable): AsyncGenerator<Commit> {
  const input = file === '-' ? stdin : createReadStream(file)
  let pieces: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of input) {
      let rest = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk))
      for (let end = rest.indexOf(0); end !== -1; end = rest.indexOf(0)) {
        yield { message: Buffer.concat([...pieces, rest.subarray(0, end)]).toString('utf8') }
        pieces = []
        size = 0
        rest = rest.subarray(end + 1)
      }
      pieces.push(rest)
      size += rest.length
      if (size > maximumMessageBytes) {
        throw new Error(
          `a message is longer than ${maximumMessageBytes} bytes: are the messages separated by NUL?`,
        )
      }
    }
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') {
      throw new Error(`there is no file ${JSON.stringify(file)}`, { cause })
    }
    throw cause
  }
  if (size > 0) yield { message: Buffer.concat(pieces).toString('utf8') }
}
