import type { Change } from '../../delivery/index.ts'
import { markdownTable } from '../markdown/markdown.ts'
import { dayText } from '../text/dates.ts'
import { elapsedText } from './elapsed-text.ts'

/** After how many days a merged change is looked at again. */
const lookedAtAfter = [14, 30]
const day = 86_400

/** What happened to the change so far, step by step, with how long each took; and after the merge, its fate. */
export function changeTimeline(change: Change, repositoryUrl: string): string[] {
  const rows = changeSteps(change).map(({ name, at, since }) => [name, timeText(at), since ?? ''])
  const link = (number: number) => `[pull request ${number}](${repositoryUrl}/pull/${number})`
  return [
    '### What happened so far',
    ...(rows.length === 0 ? [] : [markdownTable(['Step', 'When (UTC)', 'How long'], rows)]),
    ...changeFate(change, link),
  ]
}

/** A step of a change. */
export interface ChangeStep {
  readonly name: string
  /** UTC, ISO 8601. */
  readonly at: string
  /** How long it took; null: nothing to say. */
  readonly since: string | null
}

/** What happened to a change, in order. */
export function changeSteps(change: Change): ChangeStep[] {
  const { openedAt, readyAt, firstReviewAt, lastApprovalAt, queuedAt, mergedAt, closedAt } = change
  const after = (from: string | null, at: string, what: string) =>
    from === null ? null : `${elapsedText((Date.parse(at) - Date.parse(from)) / 1000)} ${what}`
  const step = (
    name: string,
    at: string | null,
    since: (at: string) => string | null,
  ): ChangeStep[] => (at === null ? [] : [{ name, at, since: since(at) }])
  return [
    ...step(readyAt === openedAt ? 'Opened, ready for review' : 'Opened', openedAt, () => null),
    ...(readyAt === openedAt
      ? []
      : step('Ready for review', readyAt, (at) => after(openedAt, at, 'as a draft'))),
    ...step('First review by another person', firstReviewAt, (at) =>
      after(readyAt, at, 'after it was ready'),
    ),
    ...step('Approved', lastApprovalAt, (at) => after(firstReviewAt, at, 'after the first review')),
    ...step('In the merge queue', queuedAt, (at) => after(readyAt, at, 'after it was ready')),
    ...step('Merged', mergedAt, (at) => after(readyAt, at, 'after it was ready')),
    ...step('Closed without a merge', closedAt, (at) => after(readyAt, at, 'after it was ready')),
  ]
}

/** Counted until the merge: a last round may have come after the approval. */
function reviewRounds({ review: { rounds }, mergedAt }: Change): string[] {
  if (rounds === null || rounds < 1) return []
  const until = mergedAt === null ? 'so far' : 'until the merge'
  return [`${rounds} review ${rounds === 1 ? 'round' : 'rounds'} ${until}.`]
}

/**
 * How often it was reviewed and whether it was reverted. Reverts are charged to the change, and nobody who pressed a button is named.
 *
 * @param named a pull request of the same repository, in the words of where this is written
 */
export function changeFate(change: Change, named: (number: number) => string): string[] {
  return [...reviewRounds(change), ...fate(change, named)]
}

function fate(
  { reverted, revertLinks, mergedAt }: Change,
  named: (number: number) => string,
): string[] {
  if (reverted === null || mergedAt === null) return []
  const counted = revertLinks.find(({ uncounted }) => uncounted === null)
  if (reverted.at !== null) {
    const by = counted?.by.number
    const link = by == null ? '' : ` by ${named(by)}`
    const back = reverted.restored ? ' It came back later.' : ''
    return [`Reverted on ${dayText(reverted.at)}${link}.${back}`]
  }
  const partly = revertLinks.length > 0 ? ' A part of it was taken back, or maybe was.' : ''
  const followed = Math.floor(reverted.followedSeconds / day)
  const next = lookedAtAfter.find((days) => days > followed)
  const looked = lookedAtAfter.findLast((days) => days <= followed)
  const told =
    looked === undefined
      ? 'Not reverted so far.'
      : `Not reverted within ${looked} days of the merge.`
  return [
    `${told}${partly}${next === undefined ? '' : ` It is looked at again ${next} days after the merge.`}`,
  ]
}

/** To the minute: `2026-11-16 09:30`. */
export function timeText(iso: string): string {
  return iso.slice(0, 16).replace('T', ' ')
}
