import * as z from 'zod'

/** What is read of webhook deliveries about a pull request, event by event; everything else in them is dropped unread. */

const time = z.iso
  .datetime({ offset: true })
  .transform((text) => new Date(text).toISOString().replace('.000Z', 'Z'))
const sha = z.string().regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/)
const count = z.int().nonnegative()

const AccountSchema = z.object({ id: count, login: z.string(), type: z.string() })

const RepositorySchema = z.object({
  id: count,
  full_name: z.string(),
  default_branch: z.string().optional(),
})

const PullRequestSchema = z.object({
  id: count,
  number: z.int().positive(),
  state: z.enum(['open', 'closed']),
  title: z.string(),
  body: z.string().nullish(),
  user: AccountSchema.nullable(),
  created_at: time,
  updated_at: time,
  closed_at: time.nullish(),
  merged_at: time.nullish(),
  merge_commit_sha: sha.nullish(),
  assignees: z.array(AccountSchema).nullish(),
  labels: z.array(z.object({ name: z.string() })).nullish(),
  draft: z.boolean().nullish(),
  head: z.object({
    ref: z.string(),
    sha,
    repo: z.object({ id: count }).nullish(),
  }),
  base: z.object({ ref: z.string(), sha }),
  // Not in deliveries about reviews.
  merged_by: AccountSchema.nullish(),
  additions: count.nullish(),
  deletions: count.nullish(),
  changed_files: count.nullish(),
  review_comments: count.nullish(),
})

const CommentSchema = z.object({
  id: count,
  user: AccountSchema.nullish(),
  created_at: time,
  original_commit_id: sha.nullish().catch(null),
  commit_id: sha.nullish().catch(null),
  in_reply_to_id: count.nullish(),
  pull_request_review_id: count.nullish(),
})

const common = {
  action: z.string(),
  repository: RepositorySchema,
  pull_request: PullRequestSchema,
  sender: AccountSchema.nullish(),
}

const payloadSchemas = {
  pull_request: z.object({
    ...common,
    before: sha.optional(),
    after: sha.optional(),
    label: z.object({ name: z.string() }).nullish(),
    changes: z
      .object({
        body: z.unknown().optional(),
        title: z.unknown().optional(),
        base: z.object({ ref: z.object({ from: z.string() }).optional() }).optional(),
      })
      .nullish(),
  }),
  pull_request_review: z.object({
    ...common,
    review: z.object({
      id: count,
      user: AccountSchema.nullish(),
      state: z.string(),
      submitted_at: time.nullish(),
      updated_at: time.nullish(),
      commit_id: sha.nullish().catch(null),
    }),
  }),
  pull_request_review_comment: z.object({ ...common, comment: CommentSchema }),
  pull_request_review_thread: z.object({
    ...common,
    thread: z.object({ comments: z.array(CommentSchema) }),
    updated_at: time.nullish(),
  }),
} as const

type Payloads = { [Event in keyof typeof payloadSchemas]: z.infer<(typeof payloadSchemas)[Event]> }
export type DeliveryEvent = keyof Payloads

/** One delivery about a pull request, by its event. */
export type PullRequestDelivery = {
  [Event in DeliveryEvent]: { readonly event: Event; readonly payload: Payloads[Event] }
}[DeliveryEvent]

export type DeliveryOf<Event extends DeliveryEvent> = Extract<
  PullRequestDelivery,
  { readonly event: Event }
>
export type DeliveredPullRequest = z.infer<typeof PullRequestSchema>
export type DeliveredComment = z.infer<typeof CommentSchema>
export type DeliveredAccount = z.infer<typeof AccountSchema>

/** What a delivery turned out to be. */
export type ParsedDelivery =
  | { readonly delivery: PullRequestDelivery }
  /** Of another event: nothing to be read of pull requests in it. */
  | { readonly ignored: true }
  /** It says that it is one, and is not of its shape. */
  | { readonly problem: string }

/**
 * Reads the body of a delivery as what its event header says it is. GitHub signs the body alone, so the shape is what tells
 * whether the header belongs to it.
 */
export function parseDelivery(event: string, payload: unknown): ParsedDelivery {
  switch (event) {
    case 'pull_request':
      return parsed(payloadSchemas[event].safeParse(payload), (data) => ({ event, payload: data }))
    case 'pull_request_review':
      return parsed(payloadSchemas[event].safeParse(payload), (data) => ({ event, payload: data }))
    case 'pull_request_review_comment':
      return parsed(payloadSchemas[event].safeParse(payload), (data) => ({ event, payload: data }))
    case 'pull_request_review_thread':
      return parsed(payloadSchemas[event].safeParse(payload), (data) => ({ event, payload: data }))
    default:
      return { ignored: true }
  }
}

function parsed<Data>(
  result: z.ZodSafeParseResult<Data>,
  toDelivery: (data: Data) => PullRequestDelivery,
): ParsedDelivery {
  return result.success
    ? { delivery: toDelivery(result.data) }
    : { problem: z.prettifyError(result.error) }
}
