import type { App, CheckRun, Installation, IssuedToken, Membership, Role } from './app-state.ts'
import type { Permissions } from './permissions.ts'
import type { People } from './user-state.ts'

/**
 * What the fake GitHub holds: plain data, open to change at any moment of a test. Times are ISO 8601 in UTC, to the
 * second, as GitHub writes them.
 */
export interface State extends People {
  /** A workflow's token, which reaches every repository; accepted as `Bearer` or `token`, as installations' tokens are. */
  token: string
  /** The account behind the token: it acts when labels change. */
  viewer: Account
  permissions: Permissions
  repositories: Repository[]
  /** Null: not limited, and no word of it in headers, as on a GitHub Enterprise Server by default. */
  rateLimits: RateLimits | null
  apps: App[]
  installations: Installation[]
  /** Tokens of installations that were given out. */
  tokens: IssuedToken[]
  memberships: Membership[]
  /** Apps that were made of a manifest and not yet fetched, by code. */
  manifestCodes: Record<string, App>
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
  /** `owner/name` as it was before it was renamed or transferred: GraphQL answers for it, REST sends on. */
  formerNames: string[]
  private: boolean
  /** Seen by a whole enterprise; with `private`. */
  internal: boolean
  archived: boolean
  /** Name of the branch, without `refs/heads/`. */
  defaultBranch: string
  createdAt: string
  labels: Label[]
  /** Commits that no pull request brings: the default branch's, and those that hold notes. */
  commits: Commit[]
  /** Commit sha by full name (`refs/heads/main`, `refs/notes/ai`). Head branches of pull requests need no entry. */
  refs: Record<string, string>
  pullRequests: PullRequest[]
  /** Those that are no pull requests, from the oldest to the newest. */
  issues: Issue[]
  /** From the oldest to the newest. */
  checkRuns: CheckRun[]
  /** Roles by login. Who is not named has none. */
  collaborators: Record<string, Role>
}

/** An issue, as far as somebody who keeps one up to date meets it. */
export interface Issue {
  id: number
  number: number
  title: string
  body: string | null
  state: 'open' | 'closed'
  stateReason: 'completed' | 'reopened' | 'not_planned' | 'duplicate' | null
  /** Null: the account was deleted (a ghost). */
  author: Account | null
  /** Names of labels that the repository has. */
  labels: string[]
  createdAt: string
  updatedAt: string
  closedAt: string | null
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
  /** Absent: nothing changed. */
  size?: { files: number; additions: number; deletions: number }
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
  /** Commits that a force push took off the head: GitHub still knows them. */
  formerCommits: Commit[]
  /** Names of labels that the repository has. */
  labels: string[]
  /** From the oldest to the newest. */
  labelEvents: LabelEvent[]
  /** The rest of its timeline, from the oldest to the newest. */
  events: TimelineEvent[]
  /** From the oldest to the newest. */
  reviews: Review[]
  threads: ReviewThread[]
  assignees: Account[]
  additions: number
  deletions: number
  changedFiles: number
  /** Absent from the list where their number is more than GitHub tells: 3,000. */
  files: ChangedFile[]
}

export interface ChangedFile {
  path: string
  additions: number
  deletions: number
}

export type ReviewState = 'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED' | 'DISMISSED' | 'PENDING'

export interface Review {
  id: number
  author: Account | null
  /** As it stands: dismissed, whatever it was. */
  state: ReviewState
  /** Null: pending. */
  submittedAt: string | null
  /** Sha of the head that was reviewed; null: it is gone. */
  commit: string | null
}

/** Comments on one place of the difference. */
export interface ReviewThread {
  id: number
  resolved: boolean
  /** From the oldest to the newest; at least one. */
  comments: ReviewComment[]
}

export interface ReviewComment {
  id: number
  author: Account | null
  createdAt: string
  /** Sha of the head that was commented on; null: it is gone. */
  commit: string | null
}

/** What a timeline tells beside labels, by the names that REST and webhooks use. */
export type TimelineEvent = { id: number; actor: Account | null; createdAt: string } & (
  | { type: SimpleEvent }
  | { type: 'head_ref_force_pushed'; before: string | null; after: string | null }
  | { type: 'review_dismissed'; review: number; previousState: ReviewState }
  | { type: 'base_ref_changed'; from: string; to: string }
)

export type SimpleEvent =
  | 'ready_for_review'
  | 'convert_to_draft'
  | 'review_requested'
  | 'review_request_removed'
  | 'closed'
  | 'reopened'
  | 'merged'
  | 'added_to_merge_queue'
  | 'removed_from_merge_queue'
  | 'auto_merge_enabled'
  | 'auto_merge_disabled'

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

/** A repository by a name that it had before. */
export function findFormer(state: State, owner: string, name: string): Repository | undefined {
  return state.repositories.find(({ formerNames }) =>
    formerNames.some((former) => sameName(former, `${owner}/${name}`)),
  )
}

export function findPullRequest(repository: Repository, number: number): PullRequest | undefined {
  return repository.pullRequests.find((pullRequest) => pullRequest.number === number)
}

export function findLabel(repository: Repository, name: string): Label | undefined {
  return repository.labels.find((label) => sameName(label.name, name))
}
