import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Commit } from '../provenance/index.ts'
import { GitError, quotable } from './git-error.ts'
import type { Repository } from './open-repository.ts'
import { readRecords } from './read-records.ts'
import { type GitLimits, runGit, streamGit } from './stream-git.ts'

export interface ReadOptions extends GitLimits {
  /**
   * What to read, as git names revisions: `main`, `v1..v2`, `^main`, `topic`. Never options: `--all` is an unknown
   * revision. Default, also for none: HEAD.
   */
  readonly revisions?: readonly string[]
}

/**
 * Streams the commits that `git log` lists, newest first, at the reader's pace. The message is git's `%B`, re-encoded by
 * the commit's own `encoding`; identities and dates are as written, without mailmap, replacements and grafts.
 *
 * @throws GitError `bad-revision`; `silent`, `too-large` and `failed` also after commits were given
 */
export async function* readCommits(
  repository: Repository,
  options: ReadOptions = {},
): AsyncGenerator<Commit, void, undefined> {
  for await (const commits of readCommitBatches(repository, options)) {
    for (const commit of commits) yield commit
  }
}

/** As `readCommits`, but gives the commits that git wrote in one piece together; never none. */
export async function* readCommitBatches(
  repository: Repository,
  { revisions = [], ...limits }: ReadOptions = {},
): AsyncGenerator<Commit[], void, undefined> {
  const wanted = revisions.length > 0 ? revisions : ['HEAD']
  for (const revision of wanted) checkRevision(revision)
  const [notesRef, ...otherRefs] = repository.notesRefs
  const boundary = await readBoundary(repository, limits)
  const fields = notesRef === undefined ? COMMIT_FIELDS : [...COMMIT_FIELDS, NOTE]
  const log = streamGit(repository, logArguments(fields, notesRef, wanted), limits)
  const others = otherRefs.map((ref) => new NotesReader(repository, ref, wanted, limits))
  try {
    for await (const records of readRecords(log, fields.length)) {
      const batch: Commit[] = []
      for (const record of records) {
        checkId(record[0], repository)
        const commit = toCommit(record, boundary)
        if (notesRef !== undefined) {
          const notes = new Map<string, string>()
          const note = record[COMMIT_FIELDS.length]
          if (note) notes.set(notesRef, note)
          for (const other of others) await other.addTo(notes, record[0] ?? '')
          if (notes.size > 0) commit.notes = notes
        }
        batch.push(commit)
      }
      yield batch
    }
  } catch (error) {
    throw explain(error, wanted)
  } finally {
    for (const other of others) await other.close()
  }
}

const COMMIT_FIELDS = ['%H', '%P', '%an', '%ae', '%at', '%cn', '%ce', '%ct', '%B'] as const
const NOTE = '%N'

function logArguments(
  fields: readonly string[],
  notesRef: string | undefined,
  revisions: readonly string[],
): string[] {
  return [
    'log',
    '-z',
    '--encoding=UTF-8',
    '--no-color',
    '--no-decorate',
    '--no-mailmap',
    '--no-show-signature',
    '--no-patch',
    '--no-ext-diff',
    '--no-textconv',
    '--no-notes',
    ...(notesRef === undefined ? [] : [`--notes=${notesRef}`]),
    `--format=tformat:${fields.join('%x00')}`,
    '--end-of-options',
    ...revisions,
    '--',
  ]
}

/** Made field by field: on a long history, spreading costs more than all the parsing. */
function toCommit(record: readonly string[], boundary: ReadonlySet<string>): Building {
  const [sha = '', parents = '', name = '', email = '', authored = ''] = record
  const [, , , , , committerName = '', committerEmail = '', committed = '', message = ''] = record
  const commit: Building = {
    sha,
    message,
    author: { name, email },
    committer: { name: committerName, email: committerEmail },
  }
  const authoredAt = milliseconds(authored)
  if (authoredAt !== undefined) commit.authoredAt = authoredAt
  const committedAt = milliseconds(committed)
  if (committedAt !== undefined) commit.committedAt = committedAt
  if (!boundary.has(sha)) commit.parents = countParents(parents, sha)
  return commit
}

type Building = { -readonly [Member in keyof Commit]: Commit[Member] }

/** Ids of one length, with a space between them. */
function countParents(parents: string, sha: string): number {
  return parents === '' ? 0 : (parents.length + 1) / (sha.length + 1)
}

/** Furthest instant that a Date holds, milliseconds. */
const MAX_TIME = 8.64e15

/** Git writes seconds, whatever the commit claims; nothing where the claim is no number. */
function milliseconds(seconds: string): number | undefined {
  const time = Number(seconds) * 1000
  return seconds !== '' && Math.abs(time) <= MAX_TIME ? time : undefined
}

/** Commits whose parents a shallow clone does not have: git shows them as if they had none. */
async function readBoundary(
  repository: Repository,
  limits: GitLimits,
): Promise<ReadonlySet<string>> {
  if (!repository.shallow) return new Set()
  const path = await runGit(repository, ['rev-parse', '--git-path', 'shallow'], limits)
  const file = join(repository.directory, path.replace(/\n$/, ''))
  return new Set((await readFile(file, 'utf8')).split('\n'))
}

/** Whatever shifted the fields of one commit, no other would be taken for it. */
function checkId(id: string | undefined, { objectFormat }: Repository): void {
  if (id?.length === (objectFormat === 'sha1' ? 40 : 64)) return
  throw new GitError('failed', 'git log wrote what is no commit; run "git fsck" in the clone')
}

function checkRevision(revision: string): void {
  // After "--" git reads paths, also behind --end-of-options.
  if (revision === '' || revision === '--' || revision.includes('\0')) {
    throw new GitError(
      'bad-revision',
      `${JSON.stringify(revision)} is no revision; name a branch, a tag, a commit or a range`,
    )
  }
}

function explain(error: unknown, revisions: readonly string[]): unknown {
  if (!(error instanceof GitError) || error.reason !== 'failed') return error
  const { stderr } = error
  const known = /bad (?:revision|object)|unknown revision|ambiguous argument|have any commits yet/
  if (!known.test(stderr)) return error
  return new GitError(
    'bad-revision',
    `${quotable(revisions.join(' '))} is not in this clone: name a branch, a tag, a commit or a range, ` +
      'or fetch it first',
    { cause: error, stderr },
  )
}

/** Reads a further notes ref beside the main log: git writes the notes of several refs as one text. */
class NotesReader {
  readonly #ref: string
  readonly #pairs: AsyncGenerator<readonly string[], void, undefined>

  constructor(
    repository: Repository,
    ref: string,
    revisions: readonly string[],
    limits: GitLimits,
  ) {
    this.#ref = ref
    this.#pairs = flatten(
      readRecords(streamGit(repository, logArguments(['%H', NOTE], ref, revisions), limits), 2),
    )
  }

  /** Adds the note of the next commit, which must be `sha`. */
  async addTo(notes: Map<string, string>, sha: string): Promise<void> {
    const next = await this.#pairs.next()
    const [found, note] = next.value ?? []
    if (found !== sha) {
      throw new GitError('failed', 'the clone changed while it was read; run the command again')
    }
    if (note) notes.set(this.#ref, note)
  }

  async close(): Promise<void> {
    await this.#pairs.return()
  }
}

async function* flatten<T>(
  batches: AsyncIterable<readonly T[]>,
): AsyncGenerator<T, void, undefined> {
  for await (const batch of batches) yield* batch
}
