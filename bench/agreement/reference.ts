import type { SeenCommit } from './seen-commit.ts'

/** Somebody else's way to tell an AI-assisted commit. */
export interface Reference {
  readonly id: string
  /** What it is, for the reader of the table. */
  readonly title: string
  /** The first of its rules that takes the commit for AI-assisted; undefined when none does. */
  readonly rule: (commit: SeenCommit) => string | undefined
}
