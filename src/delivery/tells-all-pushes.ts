import type { PullRequestRecord } from './record.ts'

/**
 * Whether every push is told: each was put upon a head that is known, from the one that it was opened with to the one that it
 * has now. GitHub's timeline tells only force pushes, and webhooks get lost; what is missing shows as a gap.
 */
export function tellsAllPushes({ head, pushes }: PullRequestRecord): boolean {
  if (pushes === null || head.firstSha === undefined) return false
  const heads = new Set([head.firstSha, ...pushes.map((push) => push.head)])
  return (
    pushes.every(({ before }) => before === null || heads.has(before)) &&
    (head.sha === null || heads.has(head.sha))
  )
}
