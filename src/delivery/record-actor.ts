import * as z from 'zod'
import { count, person } from './record-values.ts'

/** An account that did something. */
export const ActorSchema = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('person'), person }),
    z.object({
      kind: z.literal('bot').describe("An app's account, or one that the registry knows"),
      id: count.nullable().describe("GitHub's account number"),
      login: z.string(),
      app: z.boolean().describe('GitHub says that it is an app'),
    }),
    z.object({ kind: z.literal('unknown').describe('A deleted account, or one not told') }),
  ])
  .describe('Who did it: people only by their key')

/** A name and an address in a commit. */
export const IdentitySchema = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('person'), person }),
    z.object({
      kind: z.literal('known').describe("An AI tool's or a bot's own identity"),
      name: z.string(),
      email: z.string(),
    }),
  ])
  .describe('Whom the commit names, self-declared')
