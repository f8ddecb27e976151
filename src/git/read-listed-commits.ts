import type { Commit } from '../provenance/index.ts'
import { GitError } from './git-error.ts'
import type { Repository } from './open-repository.ts'
import { readRecords } from './read-records.ts'
import { type GitLimits, streamGit } from './stream-git.ts'

/** A commit as a clone has it. */
export type ClonedCommit = Commit & { readonly sha: string; readonly parents: number }

/**
 * Arguments before any subcommand that reads commits by their full ids: without them git looks for a ref of each id's
 * name.
 */
export const BY_ID = ['-c', 'core.warnAmbiguousRefs=false'] as const

/** Ids in one git's input: few enough that what is known of each does not fill the memory. */
export const BATCH = 10_000

/** Cuts a list into parts. */
export function* inBatches<T>(list: readonly T[], size = BATCH): Generator<T[], void, undefined> {
  for (let start = 0; start < list.length; start += size) yield list.slice(start, start + size)
}

/** Ids as git reads them from its standard input: a command line has not room for many. */
export function asLines(ids: readonly string[]): string {
  return ids.map((id) => `${id}\n`).join('')
}

const FIELDS = ['%H', '%P', '%an', '%ae', '%at', '%cn', '%ce', '%ct', '%B'] as const

/**
 * Reads commits that are named by their full ids, in that order, with their authorship notes: one git for hundreds.
 *
 * @throws GitError `failed` when one is not in the clone
 */
export async function* readListedCommits(
  repository: Repository,
  ids: readonly string[],
  limits: GitLimits,
): AsyncGenerator<ClonedCommit, void, undefined> {
  for (const batch of inBatches(ids)) {
    const notes = await readNotes(repository, batch, limits)
    const fields = log(repository, batch, FIELDS, [], limits)
    for await (const records of readRecords(fields, FIELDS.length)) {
      for (const record of records) {
        const commit = toCommit(record)
        const found = notes.get(commit.sha)
        yield found === undefined ? commit : { ...commit, notes: found }
      }
    }
  }
}

/** Notes by commit and by ref; each ref is read by itself, since git writes those of several as one text. */
async function readNotes(
  repository: Repository,
  ids: readonly string[],
  limits: GitLimits,
): Promise<Map<string, Map<string, string>>> {
  const notes = new Map<string, Map<string, string>>()
  for (const ref of repository.notesRefs) {
    const pairs = log(repository, ids, ['%H', '%N'], [`--notes=${ref}`], limits)
    for await (const records of readRecords(pairs, 2)) {
      for (const [id = '', note = ''] of records) {
        if (note === '') continue
        const found = notes.get(id) ?? new Map<string, string>()
        notes.set(id, found.set(ref, note))
      }
    }
  }
  return notes
}

function log(
  repository: Repository,
  ids: readonly string[],
  fields: readonly string[],
  options: readonly string[],
  limits: GitLimits,
): AsyncGenerator<Buffer, void, undefined> {
  const args = [...BY_ID, 'log', '-z', '--no-walk=unsorted', '--no-patch', ...LOG_OPTIONS]
  const format = `--format=tformat:${fields.join('%x00')}`
  return streamGit(repository, [...args, ...options, format, '--stdin', '--'], limits, {
    input: asLines(ids),
  })
}

/** What the clone's configuration would otherwise choose. */
export const LOG_OPTIONS = [
  '--encoding=UTF-8',
  '--no-color',
  '--no-decorate',
  '--no-mailmap',
  '--no-show-signature',
  '--no-ext-diff',
  '--no-textconv',
  '--no-notes',
] as const

/** Made field by field: on a long history, spreading costs more than all the parsing. */
function toCommit(record: readonly string[]): ClonedCommit {
  const [sha = '', parents = '', name = '', email = '', authored = ''] = record
  const [, , , , , committerName = '', committerEmail = '', committed = '', message = ''] = record
  if (!/^[0-9a-f]{40,64}$/.test(sha)) {
    throw new GitError('failed', 'git log wrote what is no commit; run "git fsck" in the clone')
  }
  const commit: { -readonly [Member in keyof ClonedCommit]: ClonedCommit[Member] } = {
    sha,
    message,
    author: { name, email },
    committer: { name: committerName, email: committerEmail },
    parents: parents === '' ? 0 : (parents.length + 1) / (sha.length + 1),
  }
  const authoredAt = milliseconds(authored)
  if (authoredAt !== undefined) commit.authoredAt = authoredAt
  const committedAt = milliseconds(committed)
  if (committedAt !== undefined) commit.committedAt = committedAt
  return commit
}

/** Furthest instant that a Date holds, milliseconds. */
const MAX_TIME = 8.64e15

/** Git writes seconds, whatever the commit claims; nothing where the claim is no number. */
export function milliseconds(seconds: string): number | undefined {
  const time = Number(seconds) * 1000
  return seconds !== '' && Math.abs(time) <= MAX_TIME ? time : undefined
}
