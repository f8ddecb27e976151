import * as z from 'zod'
import { time } from './record-values.ts'

/** What somebody said with a button of the check: kept also when it is taken back, since it held until then. */
export const DeclarationSchema = z.object({
  claim: z
    .enum(['assisted', 'agent-authored', 'unassisted'])
    .describe('What it says of the change: AI was used, an agent authored it, or no AI was used'),
  by: z
    .enum(['author', 'writer'])
    .describe('The author of the pull request, or somebody who may write to the repository'),
  at: time,
  undoneAt: time.nullable().describe('When it was taken back; null: it stands'),
})
