import * as z from 'zod'
import { ActorNodeSchema } from './actor-node.ts'

const time = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text))
/** A date that a client gave, and which may be none. */
const clientTime = time.optional().catch(undefined)
const sha = z.string().regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/)
const count = z.int().nonnegative()
/** BigInt, which GraphQL writes as a text. */
const bigNumber = z.coerce.number().pipe(count)
const actor = z.nullable(ActorNodeSchema)
const oid = z.object({ oid: sha }).nullish()

/** GraphQL leaves null in a list where one item could not be read. */
function listOf<Schema extends z.core.$ZodType>(item: Schema) {
  return z
    .array(z.nullable(item))
    .nullish()
    .transform((items) => items ?? [])
}

/** What could be read of a list; `missing`: how many items of this page could not. */
function page<Schema extends z.ZodType>(item: Schema) {
  return z
    .object({
      totalCount: count,
      pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
      nodes: listOf(item),
    })
    .transform(({ totalCount, pageInfo, nodes }) => {
      const items = nodes.filter((node) => node !== null)
      const after = pageInfo.hasNextPage ? pageInfo.endCursor : null
      return { totalCount, items, after, missing: nodes.length - items.length }
    })
}

const PersonSchema = z
  .object({ name: z.string().nullish(), email: z.string().nullish() })
  .transform(({ name, email }) => ({ name: name ?? '', email: email ?? '' }))

const CommitSchema = z.object({
  oid: sha,
  message: z.string(),
  authoredDate: clientTime,
  committedDate: clientTime,
  parents: z.object({ totalCount: count }),
  author: z
    .object({
      name: z.string().nullish(),
      email: z.string().nullish(),
      user: z.object({ databaseId: z.number().nullish(), login: z.string() }).nullish(),
    })
    .nullish(),
  committer: PersonSchema.nullish(),
  signature: z.object({ isValid: z.boolean() }).nullish(),
})

const CommitOfPullRequestSchema = z
  .object({ commit: CommitSchema.nullable() })
  .transform(({ commit }) => commit)

const reviewState = z.enum(['APPROVED', 'CHANGES_REQUESTED', 'COMMENTED', 'DISMISSED', 'PENDING'])

const ReviewSchema = z.object({
  fullDatabaseId: bigNumber,
  state: reviewState,
  submittedAt: time.nullable(),
  author: actor,
  commit: oid,
})

const CommentSchema = z.object({
  fullDatabaseId: bigNumber,
  createdAt: time,
  author: actor,
  originalCommit: oid,
})

const ThreadSchema = z.object({
  isResolved: z.boolean(),
  comments: z.object({ totalCount: count, nodes: listOf(CommentSchema) }),
})

const createdAt = time
const moment = z.object({ createdAt })
const labelling = moment.extend({ label: z.object({ name: z.string() }), actor })
const event = <Name extends string>(name: Name) => moment.extend({ __typename: z.literal(name) })

const TimelineItemSchema = z.discriminatedUnion('__typename', [
  event('ReadyForReviewEvent'),
  event('ConvertToDraftEvent'),
  event('ReviewRequestedEvent'),
  event('ClosedEvent'),
  event('ReopenedEvent'),
  event('BaseRefChangedEvent'),
  event('AutomaticBaseChangeSucceededEvent'),
  event('AddedToMergeQueueEvent'),
  event('RemovedFromMergeQueueEvent'),
  event('AutoMergeEnabledEvent'),
  event('AutoMergeDisabledEvent'),
  labelling.extend({ __typename: z.literal('LabeledEvent') }),
  labelling.extend({ __typename: z.literal('UnlabeledEvent') }),
  event('HeadRefForcePushedEvent').extend({
    actor,
    beforeCommit: z
      .object({
        oid: sha,
        authoredDate: clientTime,
        parents: z.object({ totalCount: count }),
      })
      .nullish(),
    afterCommit: oid,
  }),
  event('ReviewDismissedEvent').extend({
    previousReviewState: reviewState,
    review: z.object({ fullDatabaseId: bigNumber }).nullable(),
  }),
])

