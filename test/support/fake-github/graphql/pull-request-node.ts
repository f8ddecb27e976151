import type { GraphQLResolveInfo } from 'graphql'
import { aLabel } from '../builders.ts'
import { nodeId } from '../node-id.ts'
import { needs } from '../permissions.ts'
import { findLabel, fullName, type PullRequest } from '../state.ts'
import { actorNode } from './actor-node.ts'
import { connection, type PagingArguments } from './connection.ts'
import { demand, type RepositoryContext } from './context.ts'
import { commitNode } from './git-nodes.ts'
import { labelNode } from './label-node.ts'
import { reviewNode, threadNode } from './review-nodes.ts'
import { eventNode, eventsOf } from './timeline-nodes.ts'

export function pullRequestNode(context: RepositoryContext, pullRequest: PullRequest) {
  const { repository, urls } = context
  const { number, head, base, mergeCommit } = pullRequest
  const headRepository = head.repository === 'same' ? repository : head.repository
  return {
    __typename: 'PullRequest',
    id: nodeId('PR', pullRequest.id),
    databaseId: pullRequest.id,
    fullDatabaseId: String(pullRequest.id),
    number,
    title: pullRequest.title,
    body: pullRequest.body ?? '',
    url: `${urls.web}/${fullName(repository)}/pull/${number}`,
    state: pullRequest.merged ? 'MERGED' : pullRequest.state.toUpperCase(),
    merged: pullRequest.merged,
    isDraft: pullRequest.draft,
    createdAt: pullRequest.createdAt,
    updatedAt: pullRequest.updatedAt,
    closedAt: pullRequest.closedAt,
    mergedAt: pullRequest.mergedAt,
    lastEditedAt: pullRequest.lastEditedAt,
    additions: pullRequest.additions,
    deletions: pullRequest.deletions,
    changedFiles: pullRequest.changedFiles,
    author: actorNode(pullRequest.author, urls),
    editor: pullRequest.editor === null ? null : actorNode(pullRequest.editor, urls),
    mergedBy: pullRequest.merged ? actorNode(pullRequest.mergedBy, urls) : null,
    baseRefName: base.ref,
    baseRefOid: base.sha,
    headRefName: head.ref,
    headRefOid: head.sha,
    isCrossRepository: head.repository !== 'same',
    headRepository:
      headRepository === null
        ? null
        : {
            __typename: 'Repository',
            id: nodeId('R', headRepository.id),
            databaseId: headRepository.id,
            nameWithOwner: fullName(headRepository),
          },
    mergeCommit: () => {
      if (mergeCommit === null) return null
      demand(context, needs.contents)
      return commitNode(context, mergeCommit)
    },
    labels: (args: PagingArguments, _: unknown, info: GraphQLResolveInfo) =>
      connection(pullRequest.labels, args, info, (name) =>
        labelNode(findLabel(repository, name) ?? aLabel(name)),
      ),
    commits: (args: PagingArguments, _: unknown, info: GraphQLResolveInfo) =>
      connection(pullRequest.commits, args, info, (commit) => ({
        __typename: 'PullRequestCommit',
        id: nodeId('PRC', `${number}:${commit.sha}`),
        commit: () => {
          demand(context, needs.contents)
          return commitNode(context, commit)
        },
      })),
    timelineItems: (args: TimelineArguments, _: unknown, info: GraphQLResolveInfo) => {
      const { itemTypes, ...paging } = args
      return connection(eventsOf(pullRequest, itemTypes), paging, info, (event) =>
        eventNode(context, pullRequest, event),
      )
    },
    reviews: (args: PagingArguments, _: unknown, info: GraphQLResolveInfo) =>
      connection(pullRequest.reviews, args, info, (review) => reviewNode(context, review)),
    reviewThreads: (args: PagingArguments, _: unknown, info: GraphQLResolveInfo) =>
      connection(pullRequest.threads, args, info, (thread) => threadNode(context, thread)),
    assignees: (args: PagingArguments, _: unknown, info: GraphQLResolveInfo) =>
      connection(
        pullRequest.assignees.filter(({ type }) => type === 'User'),
        args,
        info,
        (account) => actorNode(account, urls),
      ),
    files: (args: PagingArguments, _: unknown, info: GraphQLResolveInfo) =>
      connection(pullRequest.files.slice(0, maximumFiles), args, info, (file) => ({
        __typename: 'PullRequestChangedFile',
        ...file,
      })),
  }
}

/** GitHub lists no more of a pull request's files. */
const maximumFiles = 3_000

type TimelineArguments = PagingArguments & { readonly itemTypes?: readonly string[] | null }
