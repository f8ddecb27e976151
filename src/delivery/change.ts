import * as z from 'zod'
import { type ChangeFlag, changeFlags } from './change-flag.ts'
import { type ExclusionReason, exclusionReasons } from './exclusion.ts'
import { outcomes } from './fate.ts'
import { PullRequestRecordSchema } from './record.ts'
import { sizeBands } from './size-band.ts'

/** Version of the format, and of the definitions behind its numbers. */
export const CHANGE_VERSION = 1

const count = z.int().nonnegative()
const seconds = count.nullable()
const time = z.iso.datetime().nullable()
const { source, repository, number, id, truncated, unreadable, state } =
  PullRequestRecordSchema.shape

const assistance = z.enum(['assisted', 'unassisted', 'undeclared'])
const intensity = z.enum(['light', 'heavy']).nullable()

const ExposureSchema = z
  .object({
    group: z
      .enum(['ai-recorded', 'none-recorded', 'set-aside'])
      .describe('In which group it is compared; none recorded is not known to be free of AI'),
    assistance: assistance.describe('The answer as it was then'),
    agentAuthored: z.boolean().describe('As it was known then'),
    intensity: intensity.describe('As it was known then'),
    approximate: z.boolean().describe('Rests on dates that clients set, or on undated states'),
  })
  .nullable()

const RevertLinkSchema = z.object({
  rung: z
    .enum(['correction', 'R1', 'R2', 'R3', 'R4'])
    .describe('How it was found, on the ladder of reverts'),
  confidence: z.number().min(0).max(1).describe('How sure the link is'),
  at: z.iso.datetime().describe('When the revert landed'),
  by: z
    .object({ number: z.int().positive().nullable(), sha: z.string().nullable() })
    .describe('The pull request or commit that reverts'),
  partial: z.boolean().describe('It undoes only a part'),
  bulk: z.boolean().describe('It undoes more than one change'),
  restoredAt: time.describe('When the change came back'),
  uncounted: z
    .enum(['content-only', 'untracked-branch', 'partial'])
    .nullable()
    .describe('Why no rate counts it; null: it is counted'),
})

const within = z
  .boolean()
  .nullable()
  .describe(
    'Reverted so many days after the merge or earlier; null: too young to count in such a rate',
  )

/**
 * What happened to one change, derived from its record: the raw data of its owner, a line each of `--changes`. Reports
 * never list changes. A person is only a key.
 */
