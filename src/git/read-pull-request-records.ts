import type { DeliveryRecord, Recording } from '../delivery/index.ts'
import { ContentMatches, type OpenRevert } from './content-matches.ts'
import { findLandings } from './find-landings.ts'
import { findTrackedBranch } from './find-tracked-branch.ts'
import type { Repository } from './open-repository.ts'
import { OwnCommitFinder } from './own-commits.ts'
import { PULL_REQUEST_REFS, readPullRequestRefs } from './pull-request-refs.ts'
import { readAhead } from './read-ahead.ts'
import { readBranchHistory } from './read-branch-history.ts'
import { readCommitGraph } from './read-commit-graph.ts'
import { inBatches } from './read-listed-commits.ts'
import { readShallowBoundary } from './read-shallow-boundary.ts'
import { readUnitCommits, type UnitCommits } from './read-unit-commits.ts'
import { readUnitSizes, type UnitSize } from './read-unit-sizes.ts'
import { type RecordSource, recordBranchCommit, recordPullRequest } from './record-landed.ts'
import { selectUnits } from './select-units.ts'
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
  /** Reverts whose target is looked for by what they change, where their words lead nowhere; default 2,000. */
  readonly contentSearches?: number
  /** Told which branch is read, where its name is for others to see. */
  readonly onBranch?: (name: string) => void
  /** Told what the records lack or may have wrong, a sentence each with what to do about it. */
  readonly onWarning?: (warning: string) => void
  /** Told now and then how many units, pull requests and commits that came with none, of the branch are done, and of how many. */
  readonly onProgress?: (done: number, total: number) => void
}

/** Commits of the branch between two tellings of how far it is. */
const PROGRESS = 100

/** Gits that search for targets at once. */
const SEARCHES = 2

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
  const { recording, readAt, repositoryName = null, onProgress, onWarning } = options
  const limits = limitsOf(options)
  const branch = await findTrackedBranch(repository, options.branch, limits)
  if (branch.name !== null) options.onBranch?.(branch.name)
  if (branch.warning !== undefined) onWarning?.(branch.warning)
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
  const commits = readAhead(readUnitCommits(cloned, units, limits))
  const sizes = readUnitSizes(cloned, units, limits)
  const matches = new ContentMatches(cloned, landings.values(), limits, options.contentSearches)
  const open: OpenRevert[] = []
  let done = 0
  try {
    for await (const unitCommits of commits) {
      const { unit } = unitCommits
      const size = (await sizes.next()).value
      const record = size === undefined ? undefined : toRecord(source, unitCommits, size)
      done += 1
      if (done % PROGRESS === 0 || done === units.length) onProgress?.(done, units.length)
      if (record === undefined) continue
      matches.see(record)
      if (matches.isOpen(record, unit)) open.push({ record, unit, paths: size?.paths ?? [] })
      else yield record
    }
    for (const some of inBatches(open, SEARCHES)) {
      yield* await Promise.all(some.map((revert) => matches.complete(revert)))
    }
    if (matches.warning !== undefined) onWarning?.(matches.warning)
  } finally {
    await sizes.return()
  }
}

function toRecord(
  source: RecordSource,
  { unit: { landing }, onBranch, own }: UnitCommits,
  size: UnitSize,
): DeliveryRecord | undefined {
  const [tip] = onBranch
  if (tip === undefined) return undefined
  if (landing === undefined) return recordBranchCommit(source, tip, size.size)
  return recordPullRequest(source, { ...size, landing, tip, onBranch, own })
}

function limitsOf({ inactivityMs, signal }: GitLimits): GitLimits {
  return {
    ...(inactivityMs === undefined ? {} : { inactivityMs }),
    ...(signal === undefined ? {} : { signal }),
  }
}
