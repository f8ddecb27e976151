import { compare } from './canonical-text.ts'
import { earliest, known, knownActor } from './merge-lists.ts'
import type { PartMerger } from './part-merger.ts'
import type { PullRequestRecord, RecordedCommit } from './record.ts'

/**
 * The commits that the newest reading found on the head, each with all that either side knows of it, and those that were
 * there once: their marks and dates were seen, and a force push does not undo that.
 */
export function mergeCommits(
  parts: PartMerger,
  one: PullRequestRecord,
  other: PullRequestRecord,
): Pick<PullRequestRecord, 'commits' | 'formerCommits'> {
  const seen = new Map<string, RecordedCommit>()
  for (const commit of [...commitsOf(one), ...commitsOf(other)]) {
    const before = seen.get(commit.sha)
    seen.set(commit.sha, before === undefined ? commit : joinCommits(before, commit))
  }
  const shas = parts.newest('commits', ({ commits }) => commits?.map(({ sha }) => sha))
  const current = shas?.flatMap((sha) => seen.get(sha) ?? []) ?? null
  const former = [...seen.values()]
    .filter(({ sha }) => shas?.includes(sha) !== true)
    .toSorted((first, second) => compare(first.sha, second.sha))
  return { commits: current, ...(former.length === 0 ? {} : { formerCommits: former }) }
}

function commitsOf({ commits, formerCommits }: PullRequestRecord): readonly RecordedCommit[] {
  return [...(commits ?? []), ...(formerCommits ?? [])]
}

function joinCommits(one: RecordedCommit, other: RecordedCommit): RecordedCommit {
  return {
    sha: one.sha,
    parents: known(one.parents, other.parents),
    authoredAt: known(one.authoredAt, other.authoredAt),
    committedAt: known(one.committedAt, other.committedAt),
    seenAt: earliest(one.seenAt, other.seenAt),
    author: known(one.author, other.author),
    committer: known(one.committer, other.committer),
    authorAccount: knownActor(one.authorAccount, other.authorAccount),
    verified: known(one.verified, other.verified),
    message: fullerMessage(one.message, other.message),
    notes: joinNotes(one.notes, other.notes),
  }
}

const withheldLine = /^…$/gm

/** A commit's text never changes: they differ only where a newer registry knew a mark that an older one withheld. */
function fullerMessage(one: string, other: string): string {
  const more = withheldLines(other) - withheldLines(one) || compare(one, other)
  return more >= 0 ? one : other
}

function withheldLines(message: string): number {
  return message.match(withheldLine)?.length ?? 0
}

function joinNotes(one: RecordedCommit['notes'], other: RecordedCommit['notes']) {
  const refs = [...new Set([...Object.keys(one), ...Object.keys(other)])].toSorted(compare)
  return Object.fromEntries(
    refs.map((ref) => [ref, longer(one[ref] ?? '', other[ref] ?? '')] as const),
  )
}

function longer(one: string, other: string): string {
  return (one.length - other.length || compare(one, other)) >= 0 ? one : other
}
