import { fileKind, type PullRequestRecord } from '../delivery/index.ts'
import type { CommitGraph } from './commit-graph.ts'
import type { Repository } from './open-repository.ts'
import type { BranchHistory } from './read-branch-history.ts'
import { type CommitSize, type FileSize, readDifference, readSizes } from './read-sizes.ts'
import type { Unit } from './select-units.ts'
import type { GitLimits } from './stream-git.ts'

/** Size of a unit, or what the clone lacks to tell it. */
export interface UnitSize {
  /** The first of the files that count, to find what else touches them. */
  readonly paths: readonly string[]
  readonly size: PullRequestRecord['size']
  readonly unreadable: PullRequestRecord['unreadable']
}

/** Files by which others are found that touch them. */
export const MAX_PATHS = 20

/** Reads the sizes of the units, in their order, by one git for all of them where nothing is missing. */
export async function* readUnitSizes(
  {
    repository,
    graph,
    history,
    boundary,
  }: {
    readonly repository: Repository
    readonly graph: CommitGraph
    readonly history: BranchHistory
    readonly boundary: ReadonlySet<number>
  },
  units: readonly Unit[],
  limits: GitLimits,
): AsyncGenerator<UnitSize, void, undefined> {
  const [newest] = units
  const oldest = units.at(-1)
  if (newest === undefined || oldest === undefined) return
  const range = history.commits.subarray(newest.position, oldest.position + oldest.length)
  const ids = Array.from(range, (commit) => graph.id(commit))
  const sizes = readSizes(repository, ids, limits)
  let position = newest.position
  try {
    for (const unit of units) {
      const commits: CommitSize[] = []
      for (; position < unit.position + unit.length; position += 1) {
        const { value } = await sizes.next()
        if (value !== undefined && position >= unit.position) commits.push(value)
      }
      const last = history.commits[position - 1]
      // Git compares the oldest commit of a shallow clone with nothing, as if it had brought every file.
      if (last !== undefined && boundary.has(last))
        yield { size: null, paths: [], unreadable: ['diffs'] }
      else yield toUnitSize(await combine(repository, graph, last, commits, limits))
    }
  } finally {
    await sizes.return()
  }
}

function toUnitSize(files: readonly FileSize[] | null): UnitSize {
  if (files === null) return { size: null, paths: [], unreadable: ['blobs'] }
  const counted = files.filter(({ path }) => fileKind(path) === 'counted')
  const paths = counted.slice(0, MAX_PATHS).map(({ path }) => path)
  return { size: { total: sum(files), counted: sum(counted) }, paths, unreadable: [] }
}

/** Several commits are added up unless they touch the same file: then their ends are compared. */
async function combine(
  repository: Repository,
  graph: CommitGraph,
  oldest: number | undefined,
  commits: readonly CommitSize[],
  limits: GitLimits,
): Promise<readonly FileSize[] | null> {
  const [newest] = commits
  if (commits.length === 1 || newest === undefined) return newest?.files ?? null
  const files: FileSize[] = []
  for (const commit of commits) {
    if (commit.files === null) return null
    files.push(...commit.files)
  }
  if (new Set(files.map(({ path }) => path)).size === files.length) return files
  const base = oldest === undefined ? undefined : graph.firstParent(oldest)
  if (base === undefined) return null
  return await readDifference(repository, graph.id(base), newest.id, limits)
}

type Size = NonNullable<PullRequestRecord['size']>['total']

function sum(files: readonly FileSize[]): Size {
  const size = { files: files.length, additions: 0, deletions: 0 }
  for (const { additions, deletions } of files) {
    size.additions += additions
    size.deletions += deletions
  }
  return size
}
