import { snapToMonday } from '../../comparison/index.ts'
import { tuning } from './tuning.ts'

const week = 7 * 24 * 60 * 60 * 1_000

/** When the next week's snapshot is due, milliseconds since the epoch. */
export function nextSnapshotDue(now: number): number {
  const thisWeek = snapToMonday(now) + tuning.snapshotAfter
  return thisWeek > now ? thisWeek : thisWeek + week
}
