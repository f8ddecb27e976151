/** A name and an address exactly as git or GitHub wrote them: self-declared, so never proof alone. */
export interface Identity {
  readonly name: string
  readonly email: string
}

/** A GitHub account that GitHub itself linked to a commit or a pull request. Keyed by `id`: logins get renamed. */
export interface Account {
  readonly id: number
  readonly login: string
  /** GitHub's `type`: an app's account is a `Bot`. */
  readonly bot: boolean
}

/** What provenance reads of one commit. Everything but the message may be unknown. */
export interface Commit {
  readonly sha?: string
  readonly message: string
  readonly author?: Identity | undefined
  readonly committer?: Identity | undefined
  /** The account GitHub linked to the author; absent in a clone. */
  readonly authorAccount?: Account | undefined
  /** True when GitHub verified the commit's signature; absent in a clone. */
  readonly verified?: boolean | undefined
  /** Author date, milliseconds since the epoch (client-supplied). */
  readonly authoredAt?: number | undefined
  /** Committer date, milliseconds since the epoch (client-supplied). */
  readonly committedAt?: number | undefined
  /** Number of parents: two and more is a merge. */
  readonly parents?: number | undefined
  /** Raw text of the authorship notes found for this commit, by ref (`refs/notes/ai`). */
  readonly notes?: ReadonlyMap<string, string> | undefined
}
