import type { KnownMarks } from '../provenance/index.ts'
import { accountKind } from './account-kind.ts'
import type { ChangeFlag } from './change-flag.ts'
import { type Clocks, isBy, isWhole, peopleReviews } from './clocks.ts'
import { headAt, knowsAllPushes, reviewedHead } from './head-history.ts'
import type { PullRequestRecord, RecordedReview } from './record.ts'
import { minute, timeOf, timeOrNull } from './recorded-time.ts'
import { otherPerson, type ResponsiblePerson } from './responsible-person.ts'

/** Review threads by who opened them; the responsible person's own are left out. */
export interface Threads {
  readonly byPeople: number
  /** Of those by people, as of the reading. null: not told for each. */
  readonly resolved: number | null
  readonly unresolved: number | null
  /** Comments in the threads by people. */
  readonly comments: number | null
  readonly byBots: number
}

/** What bots said in review, of which AI tools are a part. They are never counted among people. */
export interface BotReview {
  readonly reviews: number
  /** Reviews by accounts that the registry knows as AI tools: another exposure than AI authorship. */
  readonly aiReviews: number
  readonly firstAiReview: number | null
}

/**
 * How much review a change needed, from ready until the merge. More is not worse. null: not knowable, or there was no
 * first review to count from.
 */
export interface ReviewChurn {
  /** Distinct heads that another person reviewed. 0: none did; 1: one was enough. */
  readonly rounds: number | null
  readonly changesRequested: number | null
  /** Pushes after the first review, without merges of the base and bots' own. */
  readonly laterPushes: number | null
  /** Lines in which the final difference differs from the one first reviewed; generated, lock, vendored and snapshot files apart. */
  readonly laterLines: number | null
  /** `laterLines` for each line of the difference first reviewed, counted as at least one. */
  readonly laterShare: number | null
  readonly threads: Threads | null
  /** Different people who reviewed, of whom none is told. */
  readonly reviewers: number | null
  /** Reviews that those people submitted, also in draft. */
  readonly reviews: number | null
  readonly bots: BotReview | null
  readonly flags: readonly ChangeFlag[]
}

/** Reads the review of a change. Its author's own reviews, bots and AI reviewers never count as people. */
export function readReviewChurn(
  record: PullRequestRecord,
  clocks: Clocks,
  about: { readonly responsible: ResponsiblePerson; readonly marks: KnownMarks },
): ReviewChurn {
  const { responsible, marks } = about
  const whole = isWhole(record, 'reviews')
  const all = peopleReviews(record, clocks.merged, responsible)
  const counted = whole && clocks.ready !== null ? sinceReady(record, all, clocks.ready) : null
  const rounds = counted === null ? null : countRounds(record, counted)
  const pushes = laterPushes(record, clocks, marks)
  const lines = laterLines(record, all, clocks)
  const flags: readonly (ChangeFlag | false)[] = [
    rounds?.unsure === true && 'rebase-unknown',
    pushes !== null && !knowsAllPushes(record) && 'pushes-estimated',
  ]
  return {
    rounds: rounds?.heads ?? null,
    changesRequested: counted?.filter(({ state }) => state === 'changes-requested').length ?? null,
    laterPushes: pushes,
    laterLines: lines?.changed ?? null,
    laterShare: lines?.share ?? null,
    threads: readThreads(record, clocks, responsible),
    reviewers: whole ? new Set(all.map(({ by }) => otherPerson(by, responsible))).size : null,
    reviews: whole ? all.length : null,
    bots: whole ? readBots(record, clocks, marks) : null,
    flags: flags.filter((flag) => flag !== false),
  }
}

/** A review of a draft counts if what it reviewed is still what became ready. */
function sinceReady(
  record: PullRequestRecord,
  reviews: readonly RecordedReview[],
  ready: number,
): RecordedReview[] {
  const atReady = headAt(record, ready)
  return reviews.filter(
    (review) =>
      timeOf(review.submittedAt) >= ready ||
      (atReady !== null && reviewedHead(record, review) === atReady),
  )
}

/**
 * Heads with the same difference from their merge base are one: only a rebase or an update of the branch lies between. One
 * review is one round; of several, one whose head is not known may be a round of its own or not: null.
 */
function countRounds(
  record: PullRequestRecord,
  reviews: readonly RecordedReview[],
): { readonly heads: number; readonly unsure: boolean } | null {
  if (reviews.length < 2) return { heads: reviews.length, unsure: false }
  const heads = new Set(reviews.map((review) => reviewedHead(record, review)))
  if (heads.has(null)) return null
  if (heads.size === 1) return { heads: 1, unsure: false }
  const keys = new Map((record.headDiffs ?? []).map(({ head, key }) => [head, key]))
  const different = new Set(Array.from(heads, (head) => keys.get(head ?? '') ?? head))
  const unsure = Array.from(heads).some((head) => !keys.has(head ?? ''))
  return { heads: different.size, unsure }
}

