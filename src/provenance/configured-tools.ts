import { type ConfigurationFile, ownTools } from './configuration-file.ts'
import type { Mark, Tool } from './registry-schema.ts'

/** The tools of a configuration, in the order of the file; then what stands for its labels and its bots. */
export function configuredTools(file: ConfigurationFile): Tool[] {
  return [...file.tools.map(toTool), ...labelTool(file.labels), ...botTool(file.bots)]
}

function toTool(entry: ConfigurationFile['tools'][number]): Tool {
  const claim = entry.kind === 'reviewer' ? 'suggested' : 'assisted'
  const marks: Mark[] = []
  if (entry.authors.length > 0) {
    marks.push({
      ...identity(entry.authors),
      in: 'author',
      id: 'author',
      tier: 'E2',
      claim: 'agent-authored',
    })
  }
  if (entry['co-authors'].length > 0) {
    marks.push({
      ...identity(entry['co-authors']),
      in: 'co-author',
      id: 'co-author',
      tier: 'E2',
      claim,
    })
  }
  for (const [index, { key, value }] of entry.trailers.entries()) {
    marks.push({
      in: 'trailer',
      id: `trailer-${index + 1}`,
      keys: [key],
      pattern: value,
      within: 'message',
      tier: 'E2',
      claim,
    })
  }
  for (const [index, pattern] of entry.lines.entries()) {
    marks.push({ in: 'line', id: `line-${index + 1}`, pattern, contains: '', tier: 'E2', claim })
  }
  if (entry.labels.length > 0) {
    marks.push({ in: 'label', id: 'label', names: entry.labels, tier: 'E3', claim })
  }
  return { id: entry.id, name: entry.name, vendor: 'this repository', kind: entry.kind, marks }
}

function identity(list: readonly string[]): { emails: string[]; logins: string[] } {
  return {
    emails: list.filter((entry) => entry.includes('@')),
    logins: list.filter((entry) => !entry.includes('@')),
  }
}

function labelTool(labels: ConfigurationFile['labels']): Tool[] {
  const marks = (['assisted', 'agent-authored', 'unassisted'] as const)
    .filter((claim) => labels[claim].length > 0)
    .map((claim): Mark => ({ in: 'label', id: claim, names: labels[claim], tier: 'E3', claim }))
  if (marks.length === 0) return []
  return [
    {
      id: ownTools.labels,
      name: 'Label of this repository',
      vendor: 'this repository',
      kind: 'declaration',
      marks,
    },
  ]
}

function botTool(bots: readonly string[]): Tool[] {
  if (bots.length === 0) return []
  const mark: Mark = {
    ...identity(bots),
    in: 'author',
    id: 'author',
    tier: 'E2',
    claim: 'assisted',
  }
  return [
    {
      id: ownTools.bots,
      name: 'Bot of this repository',
      vendor: 'this repository',
      kind: 'automation',
      marks: [mark],
    },
  ]
}
