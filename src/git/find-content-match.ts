import {
  type ChangedLines,
  fileKind,
  findInverse,
  type Inverse,
  parsePatch,
} from '../delivery/index.ts'
import { isMissingObject } from './is-missing-object.ts'
import type { Repository } from './open-repository.ts'
import { PATCH_ARGUMENTS } from './read-sizes.ts'
import { type GitLimits, type GitLocation, streamGit } from './stream-git.ts'

/** Candidates that are looked at: the latest ones that touch the same files. */
const MAX_CANDIDATES = 12
/** Bytes of all differences that are read for one revert. */
const MAX_BYTES = 8 * 1024 * 1024
/** Bytes of a revert's own difference; a larger one is left open. */
const MAX_REVERT = 256 * 1024
/** Bytes that names of files and headers may add to a difference. */
const SLACK = 10_000
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
): Promise<Match | undefined> {
  if (revert.paths.length === 0) return undefined
  let own: ChangedLines | undefined
  let best: Match | undefined
  // What is so much more than the revert is not taken back by it.
  const limit = { bytes: MAX_REVERT }
  try {
    for await (const { sha, patch } of readPatches(repository, revert, limit, limits)) {
      const changed = parsePatch(patch, isCounted)
      if (own === undefined) {
        if (sha !== revert.sha) return undefined
        own = changed
        limit.bytes = 2 * patch.length + SLACK
        continue
      }
      const match = findInverse(own, [{ candidate: sha, changed }])
      if (match === null || closeness(match) <= (best === undefined ? 0 : closeness(best))) continue
      best = { sha, coverage: match.coverage, purity: match.purity }
      if (closeness(best) === 1) break
    }
  } catch (error) {
    if (!isMissingObject(error)) throw error
  }
  return best
}

export interface Match extends Inverse {
  readonly sha: string
}

/** Both shares in one: a small change inside a large one that was undone does not win over the large one. */
function closeness({ coverage, purity }: Inverse): number {
  return coverage * purity
}

interface Patch {
  readonly sha: string
  readonly patch: string
}

/** Stands before each commit; no text has it, only a file that wants to. */
const MARK = Buffer.from([0, 0])

/**
 * Differences of the revert and then of the candidates, the latest first, from their first parents; without those that are
 * longer than the limit is when they come.
 */
async function* readPatches(
  repository: Repository,
  { sha, committedAt, paths }: Revert,
  limit: { readonly bytes: number },
  limits: GitLimits,
): AsyncGenerator<Patch, void, undefined> {
  const since = new Date(committedAt - DAYS * 86_400_000).toISOString()
  // Of all files that a candidate changes: one that did much else was not taken back whole.
  const bounds = ['--full-diff', `--max-count=${MAX_CANDIDATES + 1}`, `--since=${since}`]
  const format = '--format=tformat:%x00%x00%H'
  const args = [...PATCH_ARGUMENTS, ...bounds, format, '--end-of-options', sha, '--', ...paths]
  // Attributes are read from the files of the checked-out tree; inside the repository itself there are none.
  const location: GitLocation = { ...repository, directory: repository.gitDirectory }
  let pieces: Buffer[] = []
  let length = 0
  let bytes = 0
  let cut: Buffer = EMPTY
  for await (const chunk of streamGit(location, args, limits)) {
    bytes += chunk.length
    if (bytes > MAX_BYTES) return
    let rest = cut.length === 0 ? chunk : Buffer.concat([cut, chunk])
    for (let end = rest.indexOf(MARK); end !== -1; end = rest.indexOf(MARK)) {
      pieces.push(rest.subarray(0, end))
      length += end
      if (length <= limit.bytes) yield* toPatch(pieces)
      pieces = []
      length = 0
      rest = rest.subarray(end + MARK.length)
    }
    // The mark itself may be cut in two.
    cut = rest.at(-1) === 0 ? rest.subarray(-1) : EMPTY
    const piece = rest.subarray(0, rest.length - cut.length)
    length += piece.length
    if (length <= limit.bytes) pieces.push(piece)
    else pieces = []
  }
  if (length <= limit.bytes) yield* toPatch(pieces)
}

const EMPTY: Buffer = Buffer.alloc(0)

/** None where there is no commit before the first mark. */
function* toPatch(pieces: readonly Buffer[]): Generator<Patch, void, undefined> {
  const text = Buffer.concat(pieces).toString('utf8')
  const end = text.indexOf('\n')
  const sha = text.slice(0, end)
  if (/^[0-9a-f]{40,64}$/.test(sha)) yield { sha, patch: text.slice(end) }
}

function isCounted(path: string): boolean {
  return fileKind(path) === 'counted'
}
