import { expect, test } from 'vitest'
import { gateThresholds } from '../../../src/comparison/index.ts'
import { followedGroup, gateText, hiddenGroup } from '../../../src/report/document/gate-words.ts'

test.each([
  [null, 40, 'the group with AI recorded has fewer than 5 people or 20 changes'],
  [40, null, 'the group with no AI recorded has fewer than 5 people or 20 changes'],
  [40, 40, 'a group, or what it leaves of the whole, has fewer than 5 people or 20 changes'],
  [null, null, 'a group, or what it leaves of the whole, has fewer than 5 people or 20 changes'],
])('of %j and %j: %s', (aiRecorded, noneRecorded, words) => {
  expect(gateText(gateThresholds, hiddenGroup({ aiRecorded, noneRecorded }))).toBe(
    `${words}, or one person made more than half of it`,
  )
})

test('the thresholds are told as they are set', () => {
  expect(gateText({ people: 8, changes: 50, personShare: 0.4 }, 'it')).toBe(
    'it has fewer than 8 people or 50 changes, or one person made more than 40 % of it',
  )
})

test('of groups that are shown it is said that too few of their changes are followed', () => {
  expect(gateText(gateThresholds, followedGroup)).toMatch(
    /^among the changes that were merged and followed for long enough, a group, .* has fewer than 5 people/,
  )
})
