import { idOf, sha1 } from './hash.ts'
import type {
  Account,
  Commit,
  Files,
  Fork,
  Issue,
  Label,
  LabelEvent,
  PullRequest,
  Repository,
  Signature,
} from './state.ts'

/** The account of a workflow's own token. */
export const githubActions: Account = {
  id: 41898282,
  login: 'github-actions[bot]',
  type: 'Bot',
}

/** The committer of what is merged or edited on GitHub's pages. */
export const webFlow = {
  account: { id: 19864447, login: 'web-flow', type: 'User' },
  signature: { name: 'GitHub', email: 'noreply@github.com' },
} as const satisfies { account: Account; signature: Omit<Signature, 'date'> }

/** The colour that GitHub gives a label made by being added to a pull request. */
export const defaultLabelColor = 'ededed'

const epoch = Date.UTC(2026, 2, 2, 9)

/** A time in the fake's past: 2026-03-02 09:00 UTC and so many minutes. */
export function minute(minutes: number): string {
  return writeTime(epoch + minutes * 60_000)
}

/** GitHub's way to write a time: to the second. */
export function writeTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d+Z$/, 'Z')
}

export function anAccount(login: string, init: Partial<Account> = {}): Account {
  const type = login.endsWith('[bot]') ? 'Bot' : 'User'
  return { id: idOf(`account ${login}`), login, type, ...init }
}

export type LabelInit = string | (Partial<Label> & { name: string })

export function aLabel(init: LabelInit): Label {
  const given = typeof init === 'string' ? { name: init } : init
  const id = idOf(`label ${given.name}`)
  return { id, color: defaultLabelColor, description: null, ...given }
}

export type CommitInit = Partial<Omit<Commit, 'author' | 'committer'>> & {
  author?: Partial<Signature>
  /** Default: as the author. */
  committer?: Partial<Signature>
}

/** A commit of a `Dev`. Its sha follows from its message, people, dates and parents. */
export function aCommit(init: CommitInit = {}): Commit {
  const author = { name: 'Dev', email: 'dev@example.com', date: minute(0), ...init.author }
  const committer = { ...author, ...init.committer }
  const message = init.message ?? 'Change the widget'
  const parents = init.parents ?? []
  return {
    sha: sha1(JSON.stringify([message, author, committer, parents])),
    authorAccount: null,
    committerAccount: null,
    verified: false,
    ...init,
    message,
    parents,
    author,
    committer,
  }
}

const initial = { message: 'Initial commit' } satisfies CommitInit

/** The first commit of every repository's default branch, and by default every pull request's base. */
export const rootSha = aCommit(initial).sha

export type LabelEventInit = Partial<Omit<LabelEvent, 'label'>> & {
  label: string | LabelEvent['label']
}

export type PullRequestInit = Partial<
  Omit<PullRequest, 'head' | 'base' | 'commits' | 'mergeCommit' | 'labelEvents'>
> & {
  head?: Partial<PullRequest['head']>
  base?: Partial<PullRequest['base']>
  /** From the oldest; each gets the one before as its parent, and a minute of its own. Default: one commit. */
  commits?: readonly CommitInit[]
  /** Default once merged: a merge commit. Given without parents: a squash onto the base. */
  mergeCommit?: CommitInit | null
  /** Default: the author put on each of `labels`. */
  labelEvents?: readonly LabelEventInit[]
}

export function aPullRequest(init: PullRequestInit = {}): PullRequest {
  const number = init.number ?? 1
  const base = { ref: 'main', sha: rootSha, ...init.base }
  const commits = chain(base.sha, init.commits ?? [{}])
  const opened = minute(commits.length)
  const closed = minute(commits.length + 60)
  const author = init.author === undefined ? anAccount('dev') : init.author
  const head: PullRequest['head'] = {
    ref: `change-${number}`,
    sha: commits.at(-1)?.sha ?? base.sha,
    repository: 'same',
    ...init.head,
  }
  const merged = init.merged ?? false
  const state = init.state ?? (merged ? 'closed' : 'open')
  const labels = init.labels ?? []
  const labelEvents = init.labelEvents ?? labels.map((label) => ({ label }))
  return {
    id: idOf(`pull request ${number}`),
    title: `Change ${number}`,
    body: null,
    lastEditedAt: null,
    editor: null,
    draft: false,
    createdAt: opened,
    updatedAt: state === 'open' ? opened : closed,
    closedAt: state === 'open' ? null : closed,
    mergedAt: merged ? closed : null,
    mergedBy: merged ? author : null,
    additions: 0,
    deletions: 0,
    changedFiles: 0,
    files: [],
    events: [],
    reviews: [],
    threads: [],
    assignees: [],
    formerCommits: [],
    ...init,
    number,
    state,
    merged,
    author,
    base,
    head,
    commits,
    mergeCommit: merged ? aMergeCommit(init.mergeCommit, number, base.sha, head.sha, closed) : null,
    labels,
    labelEvents: labelEvents.map((event, index) => ({
      id: 1000 * number + index,
      type: 'labeled',
      actor: author,
      createdAt: opened,
      ...event,
      label:
        typeof event.label === 'string'
          ? { name: event.label, color: defaultLabelColor }
          : event.label,
    })),
  }
}

