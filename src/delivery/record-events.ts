import * as z from 'zod'
import { ActorSchema } from './record-actor.ts'
import { sha, time } from './record-values.ts'

/** A push to the head after it was opened. */
export const PushSchema = z.object({
  at: time,
  head: sha,
  before: sha.nullable().describe('Head that it replaced'),
  forced: z.boolean().nullable().describe('It replaced commits; null: not told'),
  by: ActorSchema.nullable(),
})

/** A label that came or went. */
export const LabelEventSchema = z.object({
  label: z.string(),
  action: z.enum(['added', 'removed']),
  by: z
    .enum(['us', 'app', 'person'])
    .describe('us: this tool itself; app: another bot; person: anybody else'),
  at: time,
})

/** A turn of the merge queue, or of merging by itself. */
export const QueueEventSchema = z.object({
  at: time,
  action: z.enum(['queued', 'unqueued', 'auto-merge-on', 'auto-merge-off']),
})
