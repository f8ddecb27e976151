import * as z from 'zod'

/** Version of the record's format; a reader refuses others by line. */
export const RECORD_VERSION = 1

const time = z.iso.datetime().describe('UTC, ISO 8601')
const sha = z.string().regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/)
const count = z.int().nonnegative()

/** HMAC-SHA-256 under the owner's key, first 128 bits: of the account number, or of the address where no number is known. */
const person = z.string().regex(/^[0-9a-f]{32}$/)

/** HMAC-SHA-256 under the owner's key, first 64 bits, of a text that itself is not kept. */
const textKey = z.string().regex(/^[0-9a-f]{16}$/)

const ActorSchema = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('person'), person }),
    z.object({
      kind: z.literal('bot').describe("An app's account, or one that the registry knows"),
      id: count.nullable().describe("GitHub's account number"),
      login: z.string(),
      app: z.boolean().describe('GitHub says that it is an app'),
    }),
    z.object({ kind: z.literal('unknown').describe('A deleted account, or one not told') }),
  ])
  .describe('Who did it: people only by their key')

const IdentitySchema = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('person'), person }),
    z.object({
      kind: z.literal('known').describe("An AI tool's or a bot's own identity"),
      name: z.string(),
      email: z.string(),
    }),
  ])
  .describe('Whom the commit names, self-declared')

const CommitSchema = z.object({
  sha,
  parents: count
    .nullable()
    .describe('Two and more: a merge, which counts as no work of the change'),
  authoredAt: time.nullable().describe("Author's date, set by the client"),
  committedAt: time.nullable().describe("Committer's date, set by the client"),
  seenAt: time
    .nullable()
    .describe('When GitHub received the push that first brought it; null: not told'),
  author: IdentitySchema.nullable(),
  committer: IdentitySchema.nullable(),
  authorAccount: ActorSchema.nullable().describe(
    'The account that GitHub linked; null: none, or not told',
  ),
  verified: z.boolean().nullable().describe('GitHub verified the signature; null: not told'),
  message: z
    .string()
    .describe(
      'With people replaced by their keys and every line that is no trailer and no mark by …',
    ),
  notes: z
    .record(z.string(), z.string())
    .describe('Authorship notes by ref, reduced to what is read of them'),
})

const ReviewSchema = z.object({
  id: count,
  by: ActorSchema,
  state: z
    .enum(['approved', 'changes-requested', 'commented', 'unknown'])
    .describe('As it was submitted; unknown: dismissed, and not told what it was'),
  submittedAt: time,
  dismissedAt: time.nullable(),
  commit: sha.nullable().describe('Head that was reviewed'),
})

const ThreadSchema = z.object({
  id: z.string().describe('Number of the comment that opened it, which every source tells'),
  openedBy: ActorSchema,
  openedAt: time.describe('First comment'),
  comments: count.nullable(),
  resolved: z.boolean().nullable().describe('As of the reading'),
})

/** What one place says of a revert: one claim is one thing undone or brought back, named in as many ways as it is there. */
const RevertClaimSchema = z.object({
  in: z
    .enum(['branch', 'title', 'description', 'message', 'content', 'correction'])
    .describe(
      "title: also a commit message's first line; message: below it; content: found by comparing differences; correction: a trailer or a label by which a person puts it right",
    ),
  kind: z
    .enum(['revert', 'reland', 'not-a-revert'])
    .describe('reland: it brings back what was reverted; not-a-revert: a person says so'),
  partial: z.boolean().describe('It says that it reverts only a part'),
  aside: z
    .boolean()
    .describe(
      "Said in passing, under a title that speaks of no revert, as squashes repeat their branch's history: it counts only if it names a merged change",
    ),
  shas: z.array(z.string().regex(/^[0-9a-f]{7,64}$/)).describe('Commits named, perhaps cut'),
  numbers: z.array(z.int().positive()).describe('Pull requests of this repository that are named'),
  titles: z
    .array(
      z.object({
        whole: textKey.nullable().describe('Key of the quoted title; null: it was cut'),
        bare: textKey.nullable().describe('Key without its prefix (`fix(core): `)'),
        start: z.array(textKey).describe('Keys of its first 16, 24, 32 … characters'),
      }),
    )
    .describe('Titles quoted, as keys; the first that is found is meant'),
  coverage: z
    .number()
    .min(0)
    .max(1)
    .nullable()
    .describe("Share of the target's lines that are undone; only for content"),
})

