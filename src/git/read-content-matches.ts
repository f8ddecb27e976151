import { type ChangedLines, fileKind, findInverse, parsePatch } from '../delivery/index.ts'
import { isMissingObject } from './is-missing-object.ts'
import type { Repository } from './open-repository.ts'
import { PATCH_ARGUMENTS } from './read-sizes.ts'
import { type GitLimits, type GitLocation, streamGit } from './stream-git.ts'

/** Candidates that are looked at: the latest ones that touch the same files. */
const MAX_CANDIDATES = 12
/** Bytes of differences that are read for one revert. */
const MAX_BYTES = 4 * 1024 * 1024
/** Half of all reverts come within a day, 99 % within this. */
const DAYS = 90

export interface Revert {
  /** The commit on the branch. */
  readonly sha: string
  /** Milliseconds since the epoch. */
  readonly committedAt: number
  /** Some of the files that it changes. */
  readonly paths: readonly string[]
}

/**
 * Looks for the commit that a revert takes back by what the two change, for reverts that do not say it in a way that can be
 * followed: among the latest commits of the branch that touch the same files. One git; nothing is found where the clone
 * lacks the files.
 */
export async function findContentMatch(
  repository: Repository,
  revert: Revert,
  limits: GitLimits,
): Promise<{ readonly sha: string; readonly coverage: number } | undefined> {
  if (revert.paths.length === 0) return undefined
  try {
    const [own, ...candidates] = await readPatches(repository, revert, limits)
    if (own?.candidate !== revert.sha) return undefined
    const match = findInverse(own.changed, candidates)
    return match === null ? undefined : { sha: match.candidate, coverage: match.coverage }
  } catch (error) {
    if (isMissingObject(error)) return undefined
    throw error
  }
}

interface Patch {
  readonly candidate: string
  readonly changed: ChangedLines
}

/** Differences of the revert and of the candidates from their first parents; fewer where they are too long in all. */
async function readPatches(
  repository: Repository,
  { sha, committedAt, paths }: Revert,
  limits: GitLimits,
): Promise<Patch[]> {
  const since = new Date(committedAt - DAYS * 86_400_000).toISOString()
  const bounds = [`--max-count=${MAX_CANDIDATES + 1}`, `--since=${since}`]
  const format = '--format=tformat:%x00%x00%H'
  const args = [...PATCH_ARGUMENTS, ...bounds, format, '--end-of-options', sha, '--', ...paths]
  // Attributes are read from the files of the checked-out tree; inside the repository itself there are none.
  const location: GitLocation = { ...repository, directory: repository.gitDirectory }
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of streamGit(location, args, limits)) {
    chunks.push(chunk)
    bytes += chunk.length
    if (bytes > MAX_BYTES) break
  }
  const [, ...texts] = Buffer.concat(chunks)
    .toString('utf8')
    .split(/\0\0(?=[0-9a-f]{40,64}\n)/)
  // What was broken off is no difference to compare with.
  if (bytes > MAX_BYTES) texts.pop()
  return texts.map((text) => {
    const end = text.indexOf('\n')
    return { candidate: text.slice(0, end), changed: parsePatch(text.slice(end), isCounted) }
  })
}

function isCounted(path: string): boolean {
  return fileKind(path) === 'counted'
}
