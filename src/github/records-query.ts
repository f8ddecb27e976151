import { actorFields } from './actor-node.ts'

const timelineTypes = [
  'READY_FOR_REVIEW_EVENT',
  'CONVERT_TO_DRAFT_EVENT',
  'HEAD_REF_FORCE_PUSHED_EVENT',
  'REVIEW_REQUESTED_EVENT',
  'REVIEW_DISMISSED_EVENT',
  'LABELED_EVENT',
  'UNLABELED_EVENT',
  'CLOSED_EVENT',
  'REOPENED_EVENT',
  'BASE_REF_CHANGED_EVENT',
  'AUTOMATIC_BASE_CHANGE_SUCCEEDED_EVENT',
  'ADDED_TO_MERGE_QUEUE_EVENT',
  'REMOVED_FROM_MERGE_QUEUE_EVENT',
  'AUTO_MERGE_ENABLED_EVENT',
  'AUTO_MERGE_DISABLED_EVENT',
]

/** The lists of a pull request, each as it stands in both queries. Commits need `contents: read`. */
const lists = {
  commits: `nodes {
      commit {
        oid message authoredDate committedDate
        parents { totalCount }
        author { name email user { databaseId login } }
        committer { name email }
        signature { isValid }
      }
    }`,
  reviews: `nodes {
      fullDatabaseId state submittedAt
      author { ${actorFields} }
      commit @include(if: $contents) { oid }
    }`,
  reviewThreads: `nodes {
      isResolved
      comments(first: $comments) {
        totalCount
        nodes {
          fullDatabaseId createdAt
          author { ${actorFields} }
          originalCommit @include(if: $contents) { oid }
        }
      }
    }`,
  timelineItems: `nodes {
      __typename
      ... on ReadyForReviewEvent { createdAt }
      ... on ConvertToDraftEvent { createdAt }
      ... on HeadRefForcePushedEvent {
        createdAt
        actor { ${actorFields} }
        beforeCommit @include(if: $contents) { oid authoredDate parents { totalCount } }
        afterCommit @include(if: $contents) { oid }
      }
      ... on ReviewRequestedEvent { createdAt }
      ... on ReviewDismissedEvent { createdAt previousReviewState review { fullDatabaseId } }
      ... on LabeledEvent { createdAt label { name } actor { ${actorFields} } }
      ... on UnlabeledEvent { createdAt label { name } actor { ${actorFields} } }
      ... on ClosedEvent { createdAt }
      ... on ReopenedEvent { createdAt }
      ... on BaseRefChangedEvent { createdAt }
      ... on AutomaticBaseChangeSucceededEvent { createdAt }
      ... on AddedToMergeQueueEvent { createdAt }
      ... on RemovedFromMergeQueueEvent { createdAt }
      ... on AutoMergeEnabledEvent { createdAt }
      ... on AutoMergeDisabledEvent { createdAt }
    }`,
  files: 'nodes { path additions deletions }',
} as const

/** The lists of a pull request that are read to their end, by their names in GraphQL. */
export type ListName = keyof typeof lists
export const listNames = Object.keys(lists) as readonly ListName[]

/** One list with what tells whether it goes on. */
function list(
  name: ListName,
  more: { readonly after?: string; readonly include?: string },
): string {
  const types = name === 'timelineItems' ? `, itemTypes: [${timelineTypes.join(', ')}]` : ''
  const after = more.after === undefined ? '' : `, after: ${more.after}`
  const include = more.include === undefined ? '' : ` @include(if: ${more.include})`
  return `${name}(first: $${name}${after}${types})${include} {
    totalCount
    pageInfo { hasNextPage endCursor }
    ${lists[name]}
  }`
}

const sizes = listNames.map((name) => `$${name}: Int!`).join(', ')

/** What a record needs to know of the repository. */
const repositoryFields = `databaseId
    nameWithOwner
    defaultBranchRef { name }
    tip: object(expression: "HEAD") @include(if: $contents) { oid }
    notes: ref(qualifiedName: "refs/notes/ai") @include(if: $contents) { target { oid } }`

/**
 * A page of pull requests with everything that a record holds, in one request. `tip`, `notes`, the commits and what else
 * stands under `$contents` need `contents: read`: without it GitHub answers null for them and says FORBIDDEN. A commit's
 * `user` is a person always: the schema has no app's account there, so GitHub answers null for a bot (apache/devlake#9086).
 */
export const recordsQuery = `
query PullRequestRecords($owner: String!, $name: String!, $first: Int!, $after: String, $order: IssueOrder!, $contents: Boolean!, $comments: Int!, ${sizes}) {
  viewer { login databaseId }
  rateLimit { cost remaining resetAt }
  repository(owner: $owner, name: $name) {
    ${repositoryFields}
    pullRequests(first: $first, after: $after, orderBy: $order) {
      totalCount
      pageInfo { hasNextPage }
      edges { cursor node { ...Facts } }
    }
  }
}
${facts()}`

/** One pull request, with the same in it as in a page of them. */
export const recordQuery = `
query PullRequestRecord($owner: String!, $name: String!, $number: Int!, $contents: Boolean!, $comments: Int!, ${sizes}) {
  viewer { login databaseId }
  rateLimit { cost remaining resetAt }
  repository(owner: $owner, name: $name) {
    ${repositoryFields}
    pullRequest(number: $number) { ...Facts }
  }
}
${facts()}`

function facts(): string {
  return `
fragment Facts on PullRequest {
  fullDatabaseId
  number
  title
  body
  state
  isDraft
  createdAt
  updatedAt
  closedAt
  mergedAt
  lastEditedAt
  editor { __typename }
  author { ${actorFields} }
  mergedBy { ${actorFields} }
  assignees(first: 20) { totalCount nodes { __typename login databaseId } }
  labels(first: 100) { totalCount nodes { name } }
  baseRefName
  baseRefOid
  headRefName
  headRefOid
  isCrossRepository
  headRepository { id }
  additions
  deletions
  changedFiles
  mergeCommit @include(if: $contents) {
    oid message authoredDate
    parents { totalCount }
    author { name email }
    committer { name email }
  }
  ${listNames.map((name) => list(name, name === 'commits' ? { include: '$contents' } : {})).join('\n  ')}
}`
}

/** The next page of those lists of one pull request that go on: any of them, in one request. */
export const listsQuery = `
query PullRequestLists($owner: String!, $name: String!, $number: Int!, $contents: Boolean!, $comments: Int!, ${sizes}, ${listNames
  .map((name) => `$${name}More: Boolean!, $${name}After: String`)
  .join(', ')}) {
  rateLimit { cost remaining resetAt }
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) {
      ${listNames.map((name) => list(name, { after: `$${name}After`, include: `$${name}More` })).join('\n      ')}
    }
  }
}`
