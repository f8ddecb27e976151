import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { existingNotes, readableNotes } from './find-notes.ts'
import { GitError, quotable } from './git-error.ts'
import { type Environment, type GitLimits, type GitLocation, runGit } from './stream-git.ts'

/** A clone that git can read, and how much of its history it holds. */
export interface Repository extends GitLocation {
  /** Absolute path of the repository itself: `.git`, or the bare clone. */
  readonly gitDirectory: string
  readonly bare: boolean
  /** History is cut off: commits at the boundary have parents that are not here. */
  readonly shallow: boolean
  /** Objects may be missing, to be fetched from a promisor remote when they are needed. They never are fetched here. */
  readonly partial: boolean
  /** The filters of the promisor remotes, as git writes them: `blob:none`, `tree:0`. */
  readonly filters: readonly string[]
  readonly objectFormat: 'sha1' | 'sha256'
  /** Of the notes refs asked for, those that exist here with all their notes. */
  readonly notesRefs: readonly string[]
  /** What this clone cannot tell, a sentence each with what to do about it. */
  readonly warnings: readonly string[]
}

export interface OpenOptions extends GitLimits {
  readonly environment: Environment
  /** Full names of the notes refs to read. Default: git-ai's, `refs/notes/ai`. */
  readonly notesRefs?: readonly string[]
}

/** The first git with everything that is asked of it here. */
const OLDEST_GIT = [2, 30] as const

/**
 * Finds the repository that a directory is, or is in, by the git that is installed. Reads only: nothing in the clone is run,
 * nothing is fetched.
 *
 * @throws GitError `no-git`, `old-git`, `no-directory`, `no-repository`, `unsafe-ownership`, `no-commits`
 */
export async function openRepository(
  directory: string,
  { environment, notesRefs = ['refs/notes/ai'], ...limits }: OpenOptions,
): Promise<Repository> {
  const location: GitLocation = { directory: resolve(directory), environment }
  await checkDirectory(location.directory)
  // All at once, for each git takes a while to start.
  const questions = [
    checkVersion(location, limits),
    describe(location, limits),
    readPromisors(location, limits),
    checkCommits(location, limits),
    existingNotes(location, notesRefs, limits),
  ] as const
  await Promise.allSettled(questions)
  // The first failure in this order is thrown: a git that is missing or too old explains whatever else went wrong.
  const [, description, { partial, filters }, , existing] = await Promise.all(questions)
  const [bare, shallow, objectFormat, ...path] = description
  const notes = await readableNotes(location, existing, partial, limits)
  return {
    ...location,
    gitDirectory: path.join('\n').replace(/\n$/, ''),
    bare: bare === 'true',
    shallow: shallow === 'true',
    partial,
    filters,
    objectFormat: objectFormat === 'sha256' ? 'sha256' : 'sha1',
    notesRefs: notes.readable,
    warnings: [
      ...(shallow === 'true' ? [SHALLOW] : []),
      ...notes.incomplete.map(
        (ref) =>
          `the notes of ${ref} are not all in this partial clone and are not read; run ` +
          `"git fetch --refetch --no-filter origin ${ref}:${ref}" in it to get them`,
      ),
    ],
  }
}

const SHALLOW =
  'the clone is shallow, older commits are not in it; run "git fetch --unshallow" in it to get them'

async function checkDirectory(directory: string): Promise<void> {
  const shown = quotable(directory)
  let found: Awaited<ReturnType<typeof stat>>
  try {
    found = await stat(directory)
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
    if (code === 'ENOENT') {
      throw new GitError('no-directory', `${shown} does not exist; name the directory of a clone`, {
        cause,
      })
    }
    throw new GitError('no-directory', `${shown} cannot be opened (${String(code ?? cause)})`, {
      cause,
    })
  }
  if (!found.isDirectory()) {
    throw new GitError('no-directory', `${shown} is not a directory; name the directory of a clone`)
  }
}

async function checkVersion(location: GitLocation, limits: GitLimits): Promise<void> {
  const answer = await runGit(location, ['version'], limits)
  const [, major, minor] = /(\d+)\.(\d+)/.exec(answer) ?? []
  const version = [Number(major), Number(minor)] as const
  if (version[0] > OLDEST_GIT[0]) return
  if (version[0] === OLDEST_GIT[0] && version[1] >= OLDEST_GIT[1]) return
  throw new GitError(
    'old-git',
    `the git on the PATH is too old (${quotable(answer)}); install git ${OLDEST_GIT.join('.')} or later`,
  )
}

/** `true` or `false` for bare and for shallow, the object format, then the lines of the repository's absolute path. */
async function describe(location: GitLocation, limits: GitLimits): Promise<string[]> {
  const flags = [
    '--is-bare-repository',
    '--is-shallow-repository',
    '--show-object-format',
    '--absolute-git-dir',
  ]
  try {
    const answer = await runGit(location, ['rev-parse', ...flags], limits)
    return answer.split('\n')
  } catch (cause) {
    throw explain(cause, location.directory)
  }
}

function explain(cause: unknown, directory: string): unknown {
  if (!(cause instanceof GitError)) return cause
  const { stderr } = cause
  const shown = quotable(directory)
  if (/not a git repository/.test(stderr)) {
    return new GitError(
      'no-repository',
      `${shown} is not a git repository; name the directory of a clone`,
      { cause, stderr },
    )
  }
  // "unsafe repository" in the first releases that checked ownership (2.30.3 to 2.35.2).
  if (/dubious ownership|unsafe repository/.test(stderr)) {
    const command = /git config --global --add safe\.directory .+/.exec(stderr)?.[0]
    return new GitError(
      'unsafe-ownership',
      `${shown} belongs to another user, so git does not read it; if you trust it, run: ` +
        quotable(command ?? `git config --global --add safe.directory '${directory}'`),
      { cause, stderr },
    )
  }
  return new GitError('no-repository', `${shown} cannot be read: ${cause.message}`, {
    cause,
    stderr,
  })
}

async function checkCommits(location: GitLocation, limits: GitLimits): Promise<void> {
  const refs = await runGit(location, ['for-each-ref', '--count=1', '--format=%(refname)'], limits)
  if (refs !== '') return
  try {
    await runGit(location, ['rev-parse', '--verify', '--quiet', 'HEAD^{commit}'], limits)
  } catch (cause) {
    if (!(cause instanceof GitError) || cause.reason !== 'failed') throw cause
    throw new GitError(
      'no-commits',
      `${quotable(location.directory)} has no commits yet; name a clone with history`,
      { cause },
    )
  }
}

async function readPromisors(
  location: GitLocation,
  limits: GitLimits,
): Promise<{ partial: boolean; filters: string[] }> {
  const settings = await runGit(location, ['config', '-z', '--list'], limits)
  let partial = false
  const filters = new Set<string>()
  for (const setting of settings.split('\0')) {
    const [, name, value] = /^([^\n]*)\n?(.*)$/s.exec(setting) ?? []
    if (name === 'extensions.partialclone') partial = true
    if (name === undefined || !name.startsWith('remote.')) continue
    if (name.endsWith('.promisor') && value !== 'false') partial = true
    if (name.endsWith('.partialclonefilter') && value !== undefined) filters.add(value)
  }
  return { partial, filters: [...filters] }
}
