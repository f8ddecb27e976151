import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import type { KnownMarks } from '../../src/provenance/index.ts'

const texts = z.array(z.string()).default([])

const ChangeSchema = z.object({
  pr: z.number(),
  mergeSha: z.string(),
  aiTrailers: texts,
  branchAiTrailers: texts,
  branchAiAuthors: texts,
  aiMarkers: texts,
})

/** A merged pull request with the signs that the corpus noted; it notes generously, suggestions and bots too. */
export type CorpusChange = z.infer<typeof ChangeSchema>

/** The corpus' pull requests of one repository (`owner/name`); none where it has no such file. */
export function corpusChanges(data: string, repository: string): CorpusChange[] {
  const file = join(data, 'corpora', 'pr-history', `${repository.replace('/', '+')}.jsonl`)
  if (!existsSync(file)) return []
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n')
  return lines.map((line) => ChangeSchema.parse(JSON.parse(line)))
}

/** The field in which the corpus noted AI, and whose sign; nobody is named but tools and bots of the registry. */
export function corpusRule(change: CorpusChange, marks: KnownMarks): string | undefined {
  for (const field of ['branchAiTrailers', 'aiTrailers', 'branchAiAuthors', 'aiMarkers'] as const) {
    const [first] = change[field]
    if (first !== undefined) return `${field}: ${whose(first, marks)}`
  }
  return undefined
}

const sessionKeys =
  /^([A-Za-z]+-(?:Session|Thread-ID|Checkpoint)|Agent-Logs-Url|Made-with|Assisted-by|Generated-by):/i

function whose(text: string, marks: KnownMarks): string {
  const address = /<([^<>\s]+)>/.exec(text)?.[1] ?? ''
  if (marks.knowsAddress(address)) return address.replace(/^\d+\+/, '').replace(/@users\..*/, '')
  const key = sessionKeys.exec(text)?.[1]
  if (key !== undefined) return key
  const bot = /^[\w-]+(?:\[bot\]|-robot)$/.exec(text)?.[0]
  if (bot !== undefined) return bot
  const names = [...marks.tools.values()].map(({ name }) => name)
  return names.find((name) => text.includes(name)) ?? 'something else'
}
