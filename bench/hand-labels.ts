import { readFileSync } from 'node:fs'
import * as z from 'zod'

const folder = new URL('../test/provenance/labels/', import.meta.url)

const assistance = z.enum(['assisted', 'unassisted', 'undeclared'])
const yes = z.enum(['yes', 'no']).transform((text) => text === 'yes')

const CommitLabelSchema = z.object({
  repository: z.string(),
  sha: z.string(),
  stratum: z.string(),
  assistance,
  kind: z.string(),
  tier: z.enum(['E1', 'E2', 'E3', 'E4', '-']),
  tool: z.string(),
  agentAuthored: yes,
  doubt: z.string(),
})

const ChangeLabelSchema = z.object({
  repository: z.string(),
  number: z.coerce.number(),
  head: z.string(),
  base: z.string(),
  commits: z.coerce.number(),
  assistance,
  agentAuthored: yes,
  intensity: z.enum(['light', 'heavy', '-']),
  assistedCommits: z.coerce.number(),
  tools: z.string(),
  doubt: z.string(),
})

export type CommitLabel = z.infer<typeof CommitLabelSchema>
export const labelSets = ['first', 'second', 'third'] as const
export type LabelSet = (typeof labelSets)[number]

export type ChangeLabel = z.infer<typeof ChangeLabelSchema>

/**
 * The commits that were labelled by reading them (docs/provenance.md): the first set before the classifier existed, the
 * second and third, each drawn afresh, after the one before had shown its mistakes.
 */
export function commitLabels(set: LabelSet): CommitLabel[] {
  return z.array(CommitLabelSchema).parse(readTable(`commits-${set}.tsv`))
}

/** The pull requests labelled with the first set. */
export function changeLabels(): ChangeLabel[] {
  return z.array(ChangeLabelSchema).parse(readTable('pull-requests.tsv'))
}

function readTable(file: string): Record<string, string>[] {
  const [heading = '', ...lines] = readFileSync(new URL(file, folder), 'utf8').trimEnd().split('\n')
  const columns = heading.split('\t')
  return lines.map((line) => {
    const cells = line.split('\t')
    return Object.fromEntries(columns.map((column, index) => [column, cells[index] ?? '']))
  })
}
