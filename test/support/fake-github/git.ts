import { buildTree, type GitBlob, type GitTree, walkTree } from './git-tree.ts'
import { type Commit, type Repository, sameName } from './state.ts'

/** A repository's commits as they are now, for one request: state may change before the next. */
export interface Git {
  readonly repository: Repository
  readonly commits: ReadonlyMap<string, Commit>
  /** By commit sha, filled as they are asked for. */
  readonly trees: Map<string, GitTree>
}

export function readGit(repository: Repository): Git {
  const commits = new Map<string, Commit>()
  for (const commit of repository.commits) commits.set(commit.sha, commit)
  for (const { commits: own, formerCommits, mergeCommit } of repository.pullRequests) {
    for (const commit of [...formerCommits, ...own]) commits.set(commit.sha, commit)
    if (mergeCommit !== null) commits.set(mergeCommit.sha, mergeCommit)
  }
  return { repository, commits, trees: new Map() }
}

/** The commit that a ref points at, by the ref's full name. Pull requests bring their branches and `refs/pull/N/head`. */
export function findRef({ repository }: Git, fullName: string): string | undefined {
  const own = repository.refs[fullName]
  if (own !== undefined) return own
  return repository.pullRequests.findLast(
    ({ number, head }) =>
      fullName === `refs/pull/${number}/head` ||
      (head.repository === 'same' && fullName === `refs/heads/${head.ref}`),
  )?.head.sha
}

/** A ref by any name that git would take for it: in full, or without `refs/`, `refs/tags/` or `refs/heads/`. */
export function findRefByName(
  git: Git,
  name: string,
): { readonly fullName: string; readonly sha: string } | undefined {
  const candidates = name.startsWith('refs/')
    ? [name]
    : [`refs/${name}`, `refs/tags/${name}`, `refs/heads/${name}`]
  for (const fullName of candidates) {
    const sha = findRef(git, fullName)
    if (sha !== undefined) return { fullName, sha }
  }
  return undefined
}

/** The commit that git would take a revision for: `HEAD`, a sha, a ref, or `owner:branch` of a fork. */
export function resolveCommit(git: Git, revision: string): Commit | undefined {
  const bySha = git.commits.get(revision)
  if (bySha !== undefined) return bySha
  const name = revision === 'HEAD' ? `refs/heads/${git.repository.defaultBranch}` : revision
  const ref = findRefByName(git, name)
  if (ref !== undefined) return git.commits.get(ref.sha)
  const [owner, branch] = revision.split(':')
  return branch === undefined ? undefined : resolveBranchOf(git, owner ?? '', branch)
}

function resolveBranchOf(git: Git, owner: string, branch: string): Commit | undefined {
  if (sameName(owner, git.repository.owner.login)) return resolveCommit(git, `refs/heads/${branch}`)
  const pullRequest = git.repository.pullRequests.findLast(({ head }) => {
    const fork = head.repository
    return (
      fork !== null && fork !== 'same' && sameName(fork.owner.login, owner) && head.ref === branch
    )
  })
  return pullRequest === undefined ? undefined : git.commits.get(pullRequest.head.sha)
}

/** The commit's whole tree; a commit that states none has its first parent's. */
export function treeOf(git: Git, commit: Commit): GitTree {
  const passed: string[] = []
  let tree: GitTree | undefined
  for (let at: Commit | undefined = commit; at !== undefined && tree === undefined; ) {
    passed.push(at.sha)
    tree = git.trees.get(at.sha) ?? (at.files && buildTree(at.files))
    at = git.commits.get(at.parents[0] ?? '')
  }
  const found = tree ?? buildTree({})
  for (const sha of passed) git.trees.set(sha, found)
  return found
}

/** A tree or a blob by its id. */
export function findObject(git: Git, oid: string): GitBlob | GitTree | undefined {
  for (const commit of git.commits.values()) {
    const tree = treeOf(git, commit)
    if (tree.oid === oid) return tree
    for (const { entry } of walkTree(tree)) if (entry.object.oid === oid) return entry.object
  }
  return undefined
}

/** How two commits stand to each other, as `git log base..head` and back. */
export interface Comparison {
  readonly mergeBase: Commit
  /** Reachable from head and not from base, parents before children. */
  readonly ahead: readonly Commit[]
  /** Reachable from base and not from head, parents before children. */
  readonly behind: readonly Commit[]
}

/** Undefined when the two have no commit in common. */
export function compareCommits(git: Git, base: Commit, head: Commit): Comparison | undefined {
  const fromBase = history(git, base)
  const fromHead = history(git, head)
  const inBase = new Set(fromBase)
  const common = new Set(fromHead.filter((commit) => inBase.has(commit)))
  const mergeBase = fromHead.findLast((commit) => common.has(commit))
  if (mergeBase === undefined) return undefined
  return {
    mergeBase,
    ahead: fromHead.filter((commit) => !common.has(commit)),
    behind: fromBase.filter((commit) => !common.has(commit)),
  }
}

/** The commit and all that it descends from, parents before children. */
export function history(git: Git, tip: Commit): Commit[] {
  const ordered: Commit[] = []
  const seen = new Set([tip])
  const stack = [{ commit: tip, parents: [...tip.parents] }]
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const parent = git.commits.get(top.parents.shift() ?? '')
    if (parent !== undefined && !seen.has(parent)) {
      seen.add(parent)
      stack.push({ commit: parent, parents: [...parent.parents] })
    } else if (top.parents.length === 0) {
      ordered.push(top.commit)
      stack.pop()
    }
  }
  return ordered
}
