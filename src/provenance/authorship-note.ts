/**
 * What an authorship note says of its commit. `assisted`: the note attests lines to an AI tool. `unassisted`: the tool
 * that writes the notes ran on the commit and recorded no AI. `unknown`: neither can be read from it.
 */
export interface AuthorshipNote {
  readonly finding: 'assisted' | 'unassisted' | 'unknown'
  /** Tools to which lines are attested, as the note spells them but in lower case. Untrusted text. */
  readonly tools: readonly string[]
  /** Why, in plain words of a closed vocabulary: never text from the note. */
  readonly reason: string
}

/** A note that does not keep to its format; `invalid` says how, in a closed vocabulary. */
export interface InvalidAuthorshipNote {
  readonly invalid: string
}

/** A format of authorship notes: where git keeps them and how one is read. Reading never throws. */
export interface AuthorshipNoteFormat {
  /** Name of the format, as the registry's marks give it. */
  readonly id: string
  /** The ref under which git keeps its notes. */
  readonly ref: string
  read(text: string, commit: { readonly sha?: string }): AuthorshipNote | InvalidAuthorshipNote
}
