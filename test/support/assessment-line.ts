import { expect } from 'vitest'
import * as z from 'zod'

const Tier = z.enum(['E1', 'E2', 'E3', 'E4'])

/** A line of `assess`, with every field that it may have and no other. */
const AssessmentLine = z.strictObject({
  sha: z
    .string()
    .regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/)
    .optional(),
  assistance: z.enum(['assisted', 'unassisted', 'undeclared']),
  agentAuthored: z.boolean(),
  tier: Tier.optional(),
  tools: z.array(z.string()),
  evidence: z.array(
    z.strictObject({
      tool: z.string(),
      mark: z.string(),
      tier: Tier,
      claim: z.enum(['agent-authored', 'assisted', 'unassisted', 'suggested']),
      where: z.strictObject({
        in: z.enum(['author', 'committer', 'message', 'note']),
        line: z.int().positive().optional(),
      }),
      text: z.string(),
      at: z.int().optional(),
      epoch: z.string().optional(),
    }),
  ),
  trailers: z.array(z.strictObject({ key: z.string(), value: z.string() })),
  merge: z.literal(true).optional(),
  automation: z.string().optional(),
  setAside: z.enum(['disputed', 'unreliable-mark']).optional(),
  reason: z.string().min(1),
  registry: z.iso.date(),
})

export type AssessmentLine = z.infer<typeof AssessmentLine>

/** The lines of NDJSON, each checked: one JSON object a line, and a line feed behind the last one too. */
export function parseLines(ndjson: string): AssessmentLine[] {
  if (ndjson === '') return []
  expect(ndjson.endsWith('\n')).toBe(true)
  return ndjson
    .slice(0, -1)
    .split('\n')
    .map((line) => AssessmentLine.parse(JSON.parse(line)))
}
