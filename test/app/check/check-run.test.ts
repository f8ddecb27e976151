import { describe, expect, test } from 'vitest'
import {
  changeOfCheckId,
  checkIdOf,
  claimOf,
  declarationActions,
} from '../../../src/app/check/check-run.ts'

test('the id of a check run tells its pull request', () => {
  expect(changeOfCheckId(checkIdOf(42, 7))).toEqual({ repositoryId: 42, number: 7 })
})

test.each([
  '',
  'change/42',
  'change/42/7/8',
  'change/x/7',
  'other/42/7',
  'change/1e3/7',
  `change/${'9'.repeat(20)}/1`,
])('of another id nothing is read: %j', (id) => {
  expect(changeOfCheckId(id)).toBeUndefined()
})

describe('the buttons', () => {
  test('are within what GitHub takes', () => {
    expect(declarationActions).toHaveLength(3)
    for (const { label, description, identifier } of declarationActions) {
      expect(label.length).toBeLessThanOrEqual(20)
      expect(description.length).toBeLessThanOrEqual(40)
      expect(identifier.length).toBeLessThanOrEqual(20)
    }
  })

  test('each say what they say, and others say nothing', () => {
    expect(declarationActions.map(({ identifier }) => claimOf(identifier))).toEqual([
      'assisted',
      'agent-authored',
      'unassisted',
    ])
    expect(claimOf('erase')).toBeUndefined()
  })
})
