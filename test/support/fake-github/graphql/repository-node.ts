import type { GraphQLResolveInfo } from 'graphql'
import { findRef, findRefByName } from '../git.ts'
import { nodeId } from '../node-id.ts'
import { needs } from '../permissions.ts'
import { findLabel, findPullRequest, fullName, type Label, type PullRequest } from '../state.ts'
import { actorNode } from './actor-node.ts'
import { connection, type PagingArguments } from './connection.ts'
import { demand, type RepositoryContext } from './context.ts'
import { NotModelled, unresolved } from './errors.ts'
import { refNode, resolveObject } from './git-nodes.ts'
import { labelNode } from './label-node.ts'
import { pullRequestNode } from './pull-request-node.ts'

export function repositoryNode(context: RepositoryContext) {
  const { repository, git, urls } = context
  return {
    __typename: 'Repository',
    id: nodeId('R', repository.id),
    databaseId: repository.id,
    name: repository.name,
    nameWithOwner: fullName(repository),
    owner: actorNode(repository.owner, urls),
    url: `${urls.web}/${fullName(repository)}`,
    isPrivate: repository.private,
    defaultBranchRef: () => {
      const name = `refs/heads/${repository.defaultBranch}`
      const sha = findRef(git, name)
      return sha === undefined ? null : refNode(context, name, sha)
    },
    ref: ({ qualifiedName }: { qualifiedName: string }) => {
      demand(context, needs.contents)
      const ref = findRefByName(git, qualifiedName)
      return ref === undefined ? null : refNode(context, ref.fullName, ref.sha)
    },
    object: ({ expression, oid }: { expression?: string | null; oid?: string | null }) =>
      resolveObject(context, expression ?? oid ?? ''),
    label: ({ name }: { name: string }) => {
      demand(context, needs.repositoryLabels)
      const label = findLabel(repository, name)
      return label === undefined ? null : labelNode(label)
    },
    labels: (
      { query, ...paging }: PagingArguments & { query?: string | null },
      _: unknown,
      info: GraphQLResolveInfo,
    ) => {
      demand(context, needs.repositoryLabels)
      return connection(searchLabels(repository.labels, query ?? ''), paging, info, labelNode)
    },
    pullRequests: (
      { orderBy, ...paging }: PagingArguments & { orderBy?: IssueOrder | null },
      _: unknown,
      info: GraphQLResolveInfo,
    ) => {
      demand(context, needs.pullRequests)
      const ordered = inOrder(repository.pullRequests, orderBy)
      return connection(ordered, paging, info, (pullRequest) =>
        pullRequestNode(context, pullRequest),
      )
    },
    pullRequest: ({ number }: { number: number }) => {
      demand(context, needs.pullRequests)
      const pullRequest = findPullRequest(repository, number)
      if (pullRequest === undefined) {
        throw unresolved(`PullRequest with the number of ${number}`)
      }
      return pullRequestNode(context, pullRequest)
    },
  }
}

interface IssueOrder {
  readonly field: 'CREATED_AT' | 'UPDATED_AT' | 'COMMENTS'
  readonly direction: 'ASC' | 'DESC'
}

/** By number where the times are the same; without an order by the time of creation. */
function inOrder(
  pullRequests: readonly PullRequest[],
  order: IssueOrder | null | undefined,
): PullRequest[] {
  if (order?.field === 'COMMENTS') throw new NotModelled('an order by comments')
  const time = ({ createdAt, updatedAt }: PullRequest) =>
    Date.parse(order?.field === 'UPDATED_AT' ? updatedAt : createdAt)
  const ascending = pullRequests.toSorted(
    (one, other) => time(one) - time(other) || one.number - other.number,
  )
  return order?.direction === 'DESC' ? ascending.reverse() : ascending
}

/** GitHub searches names and descriptions. */
function searchLabels(labels: readonly Label[], query: string): Label[] {
  const text = query.toLowerCase()
  return labels.filter(({ name, description }) =>
    [name, description ?? ''].some((field) => field.toLowerCase().includes(text)),
  )
}
