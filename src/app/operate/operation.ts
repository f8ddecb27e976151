import type { Store } from '../../store/index.ts'

/** What a command works with. */
export interface Operation {
  readonly store: Store
  /** Milliseconds since the epoch. */
  readonly now: () => number
  /** How far back a repository is read. */
  readonly backfillWeeks: number
  /** What was asked for. */
  readonly print: (text: string) => void
  /** What else is to be said. */
  readonly say: (line: string) => void
}

/** Done, or could not be done. */
export type OperationEnd = 0 | 1
