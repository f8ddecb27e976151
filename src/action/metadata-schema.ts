import * as z from 'zod'

const sha = z.string().regex(/^[0-9a-f]{40,64}$/)
const slug = z.string().regex(/^[a-z0-9][a-z0-9-]{0,29}$/)

/**
 * The Action's machine-readable answer (`metadata`, `metadata-file`). Only a closed vocabulary: ids, numbers and shas,
 * no text of a commit, no person.
 */
export const MetadataSchema = z.strictObject({
  schema: z.literal(1).describe('Version of this format'),
  registry: z.iso.date().describe('Version of the registry of marks'),
  repository: z.string().describe('owner/name'),
  pullRequest: z.int().positive(),
  head: sha.nullable().describe('Head commit that was read; null when nothing could be read'),
  assistance: z.enum(['assisted', 'unassisted', 'undeclared']),
  agentAuthored: z.boolean(),
  intensity: z
    .enum(['light', 'heavy'])
    .nullable()
    .describe('Share of commits with evidence: below half, half and more'),
  tier: z.enum(['E1', 'E2', 'E3', 'E4']).nullable().describe('Strongest tier behind the answer'),
  tools: z.array(slug),
  assistedCommits: z.int().nonnegative(),
  totalCommits: z
    .int()
    .nonnegative()
    .describe('Commits that count; merges of the base branch do not'),
  evidenceShare: z
    .number()
    .min(0)
    .max(1)
    .nullable()
    .describe('assistedCommits / totalCommits; null without commits'),
  complete: z.boolean().describe('Whether every commit could be read'),
  setAside: z
    .enum(['disputed', 'unreliable-mark'])
    .nullable()
    .describe('Why the change is counted in neither group'),
  automation: slug.nullable().describe('Dependency, release or merge bot that made the change'),
  reason: z.string().describe('The answer in words'),
  evidence: z.array(
    z.strictObject({
      tool: slug,
      mark: z
        .string()
        .regex(/^[a-z0-9-]+\/[a-z0-9-]+$/)
        .describe('tool/mark, as the registry names it'),
      tier: z.enum(['E1', 'E2', 'E3', 'E4']),
      claim: z.enum([
        'agent-authored',
        'assisted',
        'unassisted',
        'suggested',
        'assisted-withdrawn',
        'unassisted-withdrawn',
      ]),
      where: z.strictObject({
        in: z.enum([
          'author',
          'committer',
          'message',
          'note',
          'opener',
          'branch',
          'description',
          'label',
          'check',
        ]),
        line: z.int().positive().optional(),
        sha: sha.optional(),
      }),
    }),
  ),
  evidenceTruncated: z.boolean(),
})

export type Metadata = z.infer<typeof MetadataSchema>
