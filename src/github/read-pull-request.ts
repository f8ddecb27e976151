import * as z from 'zod/mini'
import type { LabelEvent } from '../provenance/index.ts'
import { ActorNodeSchema, actorFields, labelledBy, toAccount, type Viewer } from './actor-node.ts'
import type { Forbidden, GitHubApi } from './api.ts'
import { GitHubError } from './github-error.ts'
import type { PullRequestFacts } from './pull-request-facts.ts'

export interface PullRequestAddress {
  readonly owner: string
  readonly name: string
  readonly number: number
}

/**
 * Everything but the commits in one query. `object`, `ref` and `mergeCommit` need `contents: read`: without it GitHub
 * answers null for them and says FORBIDDEN.
 */
export const pullRequestQuery = `
query PullRequest($owner: String!, $name: String!, $number: Int!, $configuration: String!, $labels: String!, $before: String) {
  viewer { login databaseId }
  repository(owner: $owner, name: $name) {
    nameWithOwner
    configuration: object(expression: $configuration) { ... on Blob { text } }
    notes: ref(qualifiedName: "refs/notes/ai") { target { oid } }
    knownLabels: labels(first: 100, query: $labels) { nodes { name } }
    pullRequest(number: $number) {
      number
      url
      body
      createdAt
      lastEditedAt
      editor { __typename }
      headRefName
      headRefOid
      baseRefOid
      merged
      author { ${actorFields} }
      labels(first: 100) { nodes { name } }
      timelineItems(last: 100, before: $before, itemTypes: [LABELED_EVENT, UNLABELED_EVENT]) {
        pageInfo { hasPreviousPage startCursor }
        nodes {
          __typename
          ... on LabeledEvent { createdAt label { name } actor { ${actorFields} } }
          ... on UnlabeledEvent { createdAt label { name } actor { ${actorFields} } }
        }
      }
      mergeCommit { oid message authoredDate }
    }
  }
}`

const time = z.pipe(
  z.iso.datetime({ offset: true }),
  z.transform((text) => Date.parse(text)),
)

const LabelEventSchema = z.object({
  __typename: z.enum(['LabeledEvent', 'UnlabeledEvent']),
  createdAt: time,
  label: z.object({ name: z.string() }),
  actor: z.nullable(ActorNodeSchema),
})

/** GraphQL leaves null in a list where one item could not be read. */
function listOf<Schema extends z.ZodMiniType>(item: Schema) {
  return z.pipe(
    z.nullish(z.array(z.nullable(item))),
    z.transform((items) => items?.filter((value) => value !== null) ?? []),
  )
}

const labelNames = z.pipe(
  z.nullish(z.object({ nodes: listOf(z.object({ name: z.string() })) })),
  z.transform((labels) => labels?.nodes.map(({ name }) => name) ?? []),
)

const PullRequestSchema = z.object({
  number: z.number(),
  url: z.string(),
  body: z.string(),
  createdAt: time,
  lastEditedAt: z.nullable(time),
  editor: z.nullish(z.object({ __typename: z.string() })),
  headRefName: z.string(),
  headRefOid: z.string(),
  baseRefOid: z.string(),
  merged: z.boolean(),
  author: z.nullable(ActorNodeSchema),
  labels: labelNames,
  timelineItems: z.object({
    pageInfo: z.object({ hasPreviousPage: z.boolean(), startCursor: z.nullable(z.string()) }),
    nodes: listOf(LabelEventSchema),
  }),
  mergeCommit: z.nullish(
    z.object({
      oid: z.string(),
      message: z.string(),
      // A rebased commit keeps the date that its author's clock gave, whatever it was.
      authoredDate: z.catch(z.optional(time), undefined),
    }),
  ),
})

const ReplySchema = z.object({
  viewer: z.object({ login: z.string(), databaseId: z.nullish(z.number()) }),
  repository: z.nullable(
    z.object({
      nameWithOwner: z.string(),
      configuration: z.nullish(z.object({ text: z.nullish(z.string()) })),
      notes: z.nullish(z.object({ target: z.nullish(z.object({ oid: z.string() })) })),
      knownLabels: labelNames,
      pullRequest: z.nullable(PullRequestSchema),
    }),
  ),
})

type Reply = z.infer<typeof ReplySchema>

/** More label events than this were not made by hand; older ones are left unread. */
const maximumEventPages = 10

/** Parts of the reply that only `contents: read` gives, by their path in it. */
const contents = [
  'repository.configuration',
  'repository.notes',
  'repository.pullRequest.mergeCommit',
]

