import * as z from 'zod'
import { count } from './record-values.ts'

/** Changed files, and lines added and deleted in them. */
export const LineCountsSchema = z.object({
  files: count,
  additions: count,
  deletions: count,
})

/** How much a change changes. */
export const SizeSchema = z.object({
  total: LineCountsSchema,
  counted: LineCountsSchema.nullable().describe(
    'Without generated, lock, vendored and snapshot files',
  ),
})
