import { recordsSince, snapToMonday } from '../../comparison/index.ts'

const day = 24 * 60 * 60 * 1_000
const week = 7 * day

/** RELIABILITY.md, section 6: after this, only gated aggregates are left. */
export const longestRetentionDays = 400

/**
 * Facts that are kept for less would be missing in a report: of any day on which it may be made, the last before the next Monday
 * included, as far back as `recordsSince` says, which is 26 weeks of merges before each Monday since the last anchor.
 */
export const leastRetentionDays = Math.ceil(
  (snapToMonday(week) + week - recordsSince(snapToMonday(week))) / day,
)

/** How long facts of an account are kept: an owner may shorten it, and never lengthen it. */
export function keptDays(
  { retentionDays }: { readonly retentionDays: number | null },
  server: number,
): number {
  return Math.min(retentionDays ?? server, server)
}
