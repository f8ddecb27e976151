import { devNull } from 'node:os'
import { changedWhileRead } from './changed-while-read.ts'
import { commitsWithoutBlobs, readMissingObjects } from './commits-without-blobs.ts'
import { isMissingObject } from './is-missing-object.ts'
import type { ObjectIds } from './object-ids.ts'
import type { Repository } from './open-repository.ts'
import { readInTurn } from './read-in-turn.ts'
import { asLines, BY_ID, inBatches, LOG_OPTIONS } from './read-listed-commits.ts'
import { readRecords } from './read-records.ts'
import { type GitLimits, type GitLocation, type GitStreams, streamGit } from './stream-git.ts'

/** Lines of one file in a difference; none for a binary one. */
export interface FileSize {
  readonly path: string
  readonly additions: number
  readonly deletions: number
}

/** Size of one commit against its first parent; null: a file of it is not in the clone. */
export interface CommitSize {
  readonly id: string
  readonly files: readonly FileSize[] | null
}

/**
 * Reads the sizes of commits of one branch: `ids` follow each other by first parent, newest first. Merges are compared with
 * their first parent, a renamed file counts as one deleted and one added (what git takes for a rename depends on its
 * version and settings), and attributes of a checked-out tree do not matter, so that every clone
 * gives the same. In a clone that lacks files, the sizes of the commits that need them are null, and no others.
 */
export async function* readSizes(
  repository: Repository,
  ids: readonly string[],
  limits: GitLimits,
): AsyncGenerator<CommitSize, void, undefined> {
  let missing: Promise<ObjectIds> | undefined
  const findMissing = () => (missing ??= readMissingObjects(repository, ids, limits))
  const parts = function* () {
    for (const part of inBatches(ids, PART)) yield readPart(repository, part, findMissing, limits)
  }
  yield* readInTurn(parts())
}

/**
 * Commits that one git reads, while the next one is at work already: comparing trees is what takes the longest. Each has to
 * find its way into the objects anew, which costs a seventh of its time.
 */
const PART = 4_000
/** Bytes by which a git may be ahead: most parts have less. */
const AHEAD = 4 * 1024 * 1024

async function* readPart(
  repository: Repository,
  ids: readonly string[],
  findMissing: () => Promise<ObjectIds>,
  limits: GitLimits,
): AsyncGenerator<CommitSize, void, undefined> {
  const [newest] = ids
  if (newest === undefined) return
  const args = [...numstat, `--max-count=${ids.length}`, '--end-of-options', newest, '--']
  let done = 0
  try {
    for await (const size of readNumstat(repository, args, limits, { ahead: AHEAD })) {
      yield checked(size, ids[done])
      done += 1
    }
  } catch (error) {
    if (!isMissingObject(error)) throw error
    yield* readPresentSizes(repository, ids.slice(done), await findMissing(), limits)
    return
  }
  if (done < ids.length) throw changedWhileRead()
}

/** Size of all that two commits differ in. */
export async function readDifference(
  repository: Repository,
  from: string,
  to: string,
  limits: GitLimits,
): Promise<readonly FileSize[] | null> {
  const options = ['-z', '--numstat', ...diffOptions]
  const args = ['diff', ...options, '--end-of-options', from, to, '--']
  const files: FileSize[] = []
  try {
    for await (const entry of readEntries(repository, [...SETTINGS, ...args], limits)) {
      if (typeof entry !== 'string') files.push(entry)
    }
  } catch (error) {
    if (isMissingObject(error)) return null
    throw error
  }
  return files
}

/** What the clone's or the user's configuration would otherwise choose. */
const SETTINGS = [
  ...BY_ID,
  '-c',
  `core.attributesFile=${devNull}`,
  '-c',
  'log.diffMerges=first-parent',
  '-c',
  'log.showRoot=true',
]

const diffOptions = [
  '--no-renames',
  `-O${devNull}`,
  '--diff-algorithm=myers',
  '--ignore-submodules=none',
  '--submodule=short',
  '--no-relative',
  '--no-ext-diff',
  '--no-textconv',
]

/** For the whole differences of commits that touch some files from their first parents, without context. */
export const PATCH_ARGUMENTS = [
  ...SETTINGS,
  '--literal-pathspecs',
  '-c',
  'core.quotePath=false',
  'log',
  '--first-parent',
  '-m',
  '--full-diff',
  '--patch',
  '--unified=0',
  '--src-prefix=a/',
  '--dst-prefix=b/',
  ...LOG_OPTIONS,
  ...diffOptions,
]

const numstat = [
  ...SETTINGS,
  'log',
  '-z',
  '--first-parent',
  '-m',
  '--numstat',
  ...LOG_OPTIONS,
  ...diffOptions,
  '--format=tformat:%H',
]

/** Sizes of those commits whose files are all in the clone. */
async function* readPresentSizes(
  repository: Repository,
  ids: readonly string[],
  missing: ObjectIds,
  limits: GitLimits,
): AsyncGenerator<CommitSize, void, undefined> {
  const without = await commitsWithoutBlobs(repository, ids, missing, limits)
  const present = ids.filter((id) => !without.has(id))
  const args = [...numstat, '--no-walk=unsorted', '--stdin', '--']
  const sizes = readNumstat(repository, args, limits, { input: asLines(present), ahead: AHEAD })
  try {
    for (const id of ids) {
      if (without.has(id)) yield { id, files: null }
      else yield checked((await sizes.next()).value ?? undefined, id)
    }
  } finally {
    await sizes.return()
  }
}

function checked(size: CommitSize | undefined, id: string | undefined): CommitSize {
  if (size === undefined || size.id !== id) throw changedWhileRead()
  return size
}

/** A commit is given when the next one begins, since git may break off inside. */
async function* readNumstat(
  repository: Repository,
  args: readonly string[],
  limits: GitLimits,
  streams: GitStreams,
): AsyncGenerator<CommitSize, void, undefined> {
  let current: { id: string; files: FileSize[] } | undefined
  for await (const entry of readEntries(repository, args, limits, streams)) {
    if (typeof entry !== 'string') {
      current?.files.push(entry)
      continue
    }
    if (current !== undefined) yield current
    current = { id: entry, files: [] }
  }
  if (current !== undefined) yield current
}

/** Ids of commits, and the files that follow each. */
async function* readEntries(
  repository: Repository,
  args: readonly string[],
  limits: GitLimits,
  streams: GitStreams = {},
): AsyncGenerator<string | FileSize, void, undefined> {
  // Attributes are read from the files of the checked-out tree; inside the repository itself there are none.
  const location: GitLocation = { ...repository, directory: repository.gitDirectory }
  for await (const fields of readRecords(streamGit(location, args, limits, streams), 1)) {
    for (const [field = ''] of fields) {
      const [, additions, deletions, path] = /^\n?(\d+|-)\t(\d+|-)\t(.*)$/s.exec(field) ?? []
      if (additions === undefined || deletions === undefined || path === undefined) yield field
      else yield { path, additions: lineCount(additions), deletions: lineCount(deletions) }
    }
  }
}

/** Git writes `-` for a binary file. */
function lineCount(text: string): number {
  return text === '-' ? 0 : Number(text)
}
