import * as z from 'zod'
import type { Account, LabelEvent } from '../provenance/index.ts'
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
      author { __typename login ... on User { databaseId } ... on Bot { databaseId } }
      labels(first: 100) { nodes { name } }
      timelineItems(last: 100, before: $before, itemTypes: [LABELED_EVENT, UNLABELED_EVENT]) {
        pageInfo { hasPreviousPage startCursor }
        nodes {
          __typename
          ... on LabeledEvent { createdAt label { name } actor { __typename login ... on User { databaseId } ... on Bot { databaseId } } }
          ... on UnlabeledEvent { createdAt label { name } actor { __typename login ... on User { databaseId } ... on Bot { databaseId } } }
        }
      }
      mergeCommit { oid message authoredDate }
    }
  }
}`

const ActorSchema = z.object({
  __typename: z.string(),
  login: z.string(),
  databaseId: z.number().nullish(),
})

const time = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text))

const LabelEventSchema = z.object({
  __typename: z.enum(['LabeledEvent', 'UnlabeledEvent']),
  createdAt: time,
  label: z.object({ name: z.string() }),
  actor: ActorSchema.nullable(),
})

/** GraphQL leaves null in a list where one item could not be read. */
function listOf<Schema extends z.ZodType>(item: Schema) {
  return z
    .array(item.nullable())
    .nullish()
    .transform((items) => items?.filter((value) => value !== null) ?? [])
}

const labelNames = z
  .object({ nodes: listOf(z.object({ name: z.string() })) })
  .nullish()
  .transform((labels) => labels?.nodes.map(({ name }) => name) ?? [])

const ReplySchema = z.object({
  viewer: z.object({ login: z.string(), databaseId: z.number().nullish() }),
  repository: z
    .object({
      nameWithOwner: z.string(),
      configuration: z.object({ text: z.string().nullish() }).nullish(),
      notes: z.object({ target: z.object({ oid: z.string() }).nullish() }).nullish(),
      knownLabels: labelNames,
      pullRequest: z
        .object({
          number: z.number(),
          url: z.string(),
          body: z.string(),
          createdAt: time,
          lastEditedAt: time.nullable(),
          editor: z.object({ __typename: z.string() }).nullish(),
          headRefName: z.string(),
          headRefOid: z.string(),
          baseRefOid: z.string(),
          merged: z.boolean(),
          author: ActorSchema.nullable(),
          labels: labelNames,
          timelineItems: z.object({
            pageInfo: z.object({
              hasPreviousPage: z.boolean(),
              startCursor: z.string().nullable(),
            }),
            nodes: listOf(LabelEventSchema),
          }),
          mergeCommit: z
            .object({
              oid: z.string(),
              message: z.string(),
              // A rebased commit keeps the date that its author's clock gave, whatever it was.
              authoredDate: time.optional().catch(undefined),
            })
            .nullish(),
        })
        .nullable(),
    })
    .nullable(),
})

type Reply = z.infer<typeof ReplySchema>
type Viewer = Reply['viewer']
type Actor = z.infer<typeof ActorSchema>

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
  const opener = pullRequest.author === null ? undefined : toAccount(pullRequest.author)
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

function toAccount(actor: Actor): Account | undefined {
  if (typeof actor.databaseId !== 'number') return undefined
  return { id: actor.databaseId, login: fullLogin(actor), bot: isBot(actor) }
}

function isBot(actor: Actor): boolean {
  return actor.__typename === 'Bot'
}

/** GraphQL leaves the "[bot]" off an app's login; REST, commits and people's habit have it. */
function fullLogin(actor: Actor): string {
  return isBot(actor) && !actor.login.endsWith('[bot]') ? `${actor.login}[bot]` : actor.login
}

function toLabelEvent(event: z.infer<typeof LabelEventSchema>, viewer: Viewer): LabelEvent {
  return {
    label: event.label.name,
    action: event.__typename === 'LabeledEvent' ? 'added' : 'removed',
    by: labelledBy(event.actor, viewer),
    at: event.createdAt,
  }
}

function labelledBy(actor: Actor | null, viewer: Viewer): LabelEvent['by'] {
  if (actor === null) return 'person'
  if (isViewer(actor, viewer)) return 'us'
  return isBot(actor) ? 'app' : 'person'
}

function isViewer(actor: Actor, viewer: Viewer): boolean {
  if (typeof actor.databaseId === 'number' && typeof viewer.databaseId === 'number') {
    return actor.databaseId === viewer.databaseId
  }
  const login = viewer.login.toLowerCase()
  return [actor.login, fullLogin(actor)].some((name) => name.toLowerCase() === login)
}
