import * as z from 'zod'
import { ActorSchema, IdentitySchema } from './record-actor.ts'
import { sha, time } from './record-values.ts'

/** How a pull request reached its base. */
export const MergeSchema = z.object({
  at: time.describe("GitHub's time; in a clone the committer's date"),
  by: ActorSchema.nullable(),
  commit: sha.nullable(),
  method: z
    .enum(['squash', 'merge', 'rebase', 'push'])
    .nullable()
    .describe('push: put on the branch outside the merge button'),
  authoredAt: time.nullable(),
  author: IdentitySchema.nullable(),
  message: z
    .string()
    .nullable()
    .describe('Of the squash or merge commit, withheld like the others'),
})
