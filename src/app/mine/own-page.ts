import type { ToldChange } from '../../report/index.ts'

/** One of the signed-in person's own changes. */
export interface OwnChangeView {
  /** `owner/name` */
  readonly repository: string
  /** Null: its pull request is gone. */
  readonly number: number | null
  /** When it was opened, milliseconds since the epoch; null: not told. */
  readonly openedAt: number | null
  /** Of the pull request on GitHub; null: there is none. */
  readonly url: string | null
  /** Null: nothing but its times is kept any more. */
  readonly told: ToldChange | null
  /** Whether the buttons of its check still count. */
  readonly correctable: boolean
}

/** An account of this server in which something of the person is kept. */
export interface OwnAccount {
  readonly id: number
  /** Null: the person cannot see it any more, and is told no name of it. */
  readonly name: string | null
  /** Changes in repositories that the person can read, and in others. */
  readonly shown: number
  readonly hidden: number
  /** What the person declared, on changes of anybody. */
  readonly declared: number
}

/** A page of what is kept of one person. */
export interface OwnPage {
  readonly accounts: readonly OwnAccount[]
  /** The newest first. */
  readonly changes: readonly OwnChangeView[]
  /** From 1. */
  readonly number: number
  readonly hasMore: boolean
}
