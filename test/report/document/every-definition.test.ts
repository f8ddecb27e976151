import { expect, test } from 'vitest'
import { everyDefinition } from '../../../src/report/document/every-definition.ts'
import { builtReports } from '../built-reports.ts'

const every = everyDefinition()

test('each term is explained once', () => {
  const terms = every.map(({ term }) => term)
  expect(new Set(terms).size).toBe(terms.length)
  expect(terms).toEqual(expect.arrayContaining(['Change', 'Review threads', 'Pickup', 'As of']))
})

test.each(builtReports)('of %s they hold all, in its order', (_, report) => {
  const own = new Set(report.definitions.map(({ term }) => term))
  expect(every.filter(({ term }) => own.has(term))).toEqual(report.definitions)
})
