/**
 * How strong a sign is (docs/provenance.md). E1 attested by a platform or a validated note, E2 the exact mark that a
 * tool leaves, E3 declared by a person, E4 weak: shown, never enough alone.
 */
export type Tier = 'E1' | 'E2' | 'E3' | 'E4'

/**
 * What a sign says, if it is believed. `suggested`: an AI review suggestion was accepted, which is not authorship.
 * `…-withdrawn`: a person took back what was declared or labelled before.
 */
export type Claim =
  | 'agent-authored'
  | 'assisted'
  | 'unassisted'
  | 'suggested'
  | 'assisted-withdrawn'
  | 'unassisted-withdrawn'

/** What is recorded of AI in a commit or a change (docs/provenance.md). `undeclared`: nothing, which proves nothing. */
export type Assistance = 'assisted' | 'unassisted' | 'undeclared'

/** Where a sign was found: in a commit, or in what only the pull request says. */
export interface Place {
  readonly in:
    | 'author'
    | 'committer'
    | 'message'
    | 'note'
    | 'opener'
    | 'branch'
    | 'description'
    | 'label'
    | 'check'
  /** Line in the commit message or the description, from 1. */
  readonly line?: number
  readonly sha?: string
}

/** One sign of AI use, or of none, found in one place. */
export interface Evidence {
  /** Id of the registry's tool, or of a policy trailer that names no tool. */
  readonly tool: string
  /** Id of the registry's mark: `tool/mark`. */
  readonly mark: string
  readonly tier: Tier
  readonly claim: Claim
  readonly where: Place
  /** The matched text, cut to 200 characters. Untrusted: encode it before showing it. */
  readonly text: string
  /** When it was written, milliseconds since the epoch, where that is known. */
  readonly at?: number | undefined
  /** The known-bad epoch that made this mark weak. */
  readonly epoch?: string | undefined
}
