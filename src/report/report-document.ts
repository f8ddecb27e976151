import * as z from 'zod'
import { ComparisonSchema, MeasureSchema } from './report-comparison.ts'
import {
  bothCohorts,
  CountSchema,
  EstimateSchema,
  PeopleSchema,
  ValueSchema,
} from './report-parts.ts'

/** Version of this format. */
export const REPORT_VERSION = 1

const text = z.string().min(1)
const percent = z.number().min(0).max(100)
const day = z.iso.date()
const window = z.object({ from: day, until: day.describe('Not included') })

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
    headline: text.describe('The report in one or two sentences'),
    cohorts: bothCohorts(
      z.object({ label: text, changes: CountSchema, people: PeopleSchema.nullable() }),
    ).describe('Changes that became ready in the window; of a clone: merged in the window'),
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
          ...bothCohorts(QuantilesSchema).shape,
        }),
      )
      .describe('Hours, as they are: not adjusted, and without a verdict'),
    merged: z
      .object({
        hours: z.array(z.number()).describe('Hours since ready at which the shares are read'),
        ...bothCohorts(z.array(percent)).shape,
      })
      .nullable()
      .describe('Cumulative share merged; closed without a merge counts as never'),
    reverts: z
      .array(
        z.object({
          days: z.int().positive(),
          ...bothCohorts(ValueSchema).shape,
        }),
      )
      .describe('Reverts per 1,000 changes by so many days after the merge; not adjusted'),
    weeks: z
      .array(
        z.object({
          from: day,
          ...bothCohorts(z.object({ changes: CountSchema, median: ValueSchema.nullable() })).shape,
          assistedPercent: percent.nullable().describe('Share of changes with AI recorded'),
        }),
      )
      .describe(
        'By the week in which changes became ready (of a clone: were merged); hours to merge',
      ),
    funnel: z
      .object({
        window,
        ...bothCohorts(
          z.object({
            ready: CountSchema,
            mergedPercent: percent,
            survivingPercent: percent,
          }),
        ).shape,
      })
      .nullable()
      .describe(
        'Of changes that became ready: merged within 30 days, and not reverted within 30 more',
      ),
    coverage: z
      .object({
        window,
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
      })
      .nullable(),
    sizes: z
      .array(
        z.object({
          band: text,
          assistedPercent: percent,
          otherPercent: percent,
        }),
      )
      .nullable()
      .describe('Mix of sizes in each group, by changed lines; null: not shown'),
    integrity: z.array(MeasureSchema).describe('What tells whether the numbers could be bent'),
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
      .describe('Left out of both groups'),
    warnings: z.array(z.object({ code: text, text })).describe('What limits the whole report'),
    notes: z.array(text).describe('Printed below every report'),
    definitions: z
      .array(z.object({ term: text, text, more: text.describe('Where it is written out') }))
      .describe('Every number, explained'),
    settings: z.object({
      people: z.int().describe('A group is shown from so many people on'),
      changes: z.int().describe('A group is shown from so many changes on'),
      largestPersonPercent: percent.describe('Nobody may own more of a shown group'),
    }),
  })
  .describe('A What Shipped report (docs/report.md)')

export type Report = z.infer<typeof ReportSchema>
