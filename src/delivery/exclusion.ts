import type { ChangeAssessment, KnownMarks } from '../provenance/index.ts'
import { accountKind } from './account-kind.ts'
import { branchPurpose } from './branch-purpose.ts'
import type { PullRequestRecord } from './record.ts'
import type { RevertRole } from './revert-link.ts'

/** Why a change is in neither group, in the order in which the reasons are looked for; each change has at most one. */
export const exclusionReasons = {
  revert: 'It reverts the whole of another change: an event in the life of that one.',
  bot: 'A dependency, release, merge or format bot made it, or an app that is not known as an AI tool and of whose work nothing is recorded.',
  'merge-queue': 'A merge queue opened it.',
  backport: 'It brings a change to another branch.',
  release: 'It releases what was merged before.',
  'merge-back':
    'Its head is a long-lived branch of the same repository, whose work was merged before, or is named as one that brings it back.',
  'untracked-base': 'Its base is a long-lived branch whose changes are not counted.',
  stacked: "Its base is another change's branch.",
  'no-lines': 'It changes no line.',
} as const satisfies Readonly<Record<string, string>>

export type ExclusionReason = keyof typeof exclusionReasons

/**
 * Why a change is not counted; null: it is counted. An agent that works by itself is counted. Rolls of a submodule are told
 * only by the bot that makes them, since a record does not tell one file from another.
 *
 * @param about.revertRole what the change is to the others, as `RevertLinks` found it
 */
export function exclusionReason(
  record: PullRequestRecord,
  about: {
    readonly assessment: Pick<ChangeAssessment, 'assistance' | 'automation'>
    readonly marks: KnownMarks
    readonly revertRole: RevertRole | null
  },
): ExclusionReason | null {
  const { base, head, size } = record
  if (isRevert(record, about.revertRole)) return 'revert'
  if (isByBot(record, about.assessment, about.marks)) return 'bot'
  const purpose = head.name === null ? undefined : branchPurpose(head.name)
  if (purpose !== undefined) return purpose
  // In a fork people work on whatever branch they have, `main` too.
  if (head.longLived === true && head.fork === false) return 'merge-back'
  if (base.tracked === false) return base.longLived === true ? 'untracked-base' : 'stacked'
  if (size !== null && size.total.additions + size.total.deletions === 0) return 'no-lines'
  return null
}

/**
 * Whether it is the revert of a whole change. What brings back something reverted is a change of its own, whatever it is
 * titled, so that a merged one is judged by what it was found to revert; of one that is not merged only its own words tell.
 * What undoes a part, or reverts something in passing, does other work too.
 */
function isRevert({ merge, revertClaims }: PullRequestRecord, role: RevertRole | null): boolean {
  if (role === null ? merge !== null : role !== 'revert') return false
  const said = revertClaims.filter((claim) => !claim.aside && claim.in !== 'content')
  const reverts = said.filter(({ kind }) => kind === 'revert')
  if (reverts.length === 0 || reverts.some(({ partial }) => partial)) return false
  return role === 'revert' || reverts.length === said.length
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
