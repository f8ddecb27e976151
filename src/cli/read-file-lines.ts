import type { FileHandle } from 'node:fs/promises'

/** A line of a file, without its end. */
export interface FileLine {
  /** From 1. */
  readonly number: number
  /** Undefined where the line is longer than any record. */
  readonly text: string | undefined
  /** Bytes before it. */
  readonly offset: number
  /** In bytes, its end not counted. */
  readonly length: number
}

const chunkSize = 1024 * 1024
/** Many times the largest record; what is longer is skipped instead of collected until memory runs out. */
export const longestLine = 64 * 1024 * 1024

/** Reads a file line by line from its start, at the reader's pace. The last line may lack its end. */
export async function* readFileLines(file: FileHandle): AsyncGenerator<FileLine, void, undefined> {
  const pieces: Buffer[] = []
  let [number, offset, length] = [1, 0, 0]
  const hold = (piece: Buffer) => {
    length += piece.length
    if (length <= longestLine) pieces.push(Buffer.from(piece))
  }
  const take = (): FileLine => {
    const line = pieces.length === 1 ? pieces[0] : Buffer.concat(pieces)
    const text = length > longestLine ? undefined : (line?.toString('utf8') ?? '')
    return { number, text, offset, length }
  }
  const buffer = Buffer.allocUnsafe(chunkSize)
  let position = 0
  for (;;) {
    const { bytesRead } = await file.read(buffer, 0, chunkSize, position)
    if (bytesRead === 0) break
    position += bytesRead
    const chunk = buffer.subarray(0, bytesRead)
    let start = 0
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, start)) {
      hold(chunk.subarray(start, end))
      yield take()
      pieces.length = 0
      offset += length + 1
      number += 1
      length = 0
      start = end + 1
    }
    if (start < bytesRead) hold(chunk.subarray(start))
  }
  if (length > 0) yield take()
}

/** Reads one line again, by its place. */
export async function readLineAt(
  file: FileHandle,
  { offset, length }: Pick<FileLine, 'offset' | 'length'>,
): Promise<string> {
  const buffer = Buffer.allocUnsafe(length)
  let read = 0
  while (read < length) {
    const { bytesRead } = await file.read(buffer, read, length - read, offset + read)
    if (bytesRead === 0)
      throw new Error('the records file became shorter while it was read; start again')
    read += bytesRead
  }
  return buffer.toString('utf8')
}
