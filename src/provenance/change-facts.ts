import type { Account, Commit } from './commit.ts'

/** Somebody put a label on the pull request or took it off. */
export interface LabelEvent {
  readonly label: string
  readonly action: 'added' | 'removed'
  /** `us`: this tool's own writing; `app`: another bot; `person`: anybody else, also a deleted account. */
  readonly by: 'us' | 'app' | 'person'
  /** Milliseconds since the epoch, GitHub's time. */
  readonly at: number
}

/** The labels with which this tool answers, under the prefix in use. */
export interface AnswerLabels {
  readonly assisted: string
  readonly agentAuthored: string
  readonly unassisted: string
}

/** What the author, or somebody who may write, declared with a button of the check and has not taken back. */
export interface Declaration {
  readonly claim: 'assisted' | 'agent-authored' | 'unassisted'
  /** Milliseconds since the epoch. */
  readonly at: number
}

/** What provenance reads of one pull request. */
export interface ChangeFacts {
  readonly commits: readonly Commit[]
  /** False when some commits could not be read: the answer is then never `unassisted`. */
  readonly complete: boolean
  /** `owner/name`, for policies that make absence meaningless. */
  readonly repository?: string | undefined
  /** The account that opened the pull request, as GitHub knows it; absent for a deleted account. */
  readonly opener?: Account | undefined
  /** Name of the head branch. */
  readonly branch?: string | undefined
  readonly description?: string | undefined
  /** Last edit of the description, milliseconds since the epoch. */
  readonly describedAt?: number | undefined
  /** Labels that are on the pull request now. */
  readonly labels?: readonly string[]
  readonly labelEvents?: readonly LabelEvent[]
  readonly answerLabels?: AnswerLabels
  readonly declarations?: readonly Declaration[] | undefined
  /** The squash or merge commit: some evidence is written only there. */
  readonly mergeCommit?: Commit | undefined
}
