import {
  type Account,
  type Commit,
  type Identity,
  type KnownMarks,
  ownIdentity,
  withholdBranch,
  withholdDescription,
  withholdNote,
  withholdText,
} from '../provenance/index.ts'
import { isLongLivedBranch } from './long-lived-branch.ts'
import type { Pseudonyms } from './pseudonyms.ts'
import type { Actor, PullRequestRecord, RecordedCommit, RecordedIdentity } from './record.ts'

/** By which marks texts are withheld, and with which key people are replaced. */
export interface Recording {
  readonly marks: KnownMarks
  readonly pseudonyms: Pseudonyms
}

/**
 * A commit as a record keeps it.
 *
 * @param seenAt when GitHub received the push that first brought it; null: not told
 */
export function recordCommit(
  commit: Commit & { readonly sha: string },
  seenAt: string | null,
  recording: Recording,
): RecordedCommit {
  const { sha, author, committer, authorAccount } = commit
  return {
    sha,
    parents: commit.parents ?? null,
    authoredAt: recordTime(commit.authoredAt),
    committedAt: recordTime(commit.committedAt),
    seenAt,
    author: author === undefined ? null : recordIdentity(author, recording),
    committer: committer === undefined ? null : recordIdentity(committer, recording),
    authorAccount: authorAccount === undefined ? null : recordActor(authorAccount, recording),
    verified: commit.verified ?? null,
    message: recordMessage(commit.message, recording),
    notes: recordNotes(commit.notes, recording),
  }
}

/** A self-declared identity: an AI tool's or a bot's own as it is, a person's as the key of the address. */
export function recordIdentity(identity: Identity, recording: Recording): RecordedIdentity {
  const own = ownIdentity(identity, recording.marks, recording.pseudonyms.person)
  return own === undefined
    ? { kind: 'person', person: recording.pseudonyms.person(identity.email) }
    : { kind: 'known', ...own }
}

/** An account as GitHub tells it; undefined for a deleted one. What the registry knows is a bot, whatever GitHub says. */
export function recordActor(account: Account | undefined, recording: Recording): Actor {
  if (account === undefined) return { kind: 'unknown' }
  const { marks, pseudonyms } = recording
  const { id, login, bot } = account
  const known = [marks.authors, marks.coAuthors].some(
    (index) => index.match('', account).length > 0,
  )
  return bot || known
    ? { kind: 'bot', id, login, app: bot }
    : { kind: 'person', person: pseudonyms.person(id) }
}

/**
 * A pull request's description reduced to its marks.
 *
 * @param editedAt last edit by a person; null: never
 */
export function recordDescription(
  text: string,
  editedAt: string | null,
  { marks, pseudonyms }: Recording,
): PullRequestRecord['description'] {
  return { marks: withholdDescription(text, marks, pseudonyms.person), editedAt }
}

/** A commit message with its marks and trailers alone, people as keys. */
export function recordMessage(message: string, { marks, pseudonyms }: Recording): string {
  return withholdText(message, marks, pseudonyms.person)
}

/** A branch's name where it is long-lived, as far as it is a tool's mark or a revert's; else null. */
export function recordHeadBranch(
  name: string,
  { marks }: Recording,
): { name: string | null; longLived: boolean | null } {
  const longLived = isLongLivedBranch(name)
  return { name: longLived ? name : (withholdBranch(name, marks) ?? null), longLived }
}

/** A time as records write it: UTC to the second or, where they are told, milliseconds; null outside the years 0 to 9999. */
export function recordTime(milliseconds: number | undefined): string | null {
  if (milliseconds === undefined || !(milliseconds >= earliest && milliseconds <= latest)) {
    return null
  }
  return new Date(milliseconds).toISOString().replace('.000Z', 'Z')
}

const earliest = Date.parse('0000-01-01T00:00:00Z')
const latest = Date.parse('9999-12-31T23:59:59.999Z')

function recordNotes(
  notes: ReadonlyMap<string, string> | undefined,
  { marks }: Recording,
): Record<string, string> {
  const reduced = Array.from(notes ?? [], ([ref, text]) => [ref, withholdNote(ref, text, marks)])
  return Object.fromEntries(reduced.filter(([, text]) => text !== ''))
}
