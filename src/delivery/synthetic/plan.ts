/** How a change says what it says of AI. */
export type Mark =
  | 'claude'
  | 'cursor'
  | 'aider'
  | 'copilot-agent'
  | 'devin-agent'
  | 'note'
  | 'declared'
  | 'label'
  | 'description'
  | 'branch'
  | 'none-declared'
  | 'nothing'

/** What a pull request is. */
export type PlanKind = 'change' | 'revert' | 'reland' | 'dependencies' | 'release' | 'merge-back'

/** How it ended. */
export type Ending = 'merged' | 'closed' | 'open'

/** A pull request as it will have happened, before any of its record is written. Times are milliseconds since the epoch. */
export interface Plan {
  readonly kind: PlanKind
  readonly repository: number
  /** Number of the person whose change it is; of a bot's, who merges it. */
  readonly person: number
  readonly createdAt: number
  readonly readyAt: number
  /** When it was merged or closed; of an open one, when nobody did anything more. */
  readonly endedAt: number
  readonly ending: Ending
  readonly lines: number
  readonly rounds: number
  readonly mark: Mark
  /** It was made with AI only after it was ready. */
  readonly markLater: boolean
  /** What it reverts or brings back. */
  readonly target: Plan | null
  /** Tells apart what is drawn for its record. */
  readonly stream: number
}
