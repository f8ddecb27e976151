/** What a person said of a change by a button. */
export interface NewCorrection {
  /** By which it is heard once. */
  readonly id: string
  readonly repositoryId: number
  readonly number: number
  readonly claim: 'assisted' | 'agent-authored' | 'unassisted'
  /** Key of the person. */
  readonly by: string
  readonly role: 'author' | 'writer'
  /** When it was said, milliseconds since the epoch. */
  readonly saidAt: number
}

export interface Correction extends NewCorrection {
  /** When the store learned of it. */
  readonly recordedAt: number
  readonly undoneAt: number | null
}

/** What was said is never overwritten. Until when it stood follows from all that the same person said, in whatever order it was heard. */
export interface Corrections {
  /** False: it was heard before. */
  add(correction: NewCorrection): Promise<boolean>
  /** Until when it stood; null: it stands. False: there is none, or it is so already. */
  undo(id: string, at: number | null): Promise<boolean>
  /** In the order in which they were said, undone ones included. */
  of(repositoryId: number, number: number): Promise<Correction[]>
}
