import { expect, test } from 'vitest'
import { ReportSchema } from '../../src/report/document/report-document.ts'
import { renderJson } from '../../src/report/json-report.ts'
import { cloneReport, exampleReport, hiddenReport } from './example-report.ts'

/** The same with the keys of every object in another order. */
function shuffled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shuffled)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, one]) => [key, shuffled(one)]),
  )
}

test.each([exampleReport(), hiddenReport(), cloneReport()])('is the document', (report) => {
  const text = renderJson(report)
  expect(ReportSchema.parse(JSON.parse(text))).toEqual(report)
  expect(text).toMatch(/^\{\n {2}"version": 1,\n[\s\S]*\n\}\n$/)
})

test('the order in which it was made does not matter', () => {
  const report = exampleReport()
  expect(renderJson(shuffled(report) as typeof report)).toBe(renderJson(report))
})

test('what the schema does not know is not written, and no number that does not exist', () => {
  const report = exampleReport()
  const more = { ...report, people: ['somebody'] }
  expect(renderJson(more)).toBe(renderJson(report))
  const [cycleTime, ...others] = report.comparisons
  const estimate = { unit: 'percent', value: Number.NaN, low: 0, high: 1 } as const
  const broken = exampleReport({
    comparisons: [{ ...cycleTime, estimate } as typeof cycleTime & object, ...others],
  })
  expect(() => renderJson(broken)).toThrow('NaN')
})
