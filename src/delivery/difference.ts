import { fileKind } from './file-kind.ts'

/** A file of a difference between two commits. */
export interface FileDifference {
  /** Where it was before; of a new file where it is. */
  readonly from: string
  readonly to: string
  /** Hunks as git prints them, without the lines above them that name the file. null: not told, as of binary and huge files. */
  readonly patch: string | null
  /** Name of its content: git's blob. null: not told. */
  readonly blob: string | null
  readonly additions: number
  readonly deletions: number
}

/** What a branch changes against its merge base, comparable with what it changed at another time. */
export interface Difference {
  /** The same for the same changes, whatever they stand on. It is made of code: to be kept only as a key. */
  readonly identity: string
  /** Added and deleted lines that count. */
  readonly lines: number
  /** Of all files, as git counts. */
  readonly total: {
    readonly files: number
    readonly additions: number
    readonly deletions: number
  }
  /** By the path before, how often each line that counts is added (`+`) or deleted (`-`). */
  readonly files: ReadonlyMap<string, Lines>
}

type Lines = ReadonlyMap<string, number>

/** Longer lines are data, or code that a tool has packed (DEFINITIONS 3). */
const longestLine = 1_000

/** Git's name of a file without content, by SHA-1 and by SHA-256. */
const emptyBlobs = [
  'e69de29bb2d1d6434b8b29ae775ad8c2e48c5391',
  '473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813',
]

/**
 * Reads a difference. Lines of generated, lock, vendored and snapshot files do not count, nor do those of more than 1,000
 * characters; in `identity` they all are. Line numbers and the lines around a change are in neither: they move with the base.
 *
 * @returns null where a file that counts is not told whole, so that no number of lines would be right
 */
export function readDifference(given: readonly FileDifference[]): Difference | null {
  const identity: unknown[] = []
  const files = new Map<string, Lines>()
  const total = { files: given.length, additions: 0, deletions: 0 }
  let lines = 0
  for (const file of given.toSorted((one, other) => (one.to < other.to ? -1 : 1))) {
    const { from, to, blob, additions, deletions } = file
    total.additions += additions
    total.deletions += deletions
    const changed = changedLines(file)
    identity.push([from, to, changed ?? blob])
    if (fileKind(to) !== 'counted') continue
    if (changed === null) return null
    const counted = changed.filter((line) => line.length <= longestLine + 1)
    lines += counted.length
    files.set(from, countEach(counted))
  }
  return { identity: JSON.stringify(identity), lines, total, files }
}

/**
 * In how many lines one difference differs from another: what only one of them adds or deletes, file by file. Files that only
 * one of them touches are compared together, so that a new file under another name costs only what else changed in it.
 */
export function differingLines(one: Difference, other: Difference): number {
  let sum = 0
  for (const [path, lines] of one.files) {
    const others = other.files.get(path)
    if (others !== undefined) sum += distance(lines, others)
  }
  return sum + distance(linesNotIn(other, one), linesNotIn(one, other))
}

/** The added and deleted lines with their signs, in their order; null: not told, or not all of them. */
function changedLines(file: FileDifference): string[] | null {
  const { from, to, patch, blob, additions, deletions } = file
  if (patch === null) {
    const untouched =
      additions + deletions === 0 && (from !== to || emptyBlobs.includes(blob ?? ''))
    return untouched ? [] : null
  }
  const lines = patch.split('\n').filter((line) => line.startsWith('+') || line.startsWith('-'))
  const added = lines.filter((line) => line.startsWith('+')).length
  return added === additions && lines.length - added === deletions ? lines : null
}

/** Lines of the files of one difference that the other does not touch. */
function linesNotIn(other: Difference, one: Difference): Lines {
  const pooled = new Map<string, number>()
  for (const [path, lines] of one.files) {
    if (other.files.has(path)) continue
    for (const [line, times] of lines) pooled.set(line, (pooled.get(line) ?? 0) + times)
  }
  return pooled
}

function countEach(lines: readonly string[]): Lines {
  const counts = new Map<string, number>()
  for (const line of lines) counts.set(line, (counts.get(line) ?? 0) + 1)
  return counts
}

function distance(one: Lines, other: Lines): number {
  let sum = 0
  for (const [line, times] of one) sum += Math.abs(times - (other.get(line) ?? 0))
  for (const [line, times] of other) if (!one.has(line)) sum += times
  return sum
}
