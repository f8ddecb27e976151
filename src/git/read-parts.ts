import type { CommitGraph } from './commit-graph.ts'
import type { Repository } from './open-repository.ts'
import type { OwnCommitFinder, OwnCommits } from './own-commits.ts'
import type { BranchHistory } from './read-branch-history.ts'
import { type ClonedCommit, readListedCommits } from './read-listed-commits.ts'
import type { Unit } from './select-units.ts'
import type { GitLimits } from './stream-git.ts'

/** Units with the commits that they need. */
export interface Part {
  readonly units: readonly Unit[]
  readonly commits: ReadonlyMap<string, ClonedCommit>
  /** By pull request's number; none for those whose head the clone lacks. */
  readonly own: ReadonlyMap<number, OwnCommits>
}

/** What is known of the whole clone. */
export interface ClonedHistory {
  readonly repository: Repository
  readonly graph: CommitGraph
  readonly history: BranchHistory
  readonly own: OwnCommitFinder
}

/** Commits in one part: few enough to be held, enough for one git to read many. */
const PART = 900

/** Reads the commits of the units, a git for some hundreds of them. */
export async function* readParts(
  { repository, graph, history, own }: ClonedHistory,
  units: readonly Unit[],
  limits: GitLimits,
): AsyncGenerator<Part, void, undefined> {
  for (let start = 0; start < units.length; ) {
    const found = new Map<number, OwnCommits>()
    const wanted = new Set<number>()
    let end = start
    for (; end < units.length && wanted.size < PART; end += 1) {
      const { position, length, landing } = units[end] ?? NO_UNIT
      for (let index = position; index < position + length; index += 1) {
        wanted.add(history.commits[index] ?? 0)
      }
      if (landing?.head === undefined) continue
      const age = history.length - 1 - (position + length)
      const commits = own.find(landing.head, age)
      found.set(landing.number, commits)
      for (const commit of commits.commits) wanted.add(commit)
    }
    const commits = new Map<string, ClonedCommit>()
    const ids = Array.from(wanted, (commit) => graph.id(commit))
    for await (const commit of readListedCommits(repository, ids, limits)) {
      commits.set(commit.sha, commit)
    }
    yield { units: units.slice(start, end), commits, own: found }
    start = end
  }
}

const NO_UNIT: Unit = { position: 0, length: 0, landing: undefined }
