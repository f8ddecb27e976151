import { expect, test } from 'vitest'
import { noteTool } from '../../src/provenance/note-tool.ts'
import { indexRegistry, shippedRegistry } from '../../src/provenance/registry.ts'

const marks = indexRegistry(shippedRegistry())

test.each<[string, string | undefined]>([
  ['amp', 'amp'],
  ['claude', 'claude-code'],
  ['claude-code', 'claude-code'],
  ['claude-web', 'claude-code'],
  ['cline', 'cline'],
  ['codex', 'codex'],
  ['codex-cloud', 'codex'],
  ['continue-cli', 'continue'],
  ['cursor', 'cursor'],
  ['cursor-agent', 'cursor'],
  ['devin', 'devin'],
  ['droid', 'factory-droid'],
  ['gemini', 'gemini-cli'],
  ['github-copilot', 'copilot-vscode'],
  ['github-copilot-cli', 'copilot-cli'],
  ['opencode', 'opencode'],
  ['dependabot', undefined],
  ['coderabbit', undefined],
  ['policy-assisted-by', undefined],
  ['nobody-knows', undefined],
  ['__proto__', undefined],
  ['', undefined],
])('the tool that a note calls %j', (name, id) => {
  expect(noteTool(name, marks)).toBe(id)
})
