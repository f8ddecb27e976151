import * as z from 'zod'
import { ActorSchema, type IdentitySchema } from './record-actor.ts'
import { RevertClaimSchema } from './record-claim.ts'
import { CommitSchema } from './record-commit.ts'
import { DeclarationSchema } from './record-declaration.ts'
import { LabelEventSchema, PushSchema, QueueEventSchema } from './record-events.ts'
import { MergeSchema } from './record-merge.ts'
import { ReviewSchema, ThreadSchema } from './record-review.ts'
import { LineCountsSchema, SizeSchema } from './record-size.ts'
import { count, keyId, sha, textKey, time } from './record-values.ts'

/** Version of the record's format; a reader refuses others by line. */
export const RECORD_VERSION = 1

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
    pushes: z.array(PushSchema).nullable().describe('Pushes to the head after it was opened'),
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
          key: textKey.describe(
            'Key of the lines that it adds and deletes against the merge base, so that a rebase keeps it',
          ),
          changedSince: count
            .nullable()
            .describe(
              'Lines in which the difference of the last head differs from this one, of counted files; null: that one is not told',
            ),
          lines: count.describe(
            'Lines that it adds and deletes in counted files, those over 1,000 characters left out',
          ),
        }),
      )
      .nullable()
      .describe(
        'Differences of the heads that were reviewed and of the last, where another than the last was reviewed; one that is not told is left out. null: not read',
      ),
    labels: z.array(z.string()).nullable().describe('As of the reading'),
    labelEvents: z.array(LabelEventSchema).nullable(),
    queueEvents: z.array(QueueEventSchema).nullable(),
    closes: z.array(z.object({ at: time })).nullable(),
    reopens: z.array(z.object({ at: time })).nullable(),
    merge: MergeSchema.nullable(),
    size: SizeSchema.nullable(),
    sizeHistory: z
      .array(LineCountsSchema.extend({ at: time }))
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
    declarations: z
      .array(DeclarationSchema)
      .optional()
      .describe('What people said with the buttons of the check, in order of time'),
    keyId: keyId.optional(),
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
    keyId: keyId.optional(),
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
export type RecordedDeclaration = z.infer<typeof DeclarationSchema>
export type RecordedCommit = z.infer<typeof CommitSchema>
export type RecordedIdentity = z.infer<typeof IdentitySchema>
export type RecordedReview = z.infer<typeof ReviewSchema>
export type RevertClaim = z.infer<typeof RevertClaimSchema>
export type TextKeys = NonNullable<PullRequestRecord['titleKeys']>
