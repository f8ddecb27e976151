import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import type { Reference } from './reference.ts'
import type { SeenCommit } from './seen-commit.ts'

const SignalSchema = z.object({
  type: z.string(),
  key: z.string().optional(),
  pattern: z.string(),
  strength: z.string(),
  /** `2026-04-22..2026-05-10`: between these days the signal says nothing. */
  valid_outside: z.string().optional(),
})

const ToolsSchema = z.array(
  z.object({ id: z.string(), kind: z.string(), signals: z.array(SignalSchema) }),
)

type Signal = z.infer<typeof SignalSchema>

interface Rule {
  readonly name: string
  readonly holds: (commit: SeenCommit) => boolean
}

/**
 * The marks of the data folder's `registry.json`, read as `registry-match-rules.json` says: what assistants and agents stamp
 * and what people declare. Its weak signs, branches, labels and notes are left out, a commit's text does not hold them.
 *
 * @throws when the folder holds no such file, or one of another shape
 */
export function registryRules(data: string): Reference {
  const tools = ToolsSchema.parse(JSON.parse(readFileSync(join(data, 'registry.json'), 'utf8')))
  const rules = tools
    .filter(({ kind }) => kind === 'assistant' || kind === 'agent')
    .flatMap(({ id, signals }) => signals.flatMap((signal) => toRule(id, signal)))
  return {
    id: 'registry',
    title: 'the data folder’s registry.json',
    rule: (commit) => rules.find(({ holds }) => holds(commit))?.name,
  }
}

function toRule(tool: string, signal: Signal): Rule[] {
  if (signal.strength !== 'tool-stamped' && signal.strength !== 'declared') return []
  const holds = matcher(signal)
  if (holds === undefined) return []
  const name = `${tool} ${signal.type}${signal.key === undefined ? '' : ` ${signal.key}`} (${signal.strength})`
  const valid = outside(signal.valid_outside)
  return [{ name, holds: (commit) => valid(commit) && holds(commit) }]
}

function matcher({ type, key, pattern }: Signal): Rule['holds'] | undefined {
  const regex = new RegExp(pattern, type === 'body' ? 'im' : 'i')
  const wanted = key?.toLowerCase()
  switch (type) {
    case 'author':
      return (commit) => regex.test(wanted === 'committer' ? commit.committer : commit.author)
    case 'coauthor':
      return (commit) => commit.coAuthors.some((value) => regex.test(value))
    case 'trailer':
      return (commit) => commit.pairs.some((one) => one.key === wanted && regex.test(one.value))
    case 'body':
      return (commit) => regex.test(commit.message)
    default:
      return undefined
  }
}

const millisecondsPerDay = 86_400_000

function outside(days: string | undefined): (commit: SeenCommit) => boolean {
  const [from, to] = (days ?? '').split('..').map((day) => Date.parse(day))
  if (from === undefined || to === undefined) return () => true
  return ({ authoredAt }) =>
    authoredAt === undefined || authoredAt < from || authoredAt >= to + millisecondsPerDay
}
