import type { KnownMarks } from './registry.ts'

/** Names that git-ai gives to tools which the registry calls something else (git-ai-project/git-ai, `src/commands/checkpoint_agent/presets`). */
const otherNames: ReadonlyMap<string, string> = new Map([
  ['claude', 'claude-code'],
  ['claude-web', 'claude-code'],
  ['codex-cloud', 'codex'],
  ['continue-cli', 'continue'],
  ['cursor-agent', 'cursor'],
  ['droid', 'factory-droid'],
  ['gemini', 'gemini-cli'],
  ['github-copilot', 'copilot-vscode'],
  ['github-copilot-cli', 'copilot-cli'],
])

/** Id of the AI tool to which an authorship note attests lines; undefined for a name that the registry does not have. */
export function noteTool(name: string, marks: KnownMarks): string | undefined {
  const tool = marks.tools.get(otherNames.get(name) ?? name)
  return tool?.kind === 'assistant' || tool?.kind === 'agent' ? tool.id : undefined
}
