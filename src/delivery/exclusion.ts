import type { ChangeAssessment, KnownMarks } from '../provenance/index.ts'
import { accountKind } from './account-kind.ts'
import { branchPurpose } from './branch-purpose.ts'
import type { PullRequestRecord } from './record.ts'

/** Why a change is in neither group, in the order in which the reasons are looked for; each change has at most one. */
export const exclusionReasons = {
  revert: 'It reverts another change: an event in the life of that one.',
  bot: 'A dependency, release, merge or format bot made it, or an app that is not known as an AI tool and of whose work nothing is recorded.',
  'merge-queue': 'A merge queue opened it.',
  backport: 'It brings a change to another branch.',
  release: 'It releases what was merged before.',
  'merge-back':
    'Its head is a long-lived branch, whose work was merged before, or is named as one that brings it back.',
  'untracked-base': 'Its base is a long-lived branch whose changes are not counted.',
  stacked: "Its base is another change's branch.",
  'no-lines': 'It changes no line.',
} as const satisfies Readonly<Record<string, string>>

export type ExclusionReason = keyof typeof exclusionReasons

/**
 * Why a change is not counted; null: it is counted. An agent that works by itself is counted. Rolls of a submodule are told
 * only by the bot that makes them, since a record does not tell one file from another.
 */
export function exclusionReason(
  record: PullRequestRecord,
  assessment: Pick<ChangeAssessment, 'assistance' | 'automation'>,
  marks: KnownMarks,
): ExclusionReason | null {
  const { base, head, size } = record
  if (isRevert(record)) return 'revert'
  if (isByBot(record, assessment, marks)) return 'bot'
  const purpose = head.name === null ? undefined : branchPurpose(head.name)
  if (purpose !== undefined) return purpose
  if (head.longLived === true) return 'merge-back'
  if (base.tracked === false) return base.longLived === true ? 'untracked-base' : 'stacked'
  if (size !== null && size.total.additions + size.total.deletions === 0) return 'no-lines'
  return null
}

/**
 * Whether it says of itself that it reverts. What brings back something reverted is a change of its own, and what is said in
 * passing speaks of the branch's own history.
 */
function isRevert({ revertClaims }: PullRequestRecord): boolean {
  const said = revertClaims.filter((claim) => !claim.aside && claim.in !== 'content')
  return said.some(({ kind }) => kind === 'revert') && said.every(({ kind }) => kind === 'revert')
}

/** Accounts under which a workflow does whatever it was written for, also with an AI tool. */
const anybodys: ReadonlySet<string> = new Set(['github-actions', 'octo-sts', 'circleci'])

function isByBot(
  { author }: PullRequestRecord,
  { assistance, automation }: Pick<ChangeAssessment, 'assistance' | 'automation'>,
  marks: KnownMarks,
): boolean {
  const assisted = assistance === 'assisted'
  if (automation !== null) return !(assisted && anybodys.has(automation))
  if (author?.kind !== 'bot') return false
  return !assisted && accountKind(author, marks) !== 'ai'
}
