import type { GraphQLResolveInfo } from 'graphql'
import { findRef, findRefByName } from '../git.ts'
import { nodeId } from '../node-id.ts'
import { needs } from '../permissions.ts'
import { findLabel, findPullRequest, fullName, type Label } from '../state.ts'
import { actorNode } from './actor-node.ts'
import { connection, type PagingArguments } from './connection.ts'
import { demand, type RepositoryContext } from './context.ts'
import { unresolved } from './errors.ts'
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

/** GitHub searches names and descriptions. */
function searchLabels(labels: readonly Label[], query: string): Label[] {
  const text = query.toLowerCase()
  return labels.filter(({ name, description }) =>
    [name, description ?? ''].some((field) => field.toLowerCase().includes(text)),
  )
}