const FileSchema = z.object({ path: z.string(), additions: count, deletions: count })

const listSchemas = {
  commits: page(CommitOfPullRequestSchema),
  reviews: page(ReviewSchema),
  reviewThreads: page(ThreadSchema),
  timelineItems: page(TimelineItemSchema),
  files: page(FileSchema),
} as const

const FactsSchema = z.object({
  fullDatabaseId: bigNumber.nullish(),
  number: z.int().positive(),
  title: z.string(),
  body: z.string(),
  state: z.enum(['OPEN', 'CLOSED', 'MERGED']),
  isDraft: z.boolean(),
  createdAt: time,
  updatedAt: time,
  closedAt: time.nullable(),
  mergedAt: time.nullable(),
  lastEditedAt: time.nullable(),
  editor: z.object({ __typename: z.string() }).nullish(),
  author: actor,
  mergedBy: actor,
  assignees: z.object({ totalCount: count, nodes: listOf(ActorNodeSchema) }),
  labels: z.object({ totalCount: count, nodes: listOf(z.object({ name: z.string() })) }).nullable(),
  baseRefName: z.string(),
  baseRefOid: sha,
  headRefName: z.string(),
  headRefOid: sha,
  isCrossRepository: z.boolean(),
  headRepository: z.object({ id: z.string() }).nullable(),
  additions: count,
  deletions: count,
  changedFiles: count,
  mergeCommit: z
    .object({
      oid: sha,
      message: z.string(),
      authoredDate: clientTime,
      parents: z.object({ totalCount: count }),
      author: PersonSchema.nullish(),
      committer: PersonSchema.nullish(),
    })
    .nullish(),
  commits: listSchemas.commits.optional(),
  reviews: listSchemas.reviews.nullable(),
  reviewThreads: listSchemas.reviewThreads,
  timelineItems: listSchemas.timelineItems,
  files: listSchemas.files.nullable(),
})

const RateLimitSchema = z
  .object({ cost: z.number(), remaining: z.number(), resetAt: time })
  .nullish()

const ViewerSchema = z.object({ login: z.string(), databaseId: z.number().nullish() })

const RepositorySchema = z.object({
  databaseId: count.nullable(),
  nameWithOwner: z.string(),
  defaultBranchRef: z.object({ name: z.string() }).nullable(),
  tip: oid,
  notes: z.object({ target: oid }).nullish(),
})

export const RecordsReplySchema = z.object({
  viewer: ViewerSchema,
  rateLimit: RateLimitSchema,
  repository: RepositorySchema.extend({
    pullRequests: z
      .object({
        totalCount: count,
        pageInfo: z.object({ hasNextPage: z.boolean() }),
        edges: listOf(z.object({ cursor: z.string(), node: FactsSchema.nullable() })),
      })
      .nullish(),
  }).nullable(),
})

export const RecordReplySchema = z.object({
  viewer: ViewerSchema,
  rateLimit: RateLimitSchema,
  repository: RepositorySchema.extend({ pullRequest: FactsSchema.nullish() }).nullable(),
})

export const ListsReplySchema = z.object({
  rateLimit: RateLimitSchema,
  repository: z.object({ pullRequest: z.object(listSchemas).partial().nullable() }).nullable(),
})

/** A pull request as the query gives it, its lists perhaps not to their end. */
export type PullRequestNode = z.infer<typeof FactsSchema>
export type RepositoryNode = z.infer<typeof RepositorySchema>
export type RateLimit = z.infer<typeof RateLimitSchema>
export type CommitNode = z.infer<typeof CommitSchema>
export type TimelineItem = z.infer<typeof TimelineItemSchema>
export type ReviewNode = z.infer<typeof ReviewSchema>
export type ThreadNode = z.infer<typeof ThreadSchema>
export type FileNode = z.infer<typeof FileSchema>
