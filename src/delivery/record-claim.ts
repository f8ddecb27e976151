import * as z from 'zod'
import { textKey } from './record-values.ts'

/** What one place says of a revert: one claim is one thing undone or brought back, named in as many ways as it is there. */
export const RevertClaimSchema = z.object({
  in: z
    .enum(['branch', 'title', 'description', 'message', 'content', 'correction'])
    .describe(
      "title: also a commit message's first line; message: below it; content: found by comparing differences; correction: a trailer or a label by which a person puts it right",
    ),
  kind: z
    .enum(['revert', 'reland', 'not-a-revert'])
    .describe('reland: it brings back what was reverted; not-a-revert: a person says so'),
  partial: z.boolean().describe('It says that it reverts only a part'),
  aside: z
    .boolean()
    .describe(
      "Said in passing, under a title that speaks of no revert, as squashes repeat their branch's history: it counts only if it names a merged change",
    ),
  shas: z.array(z.string().regex(/^[0-9a-f]{7,64}$/)).describe('Commits named, perhaps cut'),
  numbers: z.array(z.int().positive()).describe('Pull requests of this repository that are named'),
  titles: z
    .array(
      z.object({
        whole: textKey.nullable().describe('Key of the quoted title; null: it was cut'),
        bare: textKey.nullable().describe('Key without its prefix (`fix(core): `)'),
        start: z.array(textKey).describe('Keys of its first 16, 24, 32 … characters'),
      }),
    )
    .describe('Titles quoted, as keys; the first that is found is meant'),
  coverage: z
    .number()
    .min(0)
    .max(1)
    .nullable()
    .describe("Share of the target's lines that are undone; only for content"),
})
