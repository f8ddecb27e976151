import * as z from 'zod'
import { ActorSchema } from './record-actor.ts'
import { count, sha, time } from './record-values.ts'

/** A review as it was submitted. */
export const ReviewSchema = z.object({
  id: count,
  by: ActorSchema,
  state: z
    .enum(['approved', 'changes-requested', 'commented', 'unknown'])
    .describe('As it was submitted; unknown: dismissed, and not told what it was'),
  submittedAt: time,
  dismissedAt: time.nullable(),
  commit: sha.nullable().describe('Head that was reviewed'),
})

/** A conversation on lines of the difference. */
export const ThreadSchema = z.object({
  id: z.string().describe('Number of the comment that opened it, which every source tells'),
  openedBy: ActorSchema,
  openedAt: time.describe('First comment'),
  comments: count.nullable(),
  resolved: z.boolean().nullable().describe('As of the reading'),
})