/** What is asked for beside the pull request itself. */
export interface PullRequestQuestions {
  /** Path of the configuration file on the default branch. */
  readonly configurationPath: string
  /** How the labels begin whose existence in the repository is asked for. */
  readonly labelPrefix: string
}

/**
 * Reads a pull request: one call, and one more for every further hundred label events.
 *
 * @throws GitHubError `not-found` where there is no such pull request, `permission` without `pull-requests: read`
 */
export async function readPullRequest(
  api: GitHubApi,
  address: PullRequestAddress,
  { configurationPath, labelPrefix }: PullRequestQuestions,
): Promise<PullRequestFacts> {
  const variables = {
    owner: address.owner,
    name: address.name,
    number: address.number,
    configuration: `HEAD:${configurationPath}`,
    labels: labelPrefix,
  }
  const first = await api.query(pullRequestQuery, variables, ReplySchema)
  const { repository, pullRequest } = found(first, address)
  const events = [...pullRequest.timelineItems.nodes]
  let page = pullRequest.timelineItems.pageInfo
  for (let pages = 1; page.hasPreviousPage && pages < maximumEventPages; pages += 1) {
    const before = { ...variables, before: page.startCursor }
    const next = await api.query(pullRequestQuery, before, ReplySchema)
    const items = found(next, address).pullRequest.timelineItems
    events.unshift(...items.nodes)
    page = items.pageInfo
  }
  const opener = toAccount(pullRequest.author)
  const mergeCommit = pullRequest.merged ? toMergeCommit(pullRequest.mergeCommit) : undefined
  const configuration = repository.configuration?.text ?? undefined
  const notesTip = repository.notes?.target?.oid
  return {
    number: pullRequest.number,
    repository: repository.nameWithOwner,
    url: pullRequest.url,
    headSha: pullRequest.headRefOid,
    baseSha: pullRequest.baseRefOid,
    branch: pullRequest.headRefName,
    ...(opener === undefined ? {} : { opener }),
    description: pullRequest.body,
    describedAt: describedAt(pullRequest),
    labels: pullRequest.labels,
    knownLabels: repository.knownLabels,
    labelEvents: events.map((event) => toLabelEvent(event, first.data.viewer)),
    ...(mergeCommit === undefined ? {} : { mergeCommit }),
    ...(configuration === undefined ? {} : { configuration }),
    ...(notesTip === undefined ? {} : { notesTip }),
    unreadable: first.forbidden.some(({ path }) => isWithin(path, contents)) ? ['contents'] : [],
  }
}

function found(
  { data, forbidden }: { readonly data: Reply; readonly forbidden: readonly Forbidden[] },
  { owner, name, number }: PullRequestAddress,
) {
  const { repository } = data
  const pullRequest = repository?.pullRequest
  const needed = ['repository.pullRequest.labels', ...(pullRequest ? [] : ['repository'])]
  const refusal = forbidden.find(({ path }) => isWithin(path, needed))
  if (refusal !== undefined) throw new GitHubError('permission', refusal.message)
  if (repository && pullRequest) return { repository, pullRequest }
  throw new GitHubError(
    'not-found',
    `there is no pull request ${owner}/${name}#${number} that this token can see`,
  )
}

/** Bots add their summaries to descriptions: what people wrote there is no younger for it. */
function describedAt({
  lastEditedAt,
  createdAt,
  editor,
}: {
  readonly lastEditedAt: number | null
  readonly createdAt: number
  readonly editor?: { readonly __typename: string } | null | undefined
}): number {
  return editor?.__typename === 'Bot' ? createdAt : (lastEditedAt ?? createdAt)
}

function isWithin(path: string, parts: readonly string[]): boolean {
  return parts.some((part) => path === part || path.startsWith(`${part}.`))
}

function toMergeCommit(
  commit: NonNullable<NonNullable<Reply['repository']>['pullRequest']>['mergeCommit'],
): PullRequestFacts['mergeCommit'] {
  if (!commit) return undefined
  const { oid, message, authoredDate } = commit
  return { sha: oid, message, ...(authoredDate === undefined ? {} : { authoredAt: authoredDate }) }
}

function toLabelEvent(event: z.infer<typeof LabelEventSchema>, viewer: Viewer): LabelEvent {
  return {
    label: event.label.name,
    action: event.__typename === 'LabeledEvent' ? 'added' : 'removed',
    by: labelledBy(event.actor, viewer),
    at: event.createdAt,
  }
}
