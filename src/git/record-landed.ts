import {
  type Actor,
  type BranchCommitRecord,
  type PullRequestRecord,
  RECORD_VERSION,
  type Recording,
  readRevertClaims,
  recordActor,
  recordCommit,
  recordHeadBranch,
  recordIdentity,
  recordMessage,
  recordTime,
  titleKeys,
} from '../delivery/index.ts'
import { type Commit, type Identity, noreplyAccount } from '../provenance/index.ts'
import type { CommitGraph } from './commit-graph.ts'
import type { Landing } from './find-landings.ts'
import { findPullRequest, type NamedPullRequest } from './find-pull-request.ts'
import type { TrackedBranch } from './find-tracked-branch.ts'
import type { ClonedCommit } from './read-listed-commits.ts'
import type { UnitCommits } from './read-unit-commits.ts'
import type { UnitSize } from './read-unit-sizes.ts'

/** What all records of one reading share. */
export interface RecordSource {
  readonly graph: CommitGraph
  /** Commits whose parents the clone does not have. */
  readonly boundary: ReadonlySet<number>
  readonly branch: TrackedBranch
  readonly recording: Recording
  readonly readAt: string
  /** owner/name */
  readonly repositoryName: string | null
}

/** One pull request on the branch with what was read of it. */
export interface LandedPullRequest extends UnitSize {
  readonly landing: Landing
  /** Its newest commit on the branch. */
  readonly tip: ClonedCommit
  /** Its commits on the branch, more than one where they were rebased, newest first. */
  readonly onBranch: readonly ClonedCommit[]
  /** What it brought, oldest first, as far as the clone has it. */
  readonly own: UnitCommits['own']
}

/** Makes the record of a pull request that reached the branch; what only GitHub knows is null in it. */
export function recordPullRequest(
  source: RecordSource,
  landed: LandedPullRequest,
): PullRequestRecord {
  const { graph, branch, recording, readAt, repositoryName } = source
  const { landing, onBranch, own, size, unreadable } = landed
  const named = nameOf(landed)
  const ownCommits = own?.commits
  const commits = ownCommits?.map((commit) =>
    recordCommit(asKnown(commit, source), null, recording),
  )
  const oldest = onBranch.at(-1)
  const base = oldest === undefined ? undefined : graph.firstParent(graph.find(oldest.sha) ?? -1)
  return {
    record: 'pull-request',
    version: RECORD_VERSION,
    source: 'git',
    readAt,
    registry: recording.marks.version,
    repository: { id: null, name: repositoryName },
    id: null,
    number: landing.number,
    author: openerOf(landed, ownCommits, recording),
    assignees: null,
    state: 'merged',
    titleKeys: named.title === undefined ? null : titleKeys(named.title, recording.pseudonyms),
    base: {
      name: branch.name,
      longLived: branch.name === null ? null : true,
      tracked: branch.name === null ? null : true,
      sha: base === undefined ? null : graph.id(base),
    },
    head: {
      ...(named.headBranch === undefined
        ? { name: null, longLived: null }
        : recordHeadBranch(named.headBranch, recording)),
      sha: landing.head === undefined ? null : graph.id(landing.head),
      fork: isFork(named.headOwner, repositoryName),
    },
    createdAt: null,
    openedAsDraft: null,
    draftEvents: null,
    baseChanges: null,
    pushes: null,
    commits: commits ?? null,
    everSeenFirstCommitAt: earliest(ownCommits),
    description: null,
    reviews: null,
    reviewComments: null,
    threads: null,
    reviewRequests: null,
    headDiffs: null,
    labels: null,
    labelEvents: null,
    queueEvents: null,
    closes: null,
    reopens: null,
    merge: mergeOf(landed, named, recording),
    size,
    sizeHistory: null,
    revertClaims: claimsOf(landed, named, ownCommits, source),
    truncated: own?.truncated ? ['commits'] : [],
    unreadable: [...unreadable],
  }
}

/**
 * Makes the record of a commit that came with no pull request; undefined where it says of no revert, or has no date that a
 * record can hold.
 */
export function recordBranchCommit(
  { recording, repositoryName }: RecordSource,
  commit: ClonedCommit,
  size: BranchCommitRecord['size'],
): BranchCommitRecord | undefined {
  const { pseudonyms } = recording
  const committedAt = recordTime(commit.committedAt)
  const revertClaims = readRevertClaims(
    {
      message: commit.message,
      number: null,
      ...(repositoryName === null ? {} : { repository: repositoryName }),
    },
    pseudonyms,
  )
  if (revertClaims.length === 0 || committedAt === null) return undefined
  const author = commit.author === undefined ? null : recordIdentity(commit.author, recording)
  return {
    record: 'branch-commit',
    version: RECORD_VERSION,
    source: 'git',
    repository: { id: null, name: repositoryName },
    sha: commit.sha,
    committedAt,
    branchTracked: true,
    bot: author?.kind === 'known' ? author.name : null,
    titleKeys: titleKeys(subjectOf(commit.message), pseudonyms),
    size,
    revertClaims,
  }
}

