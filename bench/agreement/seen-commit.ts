import { type Commit, parseTrailers } from '../../src/provenance/index.ts'

/** A commit as the other rules read it: texts, and nothing of our own reading but git's trailer block. */
export interface SeenCommit {
  readonly message: string
  /** "Name <email>". */
  readonly author: string
  readonly committer: string
  readonly authorEmail: string
  readonly committerEmail: string
  /** Author date, milliseconds since the epoch. */
  readonly authoredAt: number | undefined
  /** Lines that read `key: value`, wherever they stand; keys in lower case. */
  readonly pairs: readonly { readonly key: string; readonly value: string }[]
  /** Values of the co-author lines among them. */
  readonly coAuthors: readonly string[]
  /** Git's own trailer block, read when it is asked for. */
  block(): readonly { readonly key: string; readonly value: string }[]
}

const pair = /^([A-Za-z0-9-]+)[ \t]*:[ \t]*(.*)$/gm

/** Reads a commit for the rules that ours are compared with. */
export function seeCommit(commit: Commit): SeenCommit {
  const { message, author, committer } = commit
  const pairs = Array.from(message.matchAll(pair), ([, key = '', value = '']) => ({
    key: key.toLowerCase(),
    value: value.trim(),
  }))
  return {
    message,
    author: `${author?.name ?? ''} <${author?.email ?? ''}>`,
    committer: `${committer?.name ?? ''} <${committer?.email ?? ''}>`,
    authorEmail: author?.email.toLowerCase() ?? '',
    committerEmail: committer?.email.toLowerCase() ?? '',
    authoredAt: commit.authoredAt,
    pairs,
    coAuthors: pairs.filter(({ key }) => key === 'co-authored-by').map(({ value }) => value),
    block: () => parseTrailers(message),
  }
}
