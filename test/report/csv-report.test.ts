import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { renderCsv } from '../../src/report/csv-report.ts'
import type { Report } from '../../src/report/report-document.ts'
import { temporaryDirectory } from '../support/git-repository.ts'
import { readCsv } from '../support/read-csv.ts'
import { cloneReport, exampleReport, hiddenReport } from './example-report.ts'

function rowsOf(report: Report): Record<string, string>[] {
  const path = join(temporaryDirectory(), 'report.csv')
  writeFileSync(path, renderCsv(report))
  return readCsv(path)
}

test('a number a line, with its interval and unit', () => {
  const lines = renderCsv(exampleReport()).split('\r\n')
  expect(lines[0]).toBe('section,item,group,value,low,high,unit')
  expect(lines).toEqual(
    expect.arrayContaining([
      'report,as of,,2026-06-22T00:00:00Z,,,text',
      'cohorts,changes,other,1310,,,changes',
      'cycle-time,verdict,,lower,,,text',
      'cycle-time,difference,difference,-18,-30,-4,percent',
      'cycle-time,typical,assisted,17,,,hours',
      'cycle-time,all changes,assisted,530,,,changes',
      'cycle-time,merged-within-14-days,difference,-1,-5,3,points',
      'reverts,difference,difference,2.8,-5.9,11.5,"per 1,000"',
      'reverts,30 days,assisted,14.1,8.1,24,"per 1,000"',
      'what shipped,surviving,other,87,,,percent',
      'weeks,2026-03-09 median,assisted,14,9,24,hours',
      'strongest evidence,E1,,5,,,percent',
      'excluded,no-lines,,fewer than 5,,,changes',
      'repository: harbour-lights/api,cycle-time,difference,-21,-38,2,percent',
    ]),
  )
  expect(lines.at(-1)).toBe('')
})

test.each([exampleReport(), hiddenReport(), cloneReport()])(
  'every line has seven fields',
  (report) => {
    for (const row of rowsOf(report)) {
      expect(Object.keys(row)).toEqual(['section', 'item', 'group', 'value', 'low', 'high', 'unit'])
      expect(row.value).not.toBe('')
      if (row.unit !== 'text' && row.unit !== 'changes') expect(Number(row.value)).not.toBeNaN()
    }
  },
)

test('what is not shown has no line', () => {
  const sections = new Set(rowsOf(hiddenReport()).map(({ section }) => section))
  expect([...sections].sort()).toEqual(['cycle-time', 'note', 'report', 'reverts', 'review-rounds'])
  expect(
    rowsOf(exampleReport()).some(
      ({ section, item }) => section === 'strongest evidence' && item === 'E3',
    ),
  ).toBe(false)
})

describe('a spreadsheet runs nothing', () => {
  const shownAs = (name: string) =>
    rowsOf(exampleReport({ scope: { ...exampleReport().scope, name } })).find(
      ({ item }) => item === 'scope',
    )?.value

  test.each([
    ['=HYPERLINK("https://evil.test")', '\'=HYPERLINK("https://evil.test")'],
    ['+1+1', "'+1+1"],
    ['-1+1', "'-1+1"],
    ['−1+1', "'-1+1"],
    ['@SUM(1)', "'@SUM(1)"],
    ['\t=1', "'=1"],
    ['\r=1', "'=1"],
    [' =1', "'=1"],
    ['＝1', "'＝1"],
    ['acme', 'acme'],
    ['a,"b"\nc', 'a,"b" c'],
  ])('%j becomes %j', (name, value) => {
    expect(shownAs(name)).toBe(value)
  })

  test('nor in the name of a repository', () => {
    const [repository] = exampleReport().repositories
    const repositories = [{ name: '=1+1', comparisons: repository?.comparisons ?? [] }]
    const rows = rowsOf(exampleReport({ repositories }))
    expect(rows.filter(({ section }) => /^[=+\-@]/.test(section ?? ''))).toEqual([])
  })
})
