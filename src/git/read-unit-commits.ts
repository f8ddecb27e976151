import { changedWhileRead } from './changed-while-read.ts'
import type { CommitGraph } from './commit-graph.ts'
import type { Repository } from './open-repository.ts'
import type { OwnCommitFinder, OwnCommits } from './own-commits.ts'
import type { BranchHistory } from './read-branch-history.ts'
import { BATCH, type ClonedCommit, readListedCommits } from './read-listed-commits.ts'
import type { Unit } from './select-units.ts'
import type { GitLimits } from './stream-git.ts'

/** A unit with the commits that it needs. */
export interface UnitCommits {
  readonly unit: Unit
  /** Its commits on the branch, newest first. */
  readonly onBranch: readonly ClonedCommit[]
  /** What its pull request brought, oldest first; undefined where the clone lacks the head, or there is none. */
  readonly own:
    | { readonly commits: readonly ClonedCommit[]; readonly truncated: boolean }
    | undefined
}

/** What is known of the whole clone. */
export interface ClonedHistory {
  readonly repository: Repository
  readonly graph: CommitGraph
  readonly history: BranchHistory
  readonly own: OwnCommitFinder
}

interface Wanted {
  readonly unit: Unit
  readonly onBranch: readonly string[]
  readonly own: { readonly ids: readonly string[]; readonly truncated: boolean } | undefined
}

/** Reads the commits of the units: one git for many units, one unit held at a time. */
export async function* readUnitCommits(
  cloned: ClonedHistory,
  units: readonly Unit[],
  limits: GitLimits,
): AsyncGenerator<UnitCommits, void, undefined> {
  let batch: Wanted[] = []
  let size = 0
  for (const unit of units) {
    const wanted = findWanted(cloned, unit)
    const added = wanted.onBranch.length + (wanted.own?.ids.length ?? 0)
    if (size > 0 && size + added > BATCH) {
      yield* readBatch(cloned.repository, batch, limits)
      batch = []
      size = 0
    }
    batch.push(wanted)
    size += added
  }
  yield* readBatch(cloned.repository, batch, limits)
}

function findWanted({ graph, history, own }: ClonedHistory, unit: Unit): Wanted {
  const { position, length, landing } = unit
  const onBranch = history.commits.subarray(position, position + length)
  const age = history.length - 1 - (position + length)
  const found: OwnCommits | undefined =
    landing?.head === undefined ? undefined : own.find(landing.head, age)
  return {
    unit,
    onBranch: Array.from(onBranch, (commit) => graph.id(commit)),
    own: found && {
      ids: found.commits.map((commit) => graph.id(commit)),
      truncated: found.truncated,
    },
  }
}

async function* readBatch(
  repository: Repository,
  batch: readonly Wanted[],
  limits: GitLimits,
): AsyncGenerator<UnitCommits, void, undefined> {
  // Git writes a commit once, however often it is listed: pull requests may share some.
  const uses = new Map<string, number>()
  for (const id of batch.flatMap(idsOf)) uses.set(id, (uses.get(id) ?? 0) + 1)
  const read = readListedCommits(repository, Array.from(uses.keys()), limits)
  const held = new Map<string, ClonedCommit>()
  try {
    for (const wanted of batch) {
      for (const id of idsOf(wanted)) {
        while (!held.has(id)) {
          const next = await read.next()
          if (next.done) throw changedWhileRead()
          held.set(next.value.sha, next.value)
        }
      }
      yield {
        unit: wanted.unit,
        onBranch: wanted.onBranch.flatMap((id) => held.get(id) ?? []),
        own: wanted.own && {
          commits: wanted.own.ids.flatMap((id) => held.get(id) ?? []),
          truncated: wanted.own.truncated,
        },
      }
      for (const id of idsOf(wanted)) {
        const left = (uses.get(id) ?? 0) - 1
        uses.set(id, left)
        if (left === 0) held.delete(id)
      }
    }
  } finally {
    await read.return()
  }
}

function idsOf({ onBranch, own }: Wanted): readonly string[] {
  return own === undefined ? onBranch : [...onBranch, ...own.ids]
}
