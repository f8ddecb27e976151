import { readSync } from 'node:fs'

/** A line of a file, without its end. */
export interface FileLine {
  /** From 1, in the range that is read. */
  readonly number: number
  /** Undefined where the line is longer than any record. */
  readonly text: string | undefined
  /** Bytes before it in the file. */
  readonly offset: number
  /** In bytes, its end not counted. */
  readonly length: number
}

/** Bytes of a file from one up to another; both are at the start of a line, or at an end of the file. */
export interface FileRange {
  readonly start: number
  readonly end: number
}

const wholeFile: FileRange = { start: 0, end: Number.POSITIVE_INFINITY }
const chunkSize = 1024 * 1024
const lineFeed = 10
/** Many times the largest record; what is longer is skipped instead of collected until memory runs out. */
export const longestLine = 64 * 1024 * 1024

/**
 * Reads a file line by line, at the reader's pace. The last line may lack its end.
 *
 * @param file its descriptor
 */
export function* readFileLines(file: number, range: FileRange = wholeFile): Generator<FileLine> {
  let buffer = Buffer.allocUnsafe(chunkSize)
  let [number, offset, position] = [1, range.start, range.start]
  /** Bytes of an unfinished line: at the start of the buffer, and before that, too many to be kept. */
  let [held, dropped] = [0, 0]
  const line = (start: number, end: number): FileLine => {
    const length = dropped + end - start
    const text = length > longestLine ? undefined : buffer.toString('utf8', start, end)
    return { number, text, offset, length }
  }
  while (position < range.end) {
    if (held > longestLine) {
      dropped += held
      held = 0
    } else if (held === buffer.length) buffer = Buffer.concat([buffer], 2 * buffer.length)
    const room = Math.min(buffer.length - held, range.end - position)
    const bytesRead = readSync(file, buffer, held, room, position)
    if (bytesRead === 0) break
    position += bytesRead
    const filled = buffer.subarray(0, held + bytesRead)
    let start = 0
    for (let end = filled.indexOf(lineFeed, held); end !== -1; ) {
      yield line(start, end)
      offset += dropped + end - start + 1
      number += 1
      dropped = 0
      start = end + 1
      end = filled.indexOf(lineFeed, start)
    }
    filled.copyWithin(0, start)
    held = filled.length - start
  }
  if (dropped + held > 0) yield line(0, held)
}

/** Reads one line again, by its place. */
export function readLineAt(
  file: number,
  { offset, length }: Pick<FileLine, 'offset' | 'length'>,
): string {
  const buffer = Buffer.allocUnsafe(length)
  let read = 0
  while (read < length) {
    const bytesRead = readSync(file, buffer, read, length - read, offset + read)
    if (bytesRead === 0)
      throw new Error('the records file became shorter while it was read; start again')
    read += bytesRead
  }
  return buffer.toString('utf8')
}

/** Parts of a file of about the same size, each of whole lines, in their order. */
export function splitFile(file: number, size: number, parts: number): FileRange[] {
  const inner = Array.from({ length: parts - 1 }, (_, index) =>
    lineStartFrom(file, Math.floor((size * (index + 1)) / parts)),
  )
  const bounds = [...new Set([0, ...inner, size])]
  return bounds.slice(1).map((end, index) => ({ start: bounds[index] ?? 0, end }))
}

/** The first start of a line after a place; the end of the file where none follows. */
function lineStartFrom(file: number, place: number): number {
  const buffer = Buffer.allocUnsafe(chunkSize)
  for (let position = place; ; ) {
    const bytesRead = readSync(file, buffer, 0, chunkSize, position)
    const end = buffer.subarray(0, bytesRead).indexOf(lineFeed)
    if (end !== -1) return position + end + 1
    if (bytesRead === 0) return position
    position += bytesRead
  }
}
