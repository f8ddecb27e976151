import { expect, test } from 'vitest'
import { gateThresholds } from '../../../src/comparison/index.ts'
import { type Parts, warnOfMissing } from '../../../src/report/document/missing-parts.ts'
import { exampleReport } from '../example-report.ts'

const nothing: Parts = {
  merged: null,
  reverts: null,
  weeks: [],
  quantiles: [],
  funnel: null,
  coverage: null,
  sizes: null,
}

function warningsOf(
  parts: Partial<Parts>,
  scope: { clone?: boolean; oneOfSeveral?: boolean } = {},
) {
  return warnOfMissing({
    parts: { ...exampleReport(), ...parts },
    isClone: scope.clone ?? false,
    isOneOfSeveral: scope.oneOfSeveral ?? false,
    thresholds: gateThresholds,
  })
}

test('a report with all its parts has nothing to say', () => {
  expect(warningsOf({})).toEqual([])
})

test('each part of which there is nothing is named, with the reason', () => {
  expect(warningsOf({ funnel: null, sizes: null })).toEqual([
    {
      code: 'not-shown',
      text: 'Not shown: what became of the changes and the sizes of changes. There a group, or what it leaves of the whole, has fewer than 5 people or 20 changes, or one person made more than half of it, or too few of its changes were merged.',
    },
  ])
  const [all] = warningsOf(nothing)
  expect(all?.text).toMatch(
    /^Not shown: the share merged over time, reverts by days since the merge, single weeks, the time of each step, what became of the changes, what is recorded of AI use and the sizes of changes\./,
  )
})

test('what a clone cannot know is not said to be too little', () => {
  expect(warningsOf({ merged: null, funnel: null }, { clone: true })).toEqual([])
})

test('what is never told of one repository among several is said to be so', () => {
  const none = { weeks: [], coverage: null, sizes: null }
  expect(warningsOf(none, { oneOfSeveral: true }).map(({ code }) => code)).toEqual([
    'one-of-several',
  ])
  expect(
    warningsOf({ ...none, merged: null }, { oneOfSeveral: true }).map(({ text }) => text),
  ).toContainEqual(expect.stringMatching(/^Not shown: the share merged over time\./))
})
