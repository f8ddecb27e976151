import * as z from 'zod'

/** Number of changes, rounded to the nearest 5. null: 1 to 4, which is printed as "fewer than 5". */
export const CountSchema = z
  .int()
  .nonnegative()
  .multipleOf(5)
  .nullable()
  .describe('Changes, rounded to the nearest 5; null: fewer than 5, but some')

/** Days in UTC. */
export const WindowSchema = z.object({
  from: z.iso.date(),
  until: z.iso.date().describe('Not included'),
})

export const PeopleSchema = z
  .enum(['5-9', '10-19', '20+'])
  .describe('How many people, as a band: never a number')

/** A number with the interval of its true value. All are rounded as they are printed. */
export const EstimateSchema = z
  .object({
    unit: z
      .enum(['percent', 'points', 'per-1000'])
      .describe(
        'percent: AI recorded against no AI recorded, −18 is 18 % less. points: difference of two shares in percentage points. per-1000: difference of two rates per 1,000 changes',
      ),
    value: z.number(),
    low: z.number().describe('Lower end of the 95 % interval'),
    high: z.number().describe('Upper end of the 95 % interval'),
  })
  .describe('How the two groups differ')

/** A value of one group with its interval. */
export const ValueSchema = z
  .object({
    value: z.number(),
    low: z.number().nullable().describe('Lower end of the 95 % interval; null: not known'),
    high: z.number().nullable().describe('Upper end of the 95 % interval; null: not known'),
  })
  .describe('A number of one group; not adjusted for anything')

/** The same for both groups. A side is null where it is not shown, not known, or there is nothing. */
export function bothGroups<Schema extends z.ZodType>(side: Schema) {
  return z.object({
    aiRecorded: side.nullable().describe('AI recorded; null: not shown or not known'),
    noneRecorded: side.nullable().describe('No AI recorded; null: not shown or not known'),
  })
}

/** How many changes the numbers of a part are of. */
export const CountsSchema = bothGroups(CountSchema).describe(
  'Changes that the numbers are of; null: not shown',
)

export type Window = z.infer<typeof WindowSchema>
export type Estimate = z.infer<typeof EstimateSchema>
export type CohortValue = z.infer<typeof ValueSchema>
export type PeopleBand = z.infer<typeof PeopleSchema>
export type Count = z.infer<typeof CountSchema>