/** Without all pushes, commits and force pushes less than this apart are taken for one push. */
const onePush = 10 * minute

function laterPushes(
  record: PullRequestRecord,
  { firstReview, merged }: Clocks,
  marks: KnownMarks,
): number | null {
  if (firstReview === null || record.pushes === null) return null
  const isLater = (time: number) => time > firstReview && isBy(time, merged)
  const parentsOf = (sha: string) =>
    record.commits?.findLast((commit) => commit.sha === sha)?.parents ?? 1
  const pushes = record.pushes.filter(
    ({ at, head, by }) =>
      isLater(timeOf(at)) &&
      parentsOf(head) < 2 &&
      !(by?.kind === 'bot' && accountKind(by, marks) !== 'ai'),
  )
  if (knowsAllPushes(record)) return pushes.length
  const committed = (record.commits ?? []).flatMap(
    ({ parents, authorAccount, seenAt, committedAt }) => {
      const at = timeOrNull(seenAt ?? committedAt)
      if ((parents ?? 1) > 1 || at === null || !isLater(at)) return []
      const byBot = authorAccount?.kind === 'bot' && accountKind(authorAccount, marks) !== 'ai'
      return byBot ? [] : [at]
    },
  )
  const times = [...pushes.map(({ at }) => timeOf(at)), ...committed].toSorted(
    (one, other) => one - other,
  )
  return times.filter(
    (time, index) => time - (times[index - 1] ?? Number.NEGATIVE_INFINITY) >= onePush,
  ).length
}

function laterLines(
  record: PullRequestRecord,
  reviews: readonly RecordedReview[],
  { firstReview }: Clocks,
): { readonly changed: number; readonly share: number } | null {
  if (firstReview === null) return null
  const [first] = reviews.toSorted(
    (one, other) => timeOf(one.submittedAt) - timeOf(other.submittedAt) || compareHeads(one, other),
  )
  const head = first === undefined ? null : reviewedHead(record, first)
  if (head === null) return null
  if (head === record.head.sha) return { changed: 0, share: 0 }
  const diffs = record.headDiffs ?? []
  // Set against this very head, and not against one that an earlier reading took for the last.
  const isOfLast = diffs.some((one) => one.head === record.head.sha && one.changedSince === 0)
  const diff = diffs.find((one) => one.head === head)
  if (!isOfLast || diff === undefined || diff.changedSince === null) return null
  return { changed: diff.changedSince, share: diff.changedSince / Math.max(1, diff.lines) }
}

/** Reviews of the same second: any order, but always the same. */
function compareHeads(one: RecordedReview, other: RecordedReview): number {
  return one.id - other.id
}

function readThreads(
  record: PullRequestRecord,
  { merged }: Clocks,
  responsible: ResponsiblePerson,
): Threads | null {
  if (record.threads === null || !isWhole(record, 'threads')) return null
  const threads = record.threads.filter(({ openedAt }) => isBy(timeOf(openedAt), merged))
  const byPeople = threads.filter(
    ({ openedBy }) => otherPerson(openedBy, responsible) !== undefined,
  )
  const told = byPeople.every(({ resolved }) => resolved !== null)
  const counted = byPeople.every(({ comments }) => comments !== null)
  return {
    byPeople: byPeople.length,
    resolved: told ? byPeople.filter(({ resolved }) => resolved === true).length : null,
    unresolved: told ? byPeople.filter(({ resolved }) => resolved === false).length : null,
    comments: counted ? byPeople.reduce((sum, { comments }) => sum + (comments ?? 0), 0) : null,
    byBots: threads.filter(({ openedBy }) => openedBy.kind === 'bot').length,
  }
}

function readBots(record: PullRequestRecord, { merged }: Clocks, marks: KnownMarks): BotReview {
  const reviews = (record.reviews ?? []).filter(
    ({ by, submittedAt }) => by.kind === 'bot' && isBy(timeOf(submittedAt), merged),
  )
  const byAi = reviews.filter(({ by }) => by.kind === 'bot' && accountKind(by, marks) === 'ai')
  const first = byAi.map(({ submittedAt }) => timeOf(submittedAt)).toSorted((a, b) => a - b)[0]
  return {
    reviews: reviews.length,
    aiReviews: byAi.length,
    firstAiReview: first ?? null,
  }
}
