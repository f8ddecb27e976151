import type { Account, LabelEvent } from '../provenance/index.ts'

/** What is read of a pull request in one query, apart from its commits. */
export interface PullRequestFacts {
  readonly number: number
  readonly repository: string
  readonly url: string
  readonly headSha: string
  readonly baseSha: string
  readonly branch: string
  readonly opener?: Account
  readonly description: string
  /** Milliseconds since the epoch. */
  readonly describedAt: number
  readonly labels: readonly string[]
  /** Labels under the prefix asked for that the repository is known to have; there may be more. */
  readonly knownLabels: readonly string[]
  readonly labelEvents: readonly LabelEvent[]
  readonly mergeCommit?: {
    readonly sha: string
    readonly message: string
    /** Absent where the date is none that can be. */
    readonly authoredAt?: number
  }
  /** Text of `.github/what-shipped.yml` on the default branch; absent where there is none. */
  readonly configuration?: string
  /** Commit at the tip of `refs/notes/ai`; absent where there is none. */
  readonly notesTip?: string
  /** Parts that the token may not read. */
  readonly unreadable: readonly 'contents'[]
}
