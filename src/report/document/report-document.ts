import * as z from 'zod'
import { ComparisonSchema, MeasureSchema } from './report-comparison.ts'
import {
  bothGroups,
  CountSchema,
  CountsSchema,
  EstimateSchema,
  PeopleSchema,
  ValueSchema,
  WindowSchema,
} from './report-parts.ts'

/** Version of this format. */
export const REPORT_VERSION = 1

const text = z.string().min(1)
const reading = text.nullable()
const percent = z.number().min(0).max(100)

const QuantilesSchema = z.object({
  changes: CountSchema,
  median: ValueSchema,
  p75: ValueSchema.nullable().describe('From 50 changes on'),
  p90: ValueSchema.nullable().describe('From 100 changes of 10 people on'),
})

/**
 * The report: everything that any format shows, gated and rounded. A renderer lays it out and computes nothing. What the
 * privacy gate hides is not in it.
 */
export const ReportSchema = z
  .object({
    version: z.literal(REPORT_VERSION),
    method: text.describe('Version of the method (docs/method.md)'),
    registry: text.describe('Version of the registry of marks'),
    scope: z.object({
      kind: z.enum(['organisation', 'repository']),
      name: text,
      repositories: z.int().positive(),
      synthetic: z.boolean().describe('Made up, to show what a report looks like'),
      sources: z.array(z.enum(['github', 'git', 'webhooks'])),
    }),
    asOf: z.iso.datetime().describe('Monday 00:00 UTC; what happened later is not counted'),
    kept: z
      .object({
        since: z.iso.datetime().describe('The Monday asked for; `asOf` is the one shown'),
        reason: text,
      })
      .nullable()
      .describe(
        'Set where this is an older snapshot than asked for: too few people stood behind what changed since',
      ),
    headline: text.describe('The report in a few sentences'),
    cohorts: bothGroups(z.object({ changes: CountSchema, people: PeopleSchema.nullable() }))
      .extend({
        window: WindowSchema,
        clock: z.enum(['ready', 'merged']).describe('What happened to a change in the window'),
      })
      .describe('The changes that the report is about; of a clone: by their merge'),
    comparisons: z
      .array(ComparisonSchema)
      .length(3)
      .describe('Time to merge, review rounds, reverts: always in this order'),
    quantiles: z
      .array(
        z.object({
          id: z.enum(['cycle-time', 'pickup', 'review', 'merge-wait', 'authored-to-merged']),
          label: text,
          definition: text,
          window: WindowSchema,
          ...bothGroups(QuantilesSchema).shape,
        }),
      )
      .describe('Hours, as they are: not adjusted, and without a verdict'),
    merged: z
      .object({
        window: WindowSchema,
        changes: CountsSchema,
        hours: z.array(z.number()).describe('Hours since ready at which the shares are read'),
        ...bothGroups(z.array(ValueSchema).describe('Percent by each of the hours')).shape,
      })
      .nullable()
      .describe('Cumulative share merged; closed without a merge counts as never'),
    reverts: z
      .object({
        window: WindowSchema,
        changes: CountsSchema,
        rates: z.array(
          z.object({
            days: z.int().positive(),
            ...bothGroups(ValueSchema).shape,
          }),
        ),
      })
      .nullable()
      .describe(
        'Reverts per 1,000 of the changes merged in the window by so many days after the merge, young ones counted for as long as they were followed; not adjusted',
      ),
    weeks: z
      .array(
        z.object({
          from: z.iso.date().describe('Monday'),
          ...bothGroups(z.object({ changes: CountSchema, median: ValueSchema.nullable() })).shape,
          aiRecordedPercent: percent.nullable().describe('Share of changes with AI recorded'),
        }),
      )
      .describe(
        'By the week in which changes became ready (of a clone: were merged); hours to merge',
      ),
    funnel: z
      .object({
        window: WindowSchema,
        ...bothGroups(
          z.object({
            ready: CountSchema,
            merged: ValueSchema.describe('Percent of them'),
            surviving: ValueSchema.describe('Percent of them'),
          }),
        ).shape,
      })
      .nullable()
      .describe(
        'Of changes that became ready: merged within 30 days, and not reverted within 30 more',
      ),
    coverage: z
      .object({
        window: WindowSchema,
        changes: CountSchema,
        assistance: z
          .array(
            z.object({
              assistance: z.enum(['assisted', 'unassisted', 'undeclared']),
              label: text,
              percent: percent.nullable(),
            }),
          )
          .describe(
            'Shares of the changes of both groups that merged in the window; null: not shown',
          ),
        tiers: z
          .array(
            z.object({
              tier: z.enum(['E1', 'E2', 'E3', 'none']),
              label: text,
              percent: percent.nullable(),
            }),
          )
          .describe('By the strongest evidence; null: not shown'),
        tools: z
          .array(z.object({ tool: text, label: text, percent }))
          .describe(
            'By the tool that the evidence names, of the changes with AI recorded by now; `others`: all that are too few to be shown apart, together; empty: not shown',
          ),
      })
      .nullable(),
    sizes: z
      .object({
        window: WindowSchema,
        changes: CountsSchema,
        bands: z.array(
          z.object({
            band: text,
            aiRecordedPercent: percent,
            noneRecordedPercent: percent,
          }),
        ),
      })
      .nullable()
      .describe('Mix of sizes in each group, by changed lines; null: not shown'),
    integrity: z
      .object({ window: WindowSchema, measures: z.array(MeasureSchema) })
      .nullable()
      .describe('What tells whether the numbers could be bent'),
    repositories: z
      .array(
        z.object({
          name: text,
          comparisons: z.array(
            z.object({
              outcome: ComparisonSchema.shape.outcome,
              estimate: EstimateSchema.nullable(),
            }),
          ),
        }),
      )
      .describe(
        'Of an organisation: numbers and intervals, no verdicts; those of which nothing is shown are left out',
      ),
    excluded: z
      .array(z.object({ reason: text, label: text, changes: CountSchema }))
      .describe('Left out of both groups, of the window of `cohorts`'),
    readings: z
      .object({
        differences: reading,
        merged: reading,
        reverts: reading,
        weeks: reading,
        durations: reading,
        funnel: reading,
        coverage: reading,
        sizes: reading,
        repositories: reading,
      })
      .describe('What each part shows, with its numbers; null: it shows nothing'),
    warnings: z.array(z.object({ code: text, text })).describe('What limits the whole report'),
    notes: z.array(text).describe('Printed below every report'),
    definitions: z
      .array(z.object({ term: text, text, more: text.describe('Where it is written out') }))
      .describe('Every number, explained'),
    selfAudit: z
      .object({
        answeredAt: z.iso.datetime(),
        answers: z.array(z.object({ question: text, answer: text })),
      })
      .nullable()
      .optional()
      .describe(
        'What the owners of an account say about how these numbers are used; null: none has answered; absent: there is no account',
      ),
    settings: z.object({
      people: z.int().describe('A group is shown from so many people on'),
      changes: z.int().describe('A group is shown from so many changes on'),
      largestPersonPercent: percent.describe('Nobody may own more of a shown group'),
    }),
  })
  .describe('A What Shipped report (docs/report.md)')

export type Report = z.infer<typeof ReportSchema>