const SizeSchema = z.object({
  files: count,
  additions: count,
  deletions: count,
})

const ReadingSchema = z.object({
  source: z.enum(['github', 'git', 'webhooks']),
  readAt: time,
})

const BranchSchema = z.object({
  name: z
    .string()
    .nullable()
    .describe("null: withheld, since no tool's mark and no long-lived branch, or not told"),
  longLived: z.boolean().nullable().describe('A tracked or release branch'),
})

/**
 * What a source saw of one pull request, with nothing derived from it. `null` is "the source cannot know", an empty list
 * is "there was none". No title, description, name or address of a person is in it.
 */
export const PullRequestRecordSchema = z
  .object({
    record: z.literal('pull-request'),
    version: z.literal(RECORD_VERSION),
    source: z.enum(['github', 'git', 'webhooks']).describe('What the record was read from'),
    readAt: time.describe('When it was read: what happened later is not in it'),
    registry: z.string().describe('Version of the registry by which texts were withheld'),
    repository: z.object({
      id: count.nullable().describe("GitHub's number, which survives renames"),
      name: z.string().nullable().describe('owner/name'),
    }),
    id: count.nullable().describe("GitHub's number of the pull request over all repositories"),
    number: z.int().positive(),
    author: ActorSchema.nullable(),
    assignees: z.array(ActorSchema).nullable(),
    state: z.enum(['open', 'closed', 'merged']),
    titleKeys: z
      .object({ whole: textKey, bare: textKey, start: z.array(textKey) })
      .nullable()
      .describe(
        'Keys of the title, of the title without its prefix (`fix(core): `) and of its first 16, 24, 32 … characters, to find who quotes it',
      ),
    base: BranchSchema.extend({
      tracked: z.boolean().nullable().describe('A branch whose changes are counted'),
      sha: sha.nullable(),
    }),
    head: BranchSchema.extend({
      sha: sha.nullable(),
      firstSha: sha.optional().describe('Head that it was opened with; absent: not told'),
      fork: z
        .boolean()
        .nullable()
        .describe('From another repository; null also when that is deleted'),
    }),
    createdAt: time.nullable(),
    openedAsDraft: z.boolean().nullable(),
    draftEvents: z
      .array(z.object({ at: time, to: z.enum(['draft', 'ready']) }))
      .nullable()
      .describe('Turns between draft and ready'),
    baseChanges: z
      .array(z.object({ at: time }))
      .nullable()
      .describe('Retargeted to another base'),
    pushes: z
      .array(
        z.object({
          at: time,
          head: sha,
          before: sha.nullable().describe('Head that it replaced'),
          forced: z.boolean().nullable().describe('It replaced commits; null: not told'),
          by: ActorSchema.nullable(),
        }),
      )
      .nullable()
      .describe('Pushes to the head after it was opened'),
    commits: z.array(CommitSchema).nullable().describe('Commits of the pull request, oldest first'),
    everSeenFirstCommitAt: time
      .nullable()
      .describe('Earliest author date of any commit ever seen on the head'),
    description: z
      .object({
        marks: z.string().describe('Its lines that are marks; every other line is …'),
        editedAt: time.nullable().describe('Last edit by a person; null: never'),
      })
      .nullable(),
    reviews: z.array(ReviewSchema).nullable(),
    reviewComments: z
      .array(z.object({ id: count, by: ActorSchema, at: time, commit: sha.nullable() }))
      .nullable()
      .describe('Comments on lines of the difference'),
    threads: z.array(ThreadSchema).nullable(),
    reviewRequests: z.array(z.object({ at: time })).nullable(),
    headDiffs: z
      .array(
        z.object({
          head: sha,
          key: textKey.describe('Key of the difference from the merge base'),
          changedSince: count
            .nullable()
            .describe(
              'Lines in which the final difference differs from this one; counted files only',
            ),
          lines: count.describe('Lines added and deleted in this difference; counted files only'),
        }),
      )
      .nullable()
      .describe('Differences of reviewed heads; null where they cannot be read'),
    labels: z.array(z.string()).nullable().describe('As of the reading'),
    labelEvents: z
      .array(
        z.object({
          label: z.string(),
          action: z.enum(['added', 'removed']),
          by: z
            .enum(['us', 'app', 'person'])
            .describe('us: this tool itself; app: another bot; person: anybody else'),
          at: time,
        }),
      )
      .nullable(),
    queueEvents: z
      .array(
        z.object({
          at: time,
          action: z.enum(['queued', 'unqueued', 'auto-merge-on', 'auto-merge-off']),
        }),
      )
      .nullable(),
    closes: z.array(z.object({ at: time })).nullable(),
    reopens: z.array(z.object({ at: time })).nullable(),
    merge: z
      .object({
        at: time.describe("GitHub's time; in a clone the committer's date"),
        by: ActorSchema.nullable(),
        commit: sha.nullable(),
        method: z
          .enum(['squash', 'merge', 'rebase', 'push'])
          .nullable()
          .describe('push: put on the branch outside the merge button'),
        authoredAt: time.nullable(),
        author: IdentitySchema.nullable(),
        message: z
          .string()
          .nullable()
          .describe('Of the squash or merge commit, withheld like the others'),
      })
      .nullable(),
    size: z
      .object({
        total: SizeSchema,
        counted: SizeSchema.nullable().describe(
          'Without generated, lock, vendored and snapshot files',
        ),
      })
      .nullable(),
    sizeHistory: z
      .array(SizeSchema.extend({ at: time }))
      .nullable()
      .describe('Total size as GitHub told it at each event'),
    revertClaims: z.array(RevertClaimSchema),
    truncated: z
      .array(
        z.enum(['commits', 'reviews', 'reviewComments', 'threads', 'timeline', 'labels', 'files']),
      )
      .describe('Lists that go on past what could be read'),
    unreadable: z
      .array(z.enum(['contents', 'diffs', 'blobs']))
      .describe('What the token or the clone does not give'),
    formerCommits: z
      .array(CommitSchema)
      .optional()
      .describe('Commits that an earlier reading saw on the head and the newest does not'),
    mergedFrom: z
      .object({
        sources: z.array(ReadingSchema.shape.source),
        parts: z
          .record(z.string(), ReadingSchema)
          .describe('By name, the parts that come from another reading than `source` at `readAt`'),
        wholeUntil: z
          .record(z.string(), time)
          .describe("By name, the lists of events that GitHub's own timeline told up to that time"),
      })
      .optional()
      .describe('Only where several readings were put together'),
  })
  .describe('One pull request as a source saw it (docs/definitions.md)')

