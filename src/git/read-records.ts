import { GitError } from './git-error.ts'

/** Most bytes of one record that are held. The longest message or note seen in public clones is 3.2 MB. */
const MAX_RECORD = 64 * 1024 * 1024

/**
 * Cuts a stream of NUL-terminated fields into records of `width` fields and decodes them as UTF-8, what is not UTF-8 as
 * U+FFFD. Gives the records of one chunk together, never none; holds one chunk and the record that is cut by its end.
 *
 * Each field is a string of its own: cut from a larger decoded one, it would keep all of that in memory.
 */
export async function* readRecords(
  chunks: AsyncIterable<Buffer>,
  width: number,
): AsyncGenerator<string[][], void, undefined> {
  let held: Buffer[] = []
  let heldFields = 0
  let heldBytes = 0
  for await (const chunk of chunks) {
    const records: string[][] = []
    let start = 0
    if (held.length > 0) {
      const { end, fields } = skipFields(chunk, width - heldFields)
      held.push(chunk.subarray(0, end))
      heldFields += fields
      heldBytes += end
      if (heldBytes > MAX_RECORD) {
        throw new GitError(
          'too-large',
          'a commit is larger than 64 MiB with its note; leave it out by naming revisions',
        )
      }
      if (heldFields < width) continue
      readWhole(Buffer.concat(held), 0, width, records)
      held = []
      start = end
    }
    start = readWhole(chunk, start, width, records)
    if (start < chunk.length) {
      const rest = chunk.subarray(start)
      held = [rest]
      heldFields = skipFields(rest, width).fields
      heldBytes = rest.length
    }
    if (records.length > 0) yield records
  }
  if (held.length > 0) {
    throw new GitError('failed', 'git ended in the middle of a commit; run "git fsck" in the clone')
  }
}

/** Reads the records that end in the buffer; gives the index at which the first one starts that does not. */
function readWhole(buffer: Buffer, from: number, width: number, records: string[][]): number {
  let start = from
  for (;;) {
    const fields: string[] = []
    let at = start
    while (fields.length < width) {
      const end = buffer.indexOf(0, at)
      if (end === -1) return start
      fields.push(buffer.toString('utf8', at, end))
      at = end + 1
    }
    records.push(fields)
    start = at
  }
}

/** Passes at most `count` fields that end in the buffer, and gives where the last one ends, or the whole if it does not. */
function skipFields(buffer: Buffer, count: number): { end: number; fields: number } {
  let at = 0
  for (let fields = 0; fields < count; fields += 1) {
    const nul = buffer.indexOf(0, at)
    if (nul === -1) return { end: buffer.length, fields }
    at = nul + 1
  }
  return { end: at, fields: count }
}
