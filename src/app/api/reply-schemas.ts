import * as z from 'zod'

const id = z.int().positive().describe('GitHub’s number of it')
const name = z.string().describe('As people gave it on GitHub; for display only')
const day = z.iso.date().describe('A Monday')
const next = z.string().nullable().describe('`cursor` of the next page; null: this is the last')
const standings = [
  'shown',
  'reading',
  'awaited',
  'empty',
  'hidden',
  'closed',
  'unreadable',
] as const

export const AccountSchema = z.object({
  id,
  name,
  kind: z.enum(['Organization', 'User']),
  role: z
    .enum(['owner', 'member', 'outsider'])
    .describe('Of whoever asks; outsiders see single repositories and nothing of the whole'),
  synthetic: z.boolean().describe('Made up, to show what a report looks like'),
  state: z
    .enum(['open', 'closed', 'suspended'])
    .describe(
      'closed: its owners closed the numbers, for everybody; suspended: the App is, or was removed',
    ),
})

export const RepositorySchema = z.object({
  id,
  name: name.describe('`owner/name`; for display only'),
  visibility: z.enum(['public', 'internal', 'private']),
  standing: z.enum(standings).describe('What there is to show of it'),
})

export const WeekSchema = z.object({
  day,
  builtAt: z.iso.datetime(),
  method: z.string().describe('Version of the method'),
})

const DefinitionSchema = z.object({ term: z.string(), text: z.string(), more: z.string() })
const MeaningSchema = z.object({ name: z.string(), text: z.string() })

/** What each list and the definitions look like; reports are written down elsewhere. */
export const AccountsSchema = z.object({ accounts: z.array(AccountSchema), next })
export const RepositoriesSchema = z.object({ repositories: z.array(RepositorySchema), next })
export const SnapshotsSchema = z.object({
  snapshots: z.array(WeekSchema).describe('The newest first; they never change'),
  next,
})
export const DefinitionsSchema = z.object({
  definitions: z.array(DefinitionSchema).describe('Every word and number of a report'),
  exclusions: z.array(MeaningSchema).describe('Why a change is in neither group'),
  flags: z.array(MeaningSchema).describe('What to know about a change'),
})

const SignSchema = z.object({
  text: z.string(),
  tool: z.string(),
  says: z.string(),
  sure: z.string().describe('Its tier, in words'),
  where: z.string(),
})

const ToldSchema = z.object({
  headline: z.string().describe('What is recorded'),
  reason: z.string(),
  signs: z.array(SignSchema).describe('The surest first'),
  steps: z.array(z.object({ name: z.string(), when: z.string(), since: z.string().nullable() })),
  fate: z.array(z.string()),
  declarations: z.array(z.string()).describe('What people declared of it'),
})

/** What is kept of whoever asks: by date, compared with nothing. */
export const MineSchema = z.object({
  accounts: z.array(
    z.object({
      id,
      name: name.nullable().describe('null: you cannot see it any more'),
      shown: z.int().describe('Changes in repositories that you can read'),
      hidden: z.int().describe('Changes in others'),
      declared: z.int().describe('What you declared, on changes of anybody'),
    }),
  ),
  changes: z
    .array(
      z.object({
        repository: name,
        number: z.int().nullable().describe('null: its pull request is gone'),
        openedAt: z.iso.datetime().nullable(),
        url: z.string().nullable(),
        correctable: z.boolean().describe('Whether the buttons of its check still count'),
        told: ToldSchema.nullable().describe('null: nothing but its times is kept any more'),
      }),
    )
    .describe('The newest first'),
  next,
})

/** An answer that is none (RFC 9457). */
export const ProblemSchema = z.object({
  type: z.string().describe('Tells one problem from another; never changes'),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
})

/** Why there is no report, and what it waits for. */
export const StandingSchema = z.discriminatedUnion('kind', [
  z
    .object({
      kind: z.literal('reading'),
      repositories: z.object({ read: z.int(), all: z.int() }),
      pullRequests: z.int(),
    })
    .describe('Its past is being read; this is how far it is'),
  z
    .object({ kind: z.literal('awaited'), due: z.iso.datetime() })
    .describe('Read, and the first report is not made yet'),
  z.object({ kind: z.literal('empty') }).describe('Read, and there are no pull requests in it'),
  z.object({ kind: z.literal('hidden') }).describe('Too few people or changes'),
  z.object({ kind: z.literal('closed') }).describe('Its owners closed the numbers, for everybody'),
  z.object({ kind: z.literal('unreadable') }).describe('A newer version of the server wrote it'),
])

export const NoReportSchema = ProblemSchema.extend({ standing: StandingSchema })
export const QuotaExceededSchema = ProblemSchema.extend({
  'violated-policies': z.array(z.string()),
})
