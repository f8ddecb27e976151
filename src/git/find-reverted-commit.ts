import { devNull } from 'node:os'
import { type ChangedLines, fileKind, findInverse, parsePatch } from '../delivery/index.ts'
import { isMissingObject } from './is-missing-object.ts'
import type { Repository } from './open-repository.ts'
import { readRecords } from './read-records.ts'
import { type GitLimits, streamGit } from './stream-git.ts'

/** The commit whose difference a revert takes back, and how much of it. */
export interface RevertedCommit {
  readonly sha: string
  /** Share of its lines that are undone. */
  readonly coverage: number
  /** Share of the revert's lines that do so. */
  readonly purity: number
}

/** Differences are looked at from this time before the revert on, as titles are. */
const windowDays = 90
/** Newest commits on the same files that are looked at: a file that changes daily would cost minutes. */
const mostCandidates = 300
/** The paths that select them; a revert of more files is found by these. */
const mostPaths = 20
/** A larger difference is a vendored tree or a moved one, and none that a revert is looked for in. */
const longestPatch = 4 * 1024 * 1024

const patch = [
  '-c',
  `core.attributesFile=${devNull}`,
  '-c',
  'core.quotePath=false',
  'log',
  '-p',
  '--unified=0',
  '--first-parent',
  '-m',
  '--no-renames',
  '--no-ext-diff',
  '--no-textconv',
  '--no-color',
  '--src-prefix=a/',
  '--dst-prefix=b/',
  '--diff-algorithm=myers',
]

/**
 * Finds what a commit takes back by its content alone: the one earlier commit of the same branch, of the last 90 days, whose
 * lines it undoes. For reverts that name nothing that is found; costs about a second. In a clone that lacks files
 * the search ends at the newest commit that needs one. Null: none was found.
 *
 * @param sha the commit on the branch that says that it reverts
 * @throws GitError as `readCommits` does
 */
export async function findRevertedCommit(
  repository: Repository,
  sha: string,
  limits: GitLimits = {},
): Promise<RevertedCommit | null> {
  const [own] = await readPatches(repository, ['--max-count=1', '--end-of-options', sha], limits)
  if (own === undefined || own.changed.lines === 0) return null
  const since = Date.parse(own.committedAt) - windowDays * 86_400_000
  const paths = [...own.changed.paths].slice(0, mostPaths)
  const earlier = await readPatches(
    repository,
    [
      '--full-diff',
      `--max-count=${mostCandidates + 1}`,
      `--since=${new Date(since).toISOString()}`,
      '--end-of-options',
      sha,
      '--',
      ...paths.map((path) => `:(top,literal)${path}`),
    ],
    limits,
  )
  const found = findInverse(
    own.changed,
    earlier
      .filter((each) => each.sha !== own.sha)
      .map(({ sha: candidate, changed }) => ({ candidate, changed })),
  )
  if (found === null) return null
  return { sha: found.candidate, coverage: found.coverage, purity: found.purity }
}

interface Patch {
  readonly sha: string
  readonly committedAt: string
  readonly changed: ChangedLines
}

/** Newest first; ends early at a commit of which a file is not in the clone. */
async function readPatches(
  repository: Repository,
  args: readonly string[],
  limits: GitLimits,
): Promise<Patch[]> {
  const output = streamGit(repository, [...patch, '--format=%x00%H%x00%cI%x00', ...args], limits)
  const found: Patch[] = []
  try {
    for await (const records of readRecords(closed(output), 3))
      for (const [sha = '', committedAt = '', text = ''] of records)
        if (text.length <= longestPatch)
          found.push({ sha, committedAt, changed: parsePatch(text, isCounted) })
  } catch (error) {
    if (!isMissingObject(error)) throw error
  }
  return found
}

/** A NUL begins each commit here: without the first one and with one at the end, NULs end the fields. */
async function* closed(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let begun = false
  for await (const chunk of chunks) {
    yield begun ? chunk : chunk.subarray(1)
    begun = true
  }
  if (begun) yield Buffer.from([0])
}

function isCounted(path: string): boolean {
  return fileKind(path) === 'counted'
}