export const ChangeSchema = z
  .object({
    version: z.literal(CHANGE_VERSION).describe('Version of this format and of its definitions'),
    asOf: z.iso.datetime().describe('What happened later is not counted'),
    readAt: z.iso
      .datetime()
      .describe('When its record was read, or the as-of time if that is earlier'),
    source: source.describe('What its record was read from'),
    registry: z.string().describe('Version of the registry of marks that gave the answer'),
    repository: repository.describe("GitHub's number and owner/name"),
    id: id.describe("GitHub's number of the pull request over all repositories"),
    number: number.describe('Number of the pull request in its repository'),
    responsible: z
      .object({
        key: z.string().describe("The person's key, or a stand-in for a bot in this repository"),
        basis: z
          .enum(['author', 'assignee', 'co-author', 'commit', 'merger', 'nobody'])
          .describe('How the person was found'),
      })
      .describe('Whose change it is, never shown in a report'),
    state: state.describe('As of the as-of time'),
    exclusion: z
      .enum(Object.keys(exclusionReasons) as [ExclusionReason, ...ExclusionReason[]])
      .nullable()
      .describe('Why it is in neither group; null: it is counted'),
    assistance: assistance.describe(
      'What is recorded of AI, everything that is known now included',
    ),
    agentAuthored: z.boolean().describe("An agent's own account opened it or authored half of it"),
    intensity: intensity.describe('Share of commits with evidence: below half, half and more'),
    tier: z.enum(['E1', 'E2', 'E3', 'E4']).nullable().describe('Strongest tier behind the answer'),
    tools: z.array(z.string()).describe('Tools that the evidence names'),
    setAside: z
      .enum(['disputed', 'unreliable-mark'])
      .nullable()
      .describe('Why it counts neither as assisted nor as unassisted'),
    assistedCommits: count.describe('Commits with evidence'),
    totalCommits: count.describe('Commits that count; merges of the base branch do not'),
    complete: z.boolean().describe('Whether every commit could be read'),
    exposure: z
      .object({
        atReady: ExposureSchema.describe('What was known when it became ready'),
        atMerge: ExposureSchema.describe('What was known when it was merged'),
      })
      .describe('Fixed when a clock starts: later evidence moves no change to another group'),
    aiAfterStart: z
      .boolean()
      .nullable()
      .describe('No AI was recorded when it became ready, and some was before the merge'),
    firstCommitAt: time.describe("Earliest author date, by clients' clocks"),
    openedAt: time.describe('When the pull request was opened'),
    readyAt: time.describe('When it was first ready for review: where its clocks start'),
    firstReviewAt: time.describe('First review by another person, not before it was ready'),
    firstBotReviewAt: time.describe('First review by a bot or an AI reviewer'),
    lastApprovalAt: time.describe("Another person's last approval that stood at the merge"),
    queuedAt: time.describe('Since when it waited in the merge queue or for auto-merge'),
    mergedAt: time.describe('When it was merged'),
    closedAt: time.describe('Last close, where it is closed and not merged'),
    cycleSeconds: seconds.describe('Ready to merged: the headline'),
    pickupSeconds: seconds.describe('Ready to first review'),
    reviewSeconds: seconds.describe('First review to last approval'),
    mergeWaitSeconds: seconds.describe('Last approval to merged'),
    queueWaitSeconds: seconds.describe('The part of the merge wait spent in the queue'),
    unphasedSeconds: seconds.describe(
      'The rest: pickup, review, merge wait and this add up to the cycle',
    ),
    draftSeconds: seconds.describe('Opened to ready'),
    redraftSeconds: seconds.describe('In draft again after it was ready, which stops no clock'),
    codingSpanSeconds: seconds.describe("First commit to opened, by clients' clocks"),
    openToMergeSeconds: seconds.describe('Opened to merged'),
    authoredToMergedSeconds: seconds.describe("First commit to merged, by clients' clocks"),
    reopens: count.nullable().describe('How often it was reopened'),
    review: z
      .object({
        rounds: count
          .nullable()
          .describe('Distinct heads that another person reviewed from ready until the merge'),
        byAnotherPerson: z
          .boolean()
          .nullable()
          .describe('Whether another person reviewed it before the merge, also in draft'),
        changesRequested: count
          .nullable()
          .describe('Reviews that requested changes, also dismissed'),
        laterPushes: count.nullable().describe('Pushes after the first review'),
        laterLines: count.nullable().describe('Lines changed since the first reviewed head'),
        laterShare: z
          .number()
          .nonnegative()
          .nullable()
          .describe('laterLines for each line of the first reviewed difference'),
        threads: z
          .object({
            byPeople: count.describe('Opened by other people'),
            resolved: count.nullable().describe('Of those, resolved as of the reading'),
            unresolved: count.nullable().describe('Of those, not resolved as of the reading'),
            comments: count.nullable().describe('Comments in those'),
            byBots: count.describe('Opened by bots and AI reviewers'),
          })
          .nullable()
          .describe('Threads on lines of the difference'),
        reviewers: count.nullable().describe('How many other people reviewed it'),
        reviews: count.nullable().describe('Reviews that they submitted'),
        botReviews: count.nullable().describe('Reviews by bots, AI reviewers included'),
        aiReviews: count.nullable().describe('Reviews by AI tools, which is no AI authorship'),
        firstAiReviewAt: time.describe('First review by an AI tool'),
      })
      .describe('How much review it needed. More is not worse'),
    size: z
      .object({
        band: z.enum(sizeBands).describe('Of linesAtStart: changes are compared with their like'),
        linesAtStart: count.describe('Added and deleted lines that count when it became ready'),
        basis: z
          .enum(['start', 'estimated', 'final'])
          .describe('Whether linesAtStart was read, estimated, or is the last size'),
        files: count.nullable().describe('Changed files at the end that count'),
        additions: count.nullable().describe('Added lines at the end that count'),
        deletions: count.nullable().describe('Deleted lines at the end that count'),
      })
      .nullable()
      .describe('Generated, lock, vendored and snapshot files apart where they are told apart'),
    reverted: z
      .object({
        at: time.describe('First revert that counts'),
        followedSeconds: count.describe('From the merge to the as-of time, reverted or not'),
        within7Days: within,
        within14Days: within,
        within30Days: within,
        within90Days: within,
        restored: z.boolean().describe('It came back later, which does not undo the revert'),
        bulk: z.boolean().describe('The revert undid other changes too'),
      })
      .nullable()
      .describe('null: not merged'),
    revertLinks: z
      .array(RevertLinkSchema)
      .describe('All that is known to revert it, also uncounted'),
    outcome: z
      .enum(outcomes)
      .nullable()
      .describe(
        'Where it stood 30 days after it was ready; null: younger, not read since, or start not known',
      ),
    surviving: z
      .boolean()
      .nullable()
      .describe(
        'Merged within 30 days and not reverted within 30 more; null: too young for that, or outcome not known',
      ),
    truncated: truncated.describe('Lists of its record that go on past what could be read'),
    unreadable: unreadable.describe('What the token or the clone did not give'),
    flags: z
      .array(z.enum(Object.keys(changeFlags) as [ChangeFlag, ...ChangeFlag[]]))
      .describe('What to know before its numbers are read'),
  })
  .describe('What happened to one change (docs/definitions.md)')

export type Change = z.infer<typeof ChangeSchema>
