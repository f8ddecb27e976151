import { columnsToChange } from '../../comparison/index.ts'
import { amounts, codes, type ReportedRow } from './change-row.ts'

type Pinned = Omit<ReportedRow, 'repositoryId' | 'number'>

/**
 * What is to be kept of a change that was read again: what was told of it by a clock that is published already stays as it was
 * told, and no clock is found to have started before. A repository that left stays altogether as it was when it did.
 *
 * @param published the Monday that was published last, milliseconds since the epoch; null: none
 */
export function pinRow(before: Pinned, now: Pinned, published: number | null): Pinned {
  const { countedFrom, leftAt, goneAt } = before
  if (leftAt !== null) return before
  const clocks = { readyAt: before.readyAt ?? Number.NaN, mergedAt: before.mergedAt ?? Number.NaN }
  const open = new Set<string>(columnsToChange(clocks, published))
  const kept = { ...now, countedFrom, leftAt, goneAt }
  for (const name of amounts) if (!open.has(name)) kept[name] = before[name]
  for (const name of ['readyAt', 'mergedAt', 'revertedAt'] as const) {
    kept[name] = lateTime(before[name], kept[name], published)
  }
  kept.codes = Uint8Array.from(now.codes, (code, place) => {
    const name = codes[place - 1]
    return name === undefined || open.has(name) ? code : (before.codes[place] ?? code)
  })
  for (const name of ['person', 'flags', 'registry'] as const) {
    if (!open.has(name)) Object.assign(kept, { [name]: before[name] })
  }
  return kept
}

/** What came out only now of the time before was not told there. */
function lateTime(
  before: number | null,
  now: number | null,
  published: number | null,
): number | null {
  if (published === null) return now
  if (before !== null && before < published) return before
  return now !== null && now < published ? null : now
}
