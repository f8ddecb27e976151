import { compare } from './canonical-text.ts'
import { earliest, uniteLists } from './merge-lists.ts'
import type { PullRequestRecord } from './record.ts'
import { compareTimes } from './record-readings.ts'

/** What either reading knows of: nothing that was said is ever unsaid, and what was taken back stays so. */
export function mergeDeclarations(
  one: PullRequestRecord,
  other: PullRequestRecord,
): Pick<PullRequestRecord, 'declarations'> {
  if (one.declarations === undefined && other.declarations === undefined) return {}
  return {
    declarations: uniteLists(one.declarations ?? [], other.declarations ?? [], {
      key: ({ claim, by, at }) => `${claim} ${by} ${at}`,
      join: (first, second) => ({ ...first, undoneAt: earliest(first.undoneAt, second.undoneAt) }),
      order: (first, second) =>
        compareTimes(first.at, second.at) || compare(first.claim, second.claim),
    }),
  }
}
