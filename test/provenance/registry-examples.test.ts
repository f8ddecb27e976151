import { describe, expect, test } from 'vitest'
import type { Commit } from '../../src/provenance/commit.ts'
import { findChangeEvidence } from '../../src/provenance/find-change-evidence.ts'
import { findEvidence } from '../../src/provenance/find-evidence.ts'
import data from '../../src/provenance/registry.json' with { type: 'json' }
import { indexRegistry } from '../../src/provenance/registry.ts'
import { RegistrySchema } from '../../src/provenance/registry-schema.ts'

const registry = RegistrySchema.parse(data)

type DocumentedTool = (typeof registry.tools)[number]
type DocumentedMark = DocumentedTool['marks'][number]

/** The registry with one mark only, so that none is covered by another. */
function marksWithOnly(tool: DocumentedTool, mark: DocumentedMark) {
  return indexRegistry({ ...registry, tools: [{ ...tool, marks: [mark] }], epochs: [] })
}

/** Ids of the marks, or of the bot, that the production matcher finds where the text stands as the mark says. */
function found(tool: DocumentedTool, mark: DocumentedMark, text: string): string[] {
  const marks = marksWithOnly(tool, mark)
  const inCommit = (commit: Partial<Commit>) => {
    const { evidence, automation } = findEvidence({ message: 'Add x\n', ...commit }, marks)
    return [...evidence.map((one) => one.mark), ...(automation === undefined ? [] : [automation])]
  }
  const ofChange = (facts: { branch?: string; labels?: string[] }) =>
    findChangeEvidence({ commits: [], complete: true, ...facts }, marks).evidence.map(
      (one) => one.mark,
    )
  switch (mark.in) {
    case 'author':
      return inCommit({ author: identityOf(text) })
    case 'committer':
      return inCommit({ committer: identityOf(text) })
    case 'co-author':
      return inCommit({ message: `Add x\n\nCo-authored-by: ${text}\n` })
    case 'trailer':
      return mark.keys.flatMap((key) => {
        const block = inCommit({ message: `Add x\n\n${key}: ${text}\n` })
        const above = inCommit({ message: `Add x\n\n${key}: ${text}\n\nMore words.\n` })
        return mark.within === 'block' ? block : [...new Set([...block, ...above])]
      })
    case 'line':
      return inCommit({ message: `Add x\n\nMore words.\n${text}\nAnd more.\n` })
    case 'branch':
      return ofChange({ branch: text })
    case 'label':
      return ofChange({ labels: [text] })
    case 'note':
      return inCommit({ notes: new Map([[mark.ref, text]]) })
  }
}

/** "Name <email>" as git shows it; what has no address is a name alone. */
function identityOf(text: string): { name: string; email: string } {
  const match = /^(.*?)\s*<([^<>]*)>$/.exec(text)
  return match === null
    ? { name: text, email: '' }
    : { name: match[1] ?? '', email: match[2] ?? '' }
}

describe.each(
  registry.tools.filter(({ marks }) => marks.length > 0).map((tool) => [tool.id, tool] as const),
)('%s', (_, tool) => {
  const unread = (mark: DocumentedMark) => mark.in === 'note' && mark.format === undefined
  const bot = (mark: DocumentedMark) => tool.kind === 'automation' && mark.in === 'author'

  test.each(tool.marks.map((mark) => [mark.id, mark] as const))('%s', (_, mark) => {
    const id = bot(mark) ? tool.id : `${tool.id}/${mark.id}`
    for (const example of mark.examples) {
      const times = mark.in === 'trailer' ? mark.keys.length : 1
      const expected = unread(mark) ? [] : Array.from({ length: times }, () => id)
      expect({ example, found: found(tool, mark, example) }).toEqual({ example, found: expected })
    }
    for (const counterexample of mark.counterexamples) {
      expect({ counterexample, found: found(tool, mark, counterexample) }).toEqual({
        counterexample,
        found: [],
      })
    }
  })
})