/** Commits that each follow the one before, a minute later where no date is given. */
export function chain(base: string, inits: readonly CommitInit[]): Commit[] {
  let parent = base
  return inits.map((init, index) => {
    const author = { date: minute(index), ...init.author }
    const commit = aCommit({ parents: [parent], ...init, author })
    parent = commit.sha
    return commit
  })
}

function aMergeCommit(
  init: CommitInit | null | undefined,
  number: number,
  base: string,
  head: string,
  date: string,
): Commit {
  const squashed = init !== null && init !== undefined
  return aCommit({
    message: `Merge pull request #${number}`,
    parents: squashed ? [base] : [base, head],
    committerAccount: webFlow.account,
    verified: true,
    ...init,
    author: { date, ...init?.author },
    committer: { ...webFlow.signature, date, ...init?.committer },
  })
}

/** Replaces a pull request's commits, as `git push --force` does; `before` hooks use it to race a read. */
export function forcePush(pullRequest: PullRequest, inits: readonly CommitInit[]): void {
  pullRequest.commits = chain(pullRequest.base.sha, inits)
  pullRequest.head.sha = pullRequest.commits.at(-1)?.sha ?? pullRequest.base.sha
}

export function aFork(owner: string, name = 'widgets'): Fork {
  return { id: idOf(`repository ${owner}/${name}`), owner: anAccount(owner), name, private: false }
}

/** An open issue that somebody wrote. */
export function anIssue(init: Partial<Issue> & { readonly number: number }): Issue {
  return {
    id: idOf(`issue ${init.number}`),
    title: `Issue ${init.number}`,
    body: null,
    state: 'open',
    stateReason: null,
    author: anAccount('dev'),
    labels: [],
    createdAt: minute(0),
    updatedAt: minute(0),
    closedAt: null,
    ...init,
  }
}

export type RepositoryInit = Partial<Omit<Repository, 'owner' | 'labels' | 'refs'>> & {
  /** A login stands for an organisation. */
  owner?: string | Account
  /** Labels that pull requests carry are added. */
  labels?: readonly LabelInit[]
  /** Files of the default branch's first commit; pull requests inherit them. */
  files?: Files
  /** By full name: a sha, or files, for which a commit of its own is made. */
  refs?: Readonly<Record<string, string | Files>>
}

/** A repository. The pull requests given become part of it as they are, so that a test can change them later. */
export function aRepository(init: RepositoryInit = {}): Repository {
  const { files, ...given } = init
  const name = init.name ?? 'widgets'
  const owner =
    typeof init.owner === 'object'
      ? init.owner
      : anAccount(init.owner ?? 'acme', { type: 'Organization' })
  const defaultBranch = init.defaultBranch ?? 'main'
  const pullRequests = init.pullRequests ?? []
  const labels = (init.labels ?? []).map(aLabel)
  for (const label of pullRequests.flatMap((pullRequest) => pullRequest.labels)) {
    if (!labels.some((known) => known.name === label)) labels.push(aLabel(label))
  }
  const root = aCommit(files === undefined ? initial : { ...initial, files })
  const commits = [root, ...(init.commits ?? [])]
  const refs: Record<string, string> = { [`refs/heads/${defaultBranch}`]: root.sha }
  for (const [ref, target] of Object.entries(init.refs ?? {})) {
    refs[ref] = typeof target === 'string' ? target : addFiles(commits, ref, target)
  }
  return {
    id: idOf(`repository ${owner.login}/${name}`),
    formerNames: [],
    private: false,
    createdAt: minute(-1440),
    issues: [],
    internal: false,
    archived: false,
    checkRuns: [],
    collaborators: {},
    ...given,
    name,
    owner,
    defaultBranch,
    labels,
    commits,
    refs,
    pullRequests,
  }
}

function addFiles(commits: Commit[], ref: string, files: Files): string {
  const commit = aCommit({ message: `Files of ${ref}`, files })
  commits.push(commit)
  return commit.sha
}
