import * as z from 'zod'

/** A delivery that did not come in, by what GitHub's log tells of its newest attempt. Times in milliseconds since the epoch. */
const MissedSchema = z.object({
  /** Of that attempt: by it the delivery is asked for. */
  id: z.string(),
  event: z.string(),
  /** When it was delivered first, as far as is known. */
  since: z.number(),
  /** How often it was asked for, and from when on it may be again. */
  times: z.int(),
  next: z.number(),
})
export type Missed = z.infer<typeof MissedSchema>

/** Of the App's own settings. */
const StateSchema = z.object({
  /** Up to when its log of deliveries has been looked through. */
  redeliveredUntil: z.number().optional(),
  /** How the newest attempt of all ended: what comes in, no answer, or refused by us as we are set up. */
  way: z.enum(['open', 'silent', 'refusing']).default('open'),
  /** When something was last asked for while we refuse everything. */
  probedAt: z.number().default(0),
  /** By guid. */
  missed: z.record(z.string(), MissedSchema).default({}),
})
export type RedeliveryState = z.infer<typeof StateSchema>
export type Way = RedeliveryState['way']

/** @param settings of the App itself, as they are stored */
export function readRedeliveryState(settings: string | undefined): RedeliveryState {
  return StateSchema.parse(settings === undefined ? {} : JSON.parse(settings))
}
