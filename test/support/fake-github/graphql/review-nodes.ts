import type { GraphQLResolveInfo } from 'graphql'
import { nodeId } from '../node-id.ts'
import { needs } from '../permissions.ts'
import type { Review, ReviewComment, ReviewThread } from '../state.ts'
import { actorNode } from './actor-node.ts'
import { connection, type PagingArguments } from './connection.ts'
import { demand, type RepositoryContext } from './context.ts'
import { commitNode } from './git-nodes.ts'

export function reviewNode(context: RepositoryContext, review: Review) {
  const { id, author, state, submittedAt, commit } = review
  return {
    __typename: 'PullRequestReview',
    id: nodeId('PRR', id),
    databaseId: id,
    fullDatabaseId: String(id),
    author: actorNode(author, context.urls),
    state,
    submittedAt,
    commit: () => linkedCommit(context, commit),
  }
}

export function threadNode(context: RepositoryContext, { id, resolved, comments }: ReviewThread) {
  return {
    __typename: 'PullRequestReviewThread',
    id: nodeId('PRRT', id),
    isResolved: resolved,
    comments: (args: PagingArguments, _: unknown, info: GraphQLResolveInfo) =>
      connection(comments, args, info, (comment) => commentNode(context, comment)),
  }
}

function commentNode(context: RepositoryContext, comment: ReviewComment) {
  const { id, author, createdAt, commit } = comment
  return {
    __typename: 'PullRequestReviewComment',
    id: nodeId('PRRC', id),
    databaseId: id,
    fullDatabaseId: String(id),
    author: actorNode(author, context.urls),
    createdAt,
    publishedAt: createdAt,
    originalCommit: () => linkedCommit(context, commit),
  }
}

/** A commit that something points to: null where it is gone, and a matter of the contents even then. */
export function linkedCommit(context: RepositoryContext, sha: string | null) {
  if (sha === null) return null
  demand(context, needs.contents)
  const known = context.git.commits.get(sha)
  return known === undefined ? null : commitNode(context, known)
}
