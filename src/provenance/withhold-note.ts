import { gitAiNotes } from './git-ai-note.ts'
import { noteTool } from './note-tool.ts'
import type { KnownMarks } from './registry.ts'

/**
 * An authorship note that reads as the whole one, without prompts, paths, people and tools that the registry does not know.
 * Empty where the note cannot be read or its format is not known.
 */
export function withholdNote(ref: string, text: string, marks: KnownMarks): string {
  if (ref !== gitAiNotes.ref) return ''
  const note = gitAiNotes.read(text, {})
  if ('invalid' in note) return ''
  const { finding, tools, reason } = note
  const known = tools.filter((tool) => noteTool(tool, marks) !== undefined)
  if (finding === 'assisted') return gitAiNote(known.length === 0 ? [undefined] : known, true)
  if (finding === 'unassisted') return gitAiNote([], reason.includes('people'))
  return gitAiNote([reason.includes('test') ? 'mock_ai' : undefined], false)
}

/** A note of git-ai with a session of each tool, undefined for one that is not named. */
function gitAiNote(tools: readonly (string | undefined)[], attested: boolean): string {
  const keys = tools.length === 0 ? ['h_1'] : tools.map((_, index) => `s_${index + 1}`)
  const sessions = Object.fromEntries(
    tools.map((tool, index) => [
      `s_${index + 1}`,
      tool === undefined ? {} : { agent_id: { tool } },
    ]),
  )
  return [
    ...(attested ? ['…', ...keys.map((key) => `  ${key} 1`)] : []),
    '---',
    JSON.stringify({ schema_version: 'authorship/3.0.0', prompts: {}, sessions }),
  ].join('\n')
}
