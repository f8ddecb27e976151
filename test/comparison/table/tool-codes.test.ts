import { expect, test } from 'vitest'
import { toolGroups } from '../../../src/comparison/descriptions/describe-tools.ts'
import { unknown } from '../../../src/comparison/table/change-table.ts'
import {
  ownTool,
  severalTools,
  toolCode,
  toolCodes,
} from '../../../src/comparison/table/tool-codes.ts'
import { shippedRegistry } from '../../../src/provenance/index.ts'

const named = shippedRegistry().tools.filter(({ kind }) => kind !== 'declaration')

test('every tool of the registry that evidence can name has a number of its own: add new ones at the end', () => {
  const missing = named.map(({ id }) => id).filter((id) => !toolCodes.includes(id))
  expect(missing).toEqual([])
  expect(new Set(toolCodes).size).toBe(toolCodes.length)
  expect(toolCodes.length).toBeLessThanOrEqual(ownTool)
})

test('numbers that stand in databases stay what they are', () => {
  expect([0, 50, 100, 146].map((code) => toolCodes[code])).toEqual([
    'abacus',
    'verdent',
    'v0',
    'weblate',
  ])
})

test('what is no tool has no name of one', () => {
  for (const group of Object.values(toolGroups)) expect(toolCodes).not.toContain(group)
})

test.each([
  ['one', 'assisted', ['claude-code'], toolCodes.indexOf('claude-code')],
  ['several', 'assisted', ['aider', 'claude-code'], severalTools],
  ['none', 'assisted', [], unknown],
  ['a tool of a configuration', 'assisted', ['our-own-tool'], ownTool],
  ['of a change that is not assisted', 'undeclared', ['claude-code'], unknown],
] as const)('%s', (_case, assistance, tools, code) => {
  expect(toolCode({ assistance, tools })).toBe(code)
})
