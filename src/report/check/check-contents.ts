import type { Change } from '../../delivery/index.ts'
import type { ChangeAssessment } from '../../provenance/index.ts'
import type { Report } from '../document/report-document.ts'
import type { AssistanceContext } from '../markdown/assistance-parts.ts'

/** What the check of a pull request tells: of this change alone, and of its repository and organisation as a whole. */
export interface CheckContents extends AssistanceContext {
  readonly assessment: ChangeAssessment
  /** What is known of it now. */
  readonly change: Change
  readonly declarations: readonly ShownDeclaration[]
  /** Whether the buttons below the check still count. */
  readonly open: boolean
  /** What could not be read, a sentence each. */
  readonly missing: readonly string[]
  /** In the order in which they are shown. */
  readonly statements: readonly ScopeStatement[]
}

/** What somebody said with a button of the check. */
export interface ShownDeclaration {
  readonly claim: 'assisted' | 'agent-authored' | 'unassisted'
  readonly by: 'author' | 'writer'
  /** UTC, ISO 8601. */
  readonly at: string
  readonly undoneAt: string | null
  /** After which start of a clock it came: it does not change the group in which that clock is compared. */
  readonly after: 'ready' | 'merged' | null
}

/** The latest published report of a scope, or why there is none yet. */
export interface ScopeStatement {
  readonly scope: 'repository' | 'organisation'
  readonly state:
    | { readonly kind: 'published'; readonly report: Report }
    | { readonly kind: 'reading'; readonly read: number; readonly total: number | null }
    /** Read, and not reported on yet; `due`: when the next reports are, UTC, ISO 8601. */
    | { readonly kind: 'awaited'; readonly due: string }
}

/** What GitHub takes as the output of a check run. */
export interface CheckOutput {
  /** At most 255 characters. */
  readonly title: string
  /** Markdown of at most 65,535 bytes. */
  readonly summary: string
}
