import { expect, test } from 'vitest'
import { indexRegistry, shippedRegistry, toolName } from '../../src/provenance/index.ts'

const marks = indexRegistry(shippedRegistry())

test.each([
  ['claude-code', 'Claude Code'],
  ['ai-assistance', 'not named'],
  ['policy-assisted-by', 'not named'],
  ['label', 'not named'],
  ['constructor', 'not named'],
])('the tool of the mark %s is %s', (id, name) => {
  expect(toolName(id, marks)).toBe(name)
})