/** What is known of a pull request's name: all of it where the message tells, the subject where it is one commit's. */
type Named = Partial<NamedPullRequest>

function nameOf({ landing, tip, onBranch }: LandedPullRequest): Named {
  const named = findPullRequest(tip.message)
  if (named !== undefined && named.number === landing.number) return named
  return onBranch.length === 1 && tip.parents < 2 ? { title: subjectOf(tip.message) } : {}
}

function subjectOf(message: string): string {
  return message.trimStart().split('\n', 1)[0] ?? ''
}

/** In a shallow clone the oldest commits seem to have no parents. */
function asKnown(
  commit: ClonedCommit,
  { graph, boundary }: RecordSource,
): Commit & { sha: string } {
  if (!boundary.has(graph.find(commit.sha) ?? -1)) return commit
  const { parents: _, ...known } = commit
  return known
}

/**
 * Who opened it: GitHub makes the opener the author of a squash; otherwise the author of its first commit is the best that
 * a clone can tell.
 */
function openerOf(
  { tip, onBranch }: LandedPullRequest,
  own: readonly ClonedCommit[] | undefined,
  recording: Recording,
): Actor | null {
  const work = tip.parents > 1 ? (own ?? []) : onBranch.toReversed()
  const author = work.find(({ parents }) => parents < 2)?.author
  return author === undefined ? null : actorOf(author, recording)
}

function actorOf(identity: Identity, recording: Recording): Actor {
  const { id, login = '' } = noreplyAccount(identity.email) ?? {}
  const isApp = login.endsWith('[bot]') || identity.name.endsWith('[bot]')
  if (id !== undefined) return recordActor({ id, login, bot: isApp }, recording)
  const own = recordIdentity(identity, recording)
  return own.kind === 'person'
    ? own
    : { kind: 'bot', id: null, login: login === '' ? own.name : login, app: isApp }
}

function isFork(headOwner: string | undefined, repositoryName: string | null): boolean | null {
  const owner = repositoryName?.split('/')[0]
  if (headOwner === undefined || owner === undefined) return null
  return headOwner.toLowerCase() !== owner.toLowerCase()
}

/** Merges from the base count as no work. */
function earliest(own: readonly ClonedCommit[] | undefined): string | null {
  const times = (own ?? []).flatMap(({ parents, authoredAt }) =>
    parents > 1 || authoredAt === undefined ? [] : [authoredAt],
  )
  return times.length === 0 ? null : recordTime(times.reduce((one, other) => Math.min(one, other)))
}

function mergeOf(
  { landing, tip, onBranch }: LandedPullRequest,
  named: Named,
  recording: Recording,
): PullRequestRecord['merge'] {
  const at = recordTime(tip.committedAt)
  if (at === null) return null
  const method = methodOf(landing, tip, onBranch, named)
  const by = method === 'merge' ? tip.author : tip.committer
  return {
    at,
    by: by === undefined || isGitHub(by) ? null : actorOf(by, recording),
    commit: tip.sha,
    method,
    authoredAt: recordTime(tip.authoredAt),
    author: tip.author === undefined ? null : recordIdentity(tip.author, recording),
    message: recordMessage(tip.message, recording),
  }
}

type Method = NonNullable<PullRequestRecord['merge']>['method']

function methodOf(
  { foundBy }: Landing,
  { parents, committer }: ClonedCommit,
  onBranch: readonly ClonedCommit[],
  named: Named,
): Method {
  if (foundBy === 'work') return 'rebase'
  const byButton = named.number !== undefined && named.byHand !== true && onBranch.length === 1
  if (!byButton && !(committer !== undefined && isGitHub(committer))) return 'push'
  return parents > 1 ? 'merge' : 'squash'
}

/** Commits that GitHub makes are committed by itself. */
function isGitHub({ email }: Identity): boolean {
  return email === 'noreply@github.com'
}

function claimsOf(
  { landing, tip, onBranch }: LandedPullRequest,
  { headBranch }: Named,
  own: readonly ClonedCommit[] | undefined,
  { recording, repositoryName }: RecordSource,
): PullRequestRecord['revertClaims'] {
  const shared = {
    number: landing.number,
    ...(headBranch === undefined ? {} : { branch: headBranch }),
    ...(repositoryName === null ? {} : { repository: repositoryName }),
  }
  const work = own?.filter(({ parents }) => parents < 2) ?? []
  // What a merge brings reached the branch itself; a squash merge's own commits did not.
  const commits = tip.parents > 1 ? { commits: work.map(({ message }) => message) } : {}
  return onBranch.flatMap(({ message }, index) =>
    readRevertClaims({ ...shared, message, ...(index === 0 ? commits : {}) }, recording.pseudonyms),
  )
}
