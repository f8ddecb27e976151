import type { CommitGraph } from './commit-graph.ts'
import type { Repository } from './open-repository.ts'
import type { OwnCommitFinder } from './own-commits.ts'
import type { PullRequestRefs } from './pull-request-refs.ts'
import type { BranchHistory } from './read-branch-history.ts'
import { readWork } from './read-work.ts'
import type { GitLimits } from './stream-git.ts'

/** Where a pull request reached the branch. */
export interface Landing {
  readonly number: number
  /** Position of its newest commit on the branch. */
  readonly position: number
  /** How many commits it put on the branch, that one and the older ones right behind it. */
  readonly length: number
  /** Its head in the graph, as far as the clone has it. */
  readonly head: number | undefined
  /** How it was found: the commit's own message, its second parent, or the work that the commits share with its head. */
  readonly foundBy: 'message' | 'head' | 'work'
}

interface Sources {
  readonly repository: Repository
  readonly graph: CommitGraph
  readonly history: BranchHistory
  readonly refs: PullRequestRefs
  readonly own: OwnCommitFinder
}

/** Finds the pull requests that reached the branch, by the position of their newest commit there. */
export async function findLandings(
  sources: Sources,
  limits: GitLimits,
): Promise<ReadonlyMap<number, Landing>> {
  const heads = headCommits(sources)
  const landings = new Map<number, Landing>()
  addNamed(sources, heads, landings)
  addMerged(sources, heads, landings)
  await addRebased(sources, heads, landings, limits)
  return new Map(Array.from(landings.values(), (landing) => [landing.position, landing]))
}

/** Heads in the graph by number; a trial merge's head is its second parent. */
function headCommits({ graph, refs }: Sources): Map<number, number> {
  const heads = new Map<number, number>()
  for (const [number, id] of refs.heads) {
    const head = graph.find(id)
    if (head !== undefined) heads.set(number, head)
  }
  for (const [number, id] of refs.trialMerges) {
    const merge = graph.find(id)
    const head = merge === undefined ? undefined : graph.otherParents(merge)[0]
    if (head !== undefined) heads.set(number, head)
  }
  return heads
}

/**
 * Those that a message names. Where several commits name one number, the merge of its head has it, else a merge, since the
 * subject of another may carry a number of another repository; else the oldest, which later ones may only mention. Commits
 * right behind each other share it, as where a tool adds the number to each rebased commit.
 */
function addNamed(
  { graph, history }: Sources,
  heads: ReadonlyMap<number, number>,
  landings: Map<number, Landing>,
): void {
  const ranks = new Map<number, number>()
  for (let position = history.length - 1; position >= 0; position -= 1) {
    const number = history.numbers[position] ?? 0
    const commit = history.commits[position]
    if (number === 0 || commit === undefined) continue
    const known = landings.get(number)
    const merged = graph.otherParents(commit).at(-1)
    const rank = merged === undefined ? 1 : merged === heads.get(number) ? 3 : 2
    if (rank > (ranks.get(number) ?? 0)) {
      const head = merged ?? heads.get(number)
      landings.set(number, { number, position, length: 1, head, foundBy: 'message' })
      ranks.set(number, rank)
    } else if (rank === 1 && known?.position === position + 1) {
      landings.set(number, { ...known, position, length: known.length + 1 })
    }
  }
}

/** Those whose head is the second parent of a merge that names none. */
function addMerged(
  { graph, history }: Sources,
  heads: ReadonlyMap<number, number>,
  landings: Map<number, Landing>,
): void {
  const numbers = new Map(Array.from(heads, ([number, head]) => [head, number]))
  for (let position = history.length - 1; position >= 0; position -= 1) {
    const commit = history.commits[position]
    if (commit === undefined || history.numbers[position] !== 0) continue
    for (const head of graph.otherParents(commit)) {
      const number = numbers.get(head)
      if (number === undefined || landings.has(number)) continue
      landings.set(number, { number, position, length: 1, head, foundBy: 'head' })
      break
    }
  }
}

/**
 * Those whose commits are on the branch under other ids, in the same order and with nothing between: each by the same author
 * at the same time under the same subject. And those that a commit by the head's author says to close.
 */
async function addRebased(
  { repository, graph, history, own }: Sources,
  heads: ReadonlyMap<number, number>,
  landings: Map<number, Landing>,
  limits: GitLimits,
): Promise<void> {
  const open = Array.from(heads, ([number, head]) => ({ number, head })).filter(
    ({ number, head }) => !landings.has(number) && !own.hasLanded(head, history.length),
  )
  if (open.length === 0 || history.byWork.size === 0) return
  const workOf = async (commits: readonly number[]) => {
    const ids = commits.map((commit) => graph.id(commit))
    return await readWork(repository, ids, limits)
  }
  const tips = await workOf(open.map(({ head }) => head))
  const taken = takenPositions(landings)
  const candidates: { number: number; head: number; position: number; work: number[] }[] = []
  // Of two with the same head the later one was merged, as a rule.
  for (const { number, head } of open.toSorted((one, other) => other.number - one.number)) {
    const tip = tips.get(graph.id(head))
    if (tip === undefined) continue
    const closer = history.closers.get(number)
    if (closer?.email === tip.email && !taken.has(closer.position)) {
      taken.add(closer.position)
      landings.set(number, {
        number,
        position: closer.position,
        length: 1,
        head,
        foundBy: 'message',
      })
      continue
    }
    const position = history.byWork.get(tip.key)
    if (position === undefined || taken.has(position)) continue
    const { commits, truncated } = own.find(head, history.length - 2 - position)
    const work = commits.filter((commit) => !graph.isMerge(commit))
    if (truncated || work.length > history.length - position) continue
    taken.add(position)
    candidates.push({ number, head, position, work })
  }
  const works = await workOf(candidates.flatMap(({ work }) => work))
  for (const { number, head, position, work } of candidates) {
    const same = work.toReversed().every((commit, index) => {
      const key = works.get(graph.id(commit))?.key
      return key !== undefined && history.byWork.get(key) === position + index
    })
    if (same) landings.set(number, { number, position, length: work.length, head, foundBy: 'work' })
  }
}

function takenPositions(landings: ReadonlyMap<number, Landing>): Set<number> {
  const taken = new Set<number>()
  for (const { position, length } of landings.values()) {
    for (let index = 0; index < length; index += 1) taken.add(position + index)
  }
  return taken
}
