import type { Landing } from './find-landings.ts'
import type { BranchHistory } from './read-branch-history.ts'

/** What one record is made from: a pull request's commits on the branch, or one commit that came with none. */
export interface Unit {
  /** Of the newest commit. */
  readonly position: number
  readonly length: number
  readonly landing: Landing | undefined
}

/**
 * Cuts the history into units, newest first, and leaves out what reached the branch before `since` or from `until` on, or at
 * no known time where one of them is given. Both are ISO 8601.
 *
 * @throws TypeError when one of them is no time
 */
export function selectUnits(
  history: BranchHistory,
  landings: ReadonlyMap<number, Landing>,
  { since, until }: { readonly since?: string | undefined; readonly until?: string | undefined },
): Unit[] {
  const from = since === undefined ? Number.NEGATIVE_INFINITY : toTime(since)
  const to = until === undefined ? Number.POSITIVE_INFINITY : toTime(until)
  const all = since === undefined && until === undefined
  const units: Unit[] = []
  for (let position = 0; position < history.length; ) {
    const landing = landings.get(position)
    const length = landing?.length ?? 1
    const at = history.committedAt[position] ?? Number.NaN
    if (all || (at >= from && at < to)) units.push({ position, length, landing })
    position += length
  }
  return units
}

function toTime(text: string): number {
  const time = Date.parse(text)
  if (Number.isNaN(time)) throw new TypeError(`${JSON.stringify(text)} is no time`)
  return time
}
