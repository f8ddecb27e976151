import * as z from 'zod'

/**
 * How far one reading of a repository has come. It is kept with every page, in one transaction with the page's records, so that
 * whoever is killed goes on after the last page that is kept.
 */
const PositionSchema = z.object({
  /** When it began, milliseconds since the epoch: what happened before is read when it is through. */
  startedAt: z.number(),
  /** ISO 8601, as the reader is asked. */
  since: z.string(),
  updatedSince: z.string().optional(),
  branchCommits: z.boolean(),
  /** Patterns of branches that the owners had chosen when it began. */
  branches: z.array(z.string()).optional(),
  /** In the words of the reader; absent: at the beginning. */
  checkpoint: z.string().optional(),
})
export type ReadingPosition = z.infer<typeof PositionSchema>

export function formatPosition(position: ReadingPosition): string {
  return JSON.stringify(position)
}

/** Undefined: there is none, or one of another version of the App, so that the reading begins anew. */
export function parsePosition(text: string | null): ReadingPosition | undefined {
  if (text === null) return undefined
  try {
    return PositionSchema.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}
