import * as z from 'zod'
import {
  bothGroups,
  CountSchema,
  CountsSchema,
  EstimateSchema,
  PeopleSchema,
  ValueSchema,
  WindowSchema,
} from './report-parts.ts'

const text = z.string().min(1)

const VerdictSchema = z.enum([
  'hidden',
  'not_known',
  'too_few',
  'too_few_events',
  'no_clear_difference',
  'similar',
  'leaning_lower',
  'leaning_higher',
  'lower',
  'higher',
  'mixed',
])

/** What may be said of one outcome, and on what it rests. */
const statementParts = {
  verdict: VerdictSchema.describe(
    'Code of the statement; not_known: the source cannot know the outcome',
  ),
  settled: z
    .boolean()
    .describe(
      'It says that there is a difference, or that there is hardly any; others leave it open',
    ),
  statement: text.describe('The verdict as one or two plain sentences'),
  lead: text.describe('The first words of the statement, which say the verdict alone'),
  reason: text.nullable().describe('Why the statement is not a clear one, where that needs saying'),
  estimate: EstimateSchema.nullable().describe('null: not shown, or there is none'),
  comparable: bothGroups(z.object({ used: CountSchema, all: CountSchema }))
    .nullable()
    .describe('Changes that have a counterpart of their kind in the other group, of all'),
}

/** One number of both cohorts beside a comparison. */
export const MeasureSchema = z
  .object({
    id: text,
    label: text.describe('What is counted, in words'),
    unit: z.enum(['percent', 'number', 'hours']),
    of: z
      .enum(['both', 'aiRecorded', 'noneRecorded'])
      .describe('Of which group there can be a number; of another null is not a hidden one'),
    changes: CountsSchema,
    ...bothGroups(ValueSchema).shape,
    difference: EstimateSchema.nullable().describe('Among comparable changes; null: not compared'),
  })
  .describe('A number of both groups; it has no verdict')

export const ComparisonSchema = z.object({
  outcome: z.enum(['cycle-time', 'review-rounds', 'reverts']),
  title: text,
  definition: text.describe('What the outcome is, in one sentence'),
  window: WindowSchema.describe(
    'Which changes: by the day they became ready, for reverts by the day they were merged',
  ),
  ...statementParts,
  typical: bothGroups(z.number())
    .extend({ unit: z.enum(['hours', 'rounds', 'per-1000']) })
    .nullable()
    .describe(
      'Typical value of comparable changes: geometric mean hours, mean rounds, reverts per 1,000',
    ),
  ratio: EstimateSchema.nullable().describe(
    'For reverts, where each group has at least 10: in percent. Otherwise null',
  ),
  events: bothGroups(z.int().nonnegative())
    .nullable()
    .describe('Reverts among the changes compared; null for other outcomes'),
  maturing: CountSchema.describe('For reverts: merged too recently to be compared; otherwise 0'),
  adjustedFor: z
    .enum(['size-and-date', 'coarse-size-and-date', 'coarse-size'])
    .nullable()
    .describe('Beside the repository, which is always told apart'),
  people: PeopleSchema.nullable().describe('How many people the comparison rests on, at most'),
  detectable: z
    .object({
      unit: EstimateSchema.shape.unit,
      low: z.number().nullable().describe('null: there would have to be less than none'),
      high: z.number(),
    })
    .nullable()
    .describe('Differences of about low or high and beyond would usually (4 in 5) be noticed'),
  samePeople: z
    .object({ people: PeopleSchema, estimate: EstimateSchema })
    .nullable()
    .describe('Everybody compared to themselves; null: there is no such comparison'),
  noSamePeople: text
    .nullable()
    .describe('Why everybody is not compared to themselves, where an estimate is shown'),
  sensitivity: z
    .object({
      undeclared: z
        .array(z.object({ percent: z.int(), estimate: EstimateSchema }))
        .describe('What the estimate would be if that share of "no AI recorded" did use AI'),
      worstCase: z
        .array(
          z.object({
            percent: z.int(),
            unit: EstimateSchema.shape.unit,
            low: z.number(),
            high: z.number().nullable().describe('null: there is no end to it'),
          }),
        )
        .describe(
          'Between what the estimate would lie if that share of "no AI recorded" did use AI and were the most extreme ones',
        ),
      tippingPercent: z
        .number()
        .nullable()
        .describe(
          'In the worst case, undeclared use above this share could undo the difference; null: no share up to half would, or there is no difference to undo',
        ),
      hidden: z
        .object({
          estimate: z.number().describe('To explain the estimate'),
          limit: z
            .number()
            .nullable()
            .describe(
              'To explain the end of its interval; null: that includes no difference already',
            ),
        })
        .nullable()
        .describe(
          'E-values: how strongly a hidden difference would have to be tied to both AI use and the outcome; null: there is no difference to explain',
        ),
    })
    .nullable(),
  attested: z
    .object(statementParts)
    .nullable()
    .describe('Against changes attested to be unassisted alone; null: too few of them to show'),
  enough: z
    .object({
      short: z
        .enum(['changes', 'people', 'reverts', 'interval', 'weeks', 'same-people'])
        .describe('Which requirement is short, the first that must be met'),
      times: z
        .number()
        .min(1)
        .nullable()
        .describe('How many times as many changes it takes, about; null: it cannot be told'),
      from: z.iso
        .date()
        .nullable()
        .describe(
          'The Monday from which on the window may hold that many at the pace of the last four weeks that are shown; null: never at that pace, or it cannot be told',
        ),
      text: text.describe('The same in words; no promise'),
    })
    .nullable()
    .describe('What would make it surer; null: it is clear, or nothing is shown'),
  measures: z.array(MeasureSchema).describe('What belongs beside it'),
  notes: z.array(text).describe('What to know before it is read'),
})

export type ReportComparison = z.infer<typeof ComparisonSchema>
export type Measure = z.infer<typeof MeasureSchema>
export type ReportVerdict = z.infer<typeof VerdictSchema>
