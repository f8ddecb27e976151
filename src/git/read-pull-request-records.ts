import type { DeliveryRecord, Recording } from '../delivery/index.ts'
import { ContentMatches, type OpenRevert } from './content-matches.ts'
import { findLandings } from './find-landings.ts'
import { findTrackedBranch } from './find-tracked-branch.ts'
import type { Repository } from './open-repository.ts'
import { OwnCommitFinder } from './own-commits.ts'
import { PULL_REQUEST_REFS, readPullRequestRefs } from './pull-request-refs.ts'
import { readAhead } from './read-ahead.ts'
import { type BranchHistory, readBranchHistory } from './read-branch-history.ts'
import { readCommitGraph } from './read-commit-graph.ts'
import { inBatches } from './read-listed-commits.ts'
import { type Part, readParts } from './read-parts.ts'
import { readShallowBoundary } from './read-shallow-boundary.ts'
import { readUnitSizes, type UnitSize } from './read-unit-sizes.ts'
import { type RecordSource, recordBranchCommit, recordPullRequest } from './record-landed.ts'
import { selectUnits, type Unit } from './select-units.ts'
import type { GitLimits } from './stream-git.ts'

export interface ReadRecordsOptions extends GitLimits {
  readonly recording: Recording
  /** When this reading takes place, UTC, ISO 8601. */
  readonly readAt: string
  /** Default: the default branch. */
  readonly branch?: string
  /** Only what reached the branch at this time or later; ISO 8601. */
  readonly since?: string
  /** Only what reached the branch before this time; ISO 8601. */
  readonly until?: string
  /** owner/name */
  readonly repositoryName?: string
  /** Told after each part how many commits of the branch are done, and of how many. */
  readonly onProgress?: (done: number, total: number) => void
}

/** How many gits search at once. */
const SEARCHES = 4

/**
 * Streams what a clone knows of the pull requests that reached a branch, and of the commits that came with none and say that
 * they revert something: the last one first, and at the end those reverts whose words lead nowhere. Pull requests that did not reach it are not told: whether one is open, closed or
 * went elsewhere is nowhere in a clone. Memory grows by some hundred bytes a commit.
 *
 * @throws GitError as `readCommits` does; `bad-revision` when there is no such branch
 * @throws TypeError when `since` or `until` is no time
 */
export async function* readPullRequestRecords(
  repository: Repository,
  options: ReadRecordsOptions,
): AsyncGenerator<DeliveryRecord, void, undefined> {
  const { recording, readAt, repositoryName = null, onProgress } = options
  const limits = limitsOf(options)
  const branch = await findTrackedBranch(repository, options.branch, limits)
  const refs = await readPullRequestRefs(repository, limits)
  const anyRefs = refs.heads.size + refs.trialMerges.size > 0
  const patterns = anyRefs ? PULL_REQUEST_REFS : []
  const graph = await readCommitGraph(repository, branch.tip, patterns, limits)
  const history = await readBranchHistory(repository, graph, branch.tip, limits)
  const boundary = new Set(
    (await readShallowBoundary(repository, limits)).flatMap((id) => graph.find(id) ?? []),
  )
  const own = new OwnCommitFinder(graph, history.commits.toReversed(), boundary)
  const landings = await findLandings({ repository, graph, history, refs, own }, limits)
  const units = selectUnits(history, landings, options)
  const source: RecordSource = { graph, boundary, branch, recording, readAt, repositoryName }
  const cloned = { repository, graph, history, boundary, own }
  const parts = readAhead(readParts(cloned, units, limits))
  const sizes = readUnitSizes(cloned, units, limits)
  const matches = new ContentMatches(cloned, landings.values(), limits)
  const open: OpenRevert[] = []
  let done = 0
  try {
    for await (const part of parts) {
      for (const unit of part.units) {
        const size = (await sizes.next()).value
        const record = size === undefined ? undefined : toRecord(source, history, part, unit, size)
        if (record === undefined) continue
        matches.see(record)
        if (matches.isOpen(record, unit)) open.push({ record, unit, paths: size?.paths ?? [] })
        else yield record
      }
      done += part.units.length
      onProgress?.(done, units.length)
    }
    for (const some of inBatches(open, SEARCHES)) {
      yield* await Promise.all(some.map((revert) => matches.complete(revert)))
    }
  } finally {
    await sizes.return()
  }
}

function toRecord(
  source: RecordSource,
  history: BranchHistory,
  { commits, own }: Part,
  { position, length, landing }: Unit,
  size: UnitSize,
): DeliveryRecord | undefined {
  const ids = Array.from(history.commits.subarray(position, position + length), (commit) =>
    source.graph.id(commit),
  )
  const onBranch = ids.flatMap((id) => commits.get(id) ?? [])
  const [tip] = onBranch
  if (tip === undefined) return undefined
  if (landing === undefined) return recordBranchCommit(source, tip, size.size)
  return recordPullRequest(source, {
    ...size,
    landing,
    tip,
    onBranch,
    own: own.get(landing.number),
    commits,
  })
}

function limitsOf({ inactivityMs, signal }: GitLimits): GitLimits {
  return {
    ...(inactivityMs === undefined ? {} : { inactivityMs }),
    ...(signal === undefined ? {} : { signal }),
  }
}
