import type { Account, Commit, KnownMarks } from '../provenance/index.ts'
import type { CommitNode } from './records-schema.ts'

/** A commit of GraphQL's as REST would tell it. */
export function toCommit(node: CommitNode, marks: KnownMarks): Commit & { readonly sha: string } {
  const { oid, message, author, committer, authoredDate, committedDate, signature, parents } = node
  const authorAccount = linkedAccount(author, marks)
  return {
    sha: oid,
    message,
    ...(author ? { author: { name: author.name ?? '', email: author.email ?? '' } } : {}),
    ...(committer ? { committer } : {}),
    ...(authorAccount === undefined ? {} : { authorAccount }),
    verified: signature?.isValid ?? false,
    ...(authoredDate === undefined ? {} : { authoredAt: authoredDate }),
    ...(committedDate === undefined ? {} : { committedAt: committedDate }),
    parents: parents.totalCount,
  }
}

/**
 * The account that GitHub linked to the author. GraphQL names people only; REST names an app too, which GitHub links by
 * the account number in its noreply address: so it is read from there.
 */
function linkedAccount(author: CommitNode['author'], marks: KnownMarks): Account | undefined {
  const user = author?.user
  if (typeof user?.databaseId === 'number') {
    return { id: user.databaseId, login: user.login, bot: false }
  }
  const [, id, login] = numberedNoreply.exec(author?.email ?? '') ?? []
  if (user || id === undefined || login === undefined) return undefined
  const account = { id: Number(id), login, bot: true }
  // A person's account may be gone: only a login that no person can have, or one that the registry knows, is an app's.
  const known = login.endsWith('[bot]') || marks.authors.match('', account).length > 0
  return known ? account : undefined
}

const numberedNoreply = /^(\d{1,15})\+([^@+]+)@users\.noreply\.github\.com$/i