/**
 * A commit on a tracked branch that came with no pull request and says that it reverts or brings back something. It is no
 * change; it only ends one.
 */
export const BranchCommitRecordSchema = z
  .object({
    record: z.literal('branch-commit'),
    version: z.literal(RECORD_VERSION),
    source: z.enum(['github', 'git', 'webhooks']),
    repository: PullRequestRecordSchema.shape.repository,
    sha,
    committedAt: time,
    branchTracked: z.boolean(),
    bot: z
      .string()
      .nullable()
      .describe('Login or name of the bot that made it; null: a person, or not told'),
    titleKeys: PullRequestRecordSchema.shape.titleKeys,
    size: PullRequestRecordSchema.shape.size,
    revertClaims: z.array(RevertClaimSchema),
  })
  .describe('A revert that was pushed straight to the branch')

/** One line of `records.ndjson`. */
export const RecordSchema = z.discriminatedUnion('record', [
  PullRequestRecordSchema,
  BranchCommitRecordSchema,
])

export type PullRequestRecord = z.infer<typeof PullRequestRecordSchema>
export type BranchCommitRecord = z.infer<typeof BranchCommitRecordSchema>
export type DeliveryRecord = z.infer<typeof RecordSchema>
export type Actor = z.infer<typeof ActorSchema>
export type RecordedCommit = z.infer<typeof CommitSchema>
export type RecordedIdentity = z.infer<typeof IdentitySchema>
export type RecordedReview = z.infer<typeof ReviewSchema>
export type RevertClaim = z.infer<typeof RevertClaimSchema>
export type TextKeys = NonNullable<PullRequestRecord['titleKeys']>
