import { headAt } from './head-history.ts'
import type { PullRequestRecord } from './record.ts'
import { timeOf } from './recorded-time.ts'

/** Changed lines by which changes are compared with their like (docs/method.md, What is compared with what). */
export const sizeBands = ['0-9', '10-49', '50-199', '200-499', '500-999', '1000+'] as const

export type SizeBand = (typeof sizeBands)[number]

/**
 * The band of a number of added and deleted lines.
 *
 * @example sizeBand(49) // '10-49'
 */
export function sizeBand(lines: number): SizeBand {
  if (lines < 10) return '0-9'
  if (lines < 50) return '10-49'
  if (lines < 200) return '50-199'
  if (lines < 500) return '200-499'
  return lines < 1_000 ? '500-999' : '1000+'
}

/** Lines of a change when it became ready, and how that is known. */
export interface StartSize {
  readonly lines: number
  /**
   * `start`: read at that head, or nothing changed since; `estimated`: the total of that time less the generated, lock,
   * vendored and snapshot lines of the end; `final`: only the last size is known.
   */
  readonly basis: 'start' | 'estimated' | 'final'
}

/** Added and deleted lines, generated, lock, vendored and snapshot files apart where they are told apart. null: no size is known. */
export function startSize(record: PullRequestRecord, ready: number | null): StartSize | null {
  const { size } = record
  const atReady = ready === null ? null : headAt(record, ready)
  const diff = record.headDiffs?.find(({ head }) => head === atReady)
  if (diff !== undefined) return { lines: diff.lines, basis: 'start' }
  if (size === null) return null
  const total = linesOf(size.total)
  const counted = linesOf(size.counted ?? size.total)
  if (atReady !== null && atReady === record.head.sha) return { lines: counted, basis: 'start' }
  const then = ready === null ? undefined : sizeAt(record, ready)
  if (then === undefined) return { lines: counted, basis: 'final' }
  const lines = linesOf(then)
  if (lines === total) return { lines: counted, basis: 'start' }
  return { lines: Math.max(0, lines - (total - counted)), basis: 'estimated' }
}

function sizeAt({ sizeHistory }: PullRequestRecord, time: number) {
  return (sizeHistory ?? [])
    .filter(({ at }) => timeOf(at) <= time)
    .toSorted((one, other) => timeOf(one.at) - timeOf(other.at))
    .at(-1)
}

function linesOf({ additions, deletions }: { additions: number; deletions: number }): number {
  return additions + deletions
}
