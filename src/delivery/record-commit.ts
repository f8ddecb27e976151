import * as z from 'zod'
import { ActorSchema, IdentitySchema } from './record-actor.ts'
import { count, sha, time } from './record-values.ts'

/** A commit of a pull request. */
export const CommitSchema = z.object({
  sha,
  parents: count
    .nullable()
    .describe('Two and more: a merge, which counts as no work of the change'),
  authoredAt: time.nullable().describe("Author's date, set by the client"),
  committedAt: time.nullable().describe("Committer's date, set by the client"),
  seenAt: time
    .nullable()
    .describe(
      'When GitHub received the push that first brought it; null: not told, as by GitHub and its webhooks, whose `pushes` name heads and no other commits',
    ),
  author: IdentitySchema.nullable(),
  committer: IdentitySchema.nullable(),
  authorAccount: ActorSchema.nullable().describe(
    'The account that GitHub linked; null: none, or not told',
  ),
  verified: z.boolean().nullable().describe('GitHub verified the signature; null: not told'),
  message: z
    .string()
    .describe(
      'With people replaced by their keys and every line that is no trailer and no mark by …',
    ),
  notes: z
    .record(z.string(), z.string())
    .describe('Authorship notes by ref, reduced to what is read of them'),
})
