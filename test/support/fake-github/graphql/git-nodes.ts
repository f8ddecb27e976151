import type { GraphQLResolveInfo } from 'graphql'
import { findObject, type Git, history, resolveCommit, treeOf } from '../git.ts'
import { type GitBlob, type GitTree, objectAtPath } from '../git-tree.ts'
import { nodeId } from '../node-id.ts'
import { needs } from '../permissions.ts'
import {
  type Account,
  type Commit,
  fullName,
  type PullRequest,
  type Repository,
  type Signature,
} from '../state.ts'
import { linkedUserNode } from './actor-node.ts'
import { connection, type PagingArguments } from './connection.ts'
import { demand, type RepositoryContext } from './context.ts'

/** A blob's text is cut after so many bytes. */
const maximumTextBytes = 512_000
const maximumHeadline = 72

export function commitNode(context: RepositoryContext, commit: Commit) {
  const { repository, git, urls } = context
  const { sha, message, author, committer, parents, verified } = commit
  return {
    __typename: 'Commit',
    id: nodeId('C', sha),
    oid: sha,
    abbreviatedOid: sha.slice(0, 7),
    url: `${urls.web}/${fullName(repository)}/commit/${sha}`,
    message,
    messageHeadline: headlineOf(message),
    authoredDate: author.date,
    committedDate: committer.date,
    author: gitActorNode(context, author, commit.authorAccount),
    committer: gitActorNode(context, committer, commit.committerAccount),
    signature: verified ? { __typename: 'GpgSignature', isValid: true, state: 'VALID' } : null,
    additions: commit.size?.additions ?? 0,
    deletions: commit.size?.deletions ?? 0,
    changedFilesIfAvailable: commit.size?.files ?? 0,
    tree: () => treeNode(treeOf(git, commit)),
    history: (args: HistoryArguments, _: unknown, info: GraphQLResolveInfo) => {
      const { since, until, ...paging } = args
      const log = readHistory(git, commit).filter(
        ({ committer: { date } }) =>
          (since == null || Date.parse(date) >= Date.parse(since)) &&
          (until == null || Date.parse(date) <= Date.parse(until)),
      )
      return connection(log, paging, info, (one) => commitNode(context, one))
    },
    associatedPullRequests: (args: PagingArguments, _: unknown, info: GraphQLResolveInfo) =>
      connection(pullRequestsWith(repository, commit), args, info, (pullRequest) =>
        associatedNode(context, pullRequest),
      ),
    parents: (args: PagingArguments, _: unknown, info: GraphQLResolveInfo) =>
      connection(parents, args, info, (parent) => {
        const known = git.commits.get(parent)
        return known === undefined ? null : commitNode(context, known)
      }),
  }
}

type HistoryArguments = PagingArguments & {
  readonly since?: string | null
  readonly until?: string | null
}

/** As `git log` tells it: the newest first. */
function readHistory(git: Git, tip: Commit): Commit[] {
  return history(git, tip).toSorted(
    (one, other) => Date.parse(other.committer.date) - Date.parse(one.committer.date),
  )
}

function pullRequestsWith({ pullRequests }: Repository, { sha }: Commit): PullRequest[] {
  return pullRequests.filter(
    ({ commits, mergeCommit }) =>
      mergeCommit?.sha === sha || commits.some((commit) => commit.sha === sha),
  )
}

function associatedNode({ repository }: RepositoryContext, pullRequest: PullRequest) {
  return {
    __typename: 'PullRequest',
    id: nodeId('PR', pullRequest.id),
    number: pullRequest.number,
    merged: pullRequest.merged,
    baseRepository: {
      __typename: 'Repository',
      id: nodeId('R', repository.id),
      databaseId: repository.id,
      nameWithOwner: fullName(repository),
    },
  }
}

function headlineOf(message: string): string {
  const [line = ''] = message.split('\n')
  const characters = [...line]
  return characters.length > maximumHeadline
    ? `${characters.slice(0, maximumHeadline - 1).join('')}…`
    : line
}

function gitActorNode(
  { urls }: RepositoryContext,
  { name, email, date }: Signature,
  account: Account | null,
) {
  return { name, email, date, user: linkedUserNode(account, urls) }
}

export function treeNode(tree: GitTree) {
  return {
    __typename: 'Tree',
    id: nodeId('T', tree.oid),
    oid: tree.oid,
    entries: () =>
      tree.entries.map(({ name, mode, object }) => ({
        name,
        mode: Number.parseInt(mode, 8),
        type: object.type,
        oid: object.oid,
        size: object.type === 'blob' ? object.content.length : 0,
        object: () => objectNode(object),
      })),
  }
}

export function blobNode({ oid, content }: GitBlob) {
  const isBinary = content.includes(0)
  return {
    __typename: 'Blob',
    id: nodeId('B', oid),
    oid,
    byteSize: content.length,
    isBinary,
    isTruncated: content.length > maximumTextBytes,
    text: isBinary ? null : content.subarray(0, maximumTextBytes).toString(),
  }
}

function objectNode(object: GitBlob | GitTree) {
  return object.type === 'blob' ? blobNode(object) : treeNode(object)
}

/** What a revision names: `<commit or ref>`, `<commit or ref>:<path>`, or the id of a tree or blob. Null: nothing. */
export function resolveObject(context: RepositoryContext, expression: string) {
  demand(context, needs.contents)
  const { git } = context
  const [revision = '', ...path] = expression.split(':')
  const commit = resolveCommit(git, revision)
  if (path.length > 0) {
    const object = commit && objectAtPath(treeOf(git, commit), path.join(':'))
    return object === undefined ? null : objectNode(object)
  }
  if (commit !== undefined) return commitNode(context, commit)
  const object = findObject(git, revision)
  return object === undefined ? null : objectNode(object)
}

/** A ref, by its full name. Its name may be read with the repository, its target with the contents. */
export function refNode(context: RepositoryContext, name: string, sha: string) {
  const { git } = context
  const [, prefix = '', short = name] = /^(refs\/(?:heads|tags)\/|refs\/.*\/)(.+)$/.exec(name) ?? []
  return {
    __typename: 'Ref',
    id: nodeId('REF', name),
    name: short,
    prefix,
    target: () => {
      demand(context, needs.contents)
      const commit = git.commits.get(sha)
      return commit === undefined ? null : commitNode(context, commit)
    },
  }
}
