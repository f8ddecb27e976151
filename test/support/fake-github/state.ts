import type { Permissions } from './permissions.ts'

/**
 * What the fake GitHub holds: plain data, open to change at any moment of a test. Times are ISO 8601 in UTC, to the
 * second, as GitHub writes them.
 */
export interface State {
  /** The one token that is accepted, as `Bearer` or `token`. */
  token: string
  /** The account behind the token: it acts when labels change. */
  viewer: Account
  permissions: Permissions
  repositories: Repository[]
  /** Null: not limited, and no word of it in headers, as on a GitHub Enterprise Server by default. */
  rateLimits: RateLimits | null
}

export interface RateLimits {
  core: RateLimit
  graphql: RateLimit
}

export interface RateLimit {
  limit: number
  remaining: number
  resetAt: string
}

export interface Account {
  id: number
  /** As REST writes it: an app's ends in `[bot]`, mostly. */
  login: string
  type: 'User' | 'Bot' | 'Organization'
  /** GraphQL's login, where cutting `[bot]` off does not give it: REST's `Copilot` is `copilot-swe-agent` there. */
  graphqlLogin?: string
}

export interface Repository {
  id: number
  owner: Account
  name: string
  private: boolean
  /** Name of the branch, without `refs/heads/`. */
  defaultBranch: string
  createdAt: string
  labels: Label[]
  /** Commits that no pull request brings: the default branch's, and those that hold notes. */
  commits: Commit[]
  /** Commit sha by full name (`refs/heads/main`, `refs/notes/ai`). Head branches of pull requests need no entry. */
  refs: Record<string, string>
  pullRequests: PullRequest[]
}

export interface Label {
  id: number
  name: string
  /** Six hexadecimal digits, no `#`. */
  color: string
  description: string | null
}

/** Content by path. */
export type Files = Record<string, string | Uint8Array>

export interface Commit {
  sha: string
  message: string
  author: Signature
  committer: Signature
  /** The account that GitHub links to the author's address. */
  authorAccount: Account | null
  committerAccount: Account | null
  verified: boolean
  /** Shas. */
  parents: string[]
  /** The whole tree. Absent: the first parent's. */
  files?: Files
}

export interface Signature {
  name: string
  email: string
  date: string
}

export interface PullRequest {
  id: number
  number: number
  title: string
  body: string | null
  /** When the description was last edited; null: never. */
  lastEditedAt: string | null
  /** Who edited it last; null: nobody, or a deleted account. */
  editor: Account | null
  draft: boolean
  state: 'open' | 'closed'
  merged: boolean
  createdAt: string
  updatedAt: string
  closedAt: string | null
  mergedAt: string | null
  mergedBy: Account | null
  /** The merge, squash or last rebased commit, once merged. */
  mergeCommit: Commit | null
  /** Null: the account was deleted (a ghost). */
  author: Account | null
  head: {
    ref: string
    sha: string
    /** `same`: a branch of this repository. Null: the fork was deleted. */
    repository: 'same' | Fork | null
  }
  base: { ref: string; sha: string }
  /** From the oldest to the head. */
  commits: Commit[]
  /** Names of labels that the repository has. */
  labels: string[]
  /** From the oldest to the newest. */
  labelEvents: LabelEvent[]
  additions: number
  deletions: number
  changedFiles: number
}

/** A fork, of which only its name and its branches in pull requests are known. */
export interface Fork {
  id: number
  owner: Account
  name: string
  private: boolean
}

export interface LabelEvent {
  id: number
  type: 'labeled' | 'unlabeled'
  /** As it was then: the label may be gone. */
  label: { name: string; color: string }
  actor: Account | null
  createdAt: string
}

export function fullName({ owner, name }: { owner: Account; name: string }): string {
  return `${owner.login}/${name}`
}

/** GitHub compares the names of accounts, repositories and labels without case. */
export function sameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase()
}

export function findRepository(state: State, owner: string, name: string): Repository | undefined {
  return state.repositories.find(
    (repository) => sameName(repository.owner.login, owner) && sameName(repository.name, name),
  )
}

export function findPullRequest(repository: Repository, number: number): PullRequest | undefined {
  return repository.pullRequests.find((pullRequest) => pullRequest.number === number)
}

export function findLabel(repository: Repository, name: string): Label | undefined {
  return repository.labels.find((label) => sameName(label.name, name))
}
