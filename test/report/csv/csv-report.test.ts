import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { renderCsv } from '../../../src/report/csv/csv-report.ts'
import type { Report } from '../../../src/report/document/report-document.ts'
import { temporaryDirectory } from '../../support/git-repository.ts'
import { readCsv } from '../../support/read-csv.ts'
import { cloneReport, exampleReport, hiddenReport } from '../example-report.ts'

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
      'settings,people,,5,,,number',
      'settings,largest share of a person,,50,,,percent',
      'cohorts,from,,2026-03-09,,,text',
      'cohorts,until,,2026-06-08,,,text',
      'cohorts,clock,,ready,,,text',
      'cohorts,changes,noneRecorded,1310,,,changes',
      'cycle-time,verdict,,lower,,,text',
      'cycle-time,difference,difference,-18,-30,-4,percent',
      'cycle-time,typical,aiRecorded,17,,,hours',
      'cycle-time,from,,2026-03-09,,,text',
      'cycle-time,all changes,aiRecorded,530,,,changes',
      'cycle-time,adjusted for,,size-and-date,,,text',
      'cycle-time,tipping share,noneRecorded,7,,,percent',
      'cycle-time,e-value of the difference,,1.7,,,number',
      'cycle-time,e-value of the nearer end,,1.2,,,number',
      'cycle-time,lowest if 10 percent are undeclared,difference,-90,,,percent',
      '"cycle-time, attested",verdict,,no_clear_difference,,,text',
      '"cycle-time, attested",difference,difference,-9,-24,8,percent',
      '"cycle-time, attested",comparable changes,noneRecorded,95,,,changes',
      'cycle-time,"merged-within-14-days, changes",aiRecorded,530,,,changes',
      'cycle-time,merged-within-14-days,difference,-1,-5,3,points',
      'reverts,difference,difference,2.8,-5.9,11.5,"per 1,000"',
      'reverts,reverts,aiRecorded,11,,,changes',
      'reverts,too young,,245,,,changes',
      'reverts,ratio,difference,25,-35,141,percent',
      'reverts by age,until,,2026-06-22,,,text',
      'reverts by age,changes,aiRecorded,980,,,changes',
      'reverts by age,30 days,aiRecorded,14.1,8.1,24,"per 1,000"',
      'merged,24 hours,aiRecorded,56,52,60,percent',
      'merged,336 hours,noneRecorded,86,83,89,percent',
      'durations: cycle-time,from,,2026-03-09,,,text',
      'durations: cycle-time,median,aiRecorded,15,12,19,hours',
      'what shipped,from,,2026-01-26,,,text',
      'what shipped,surviving,noneRecorded,87,85,89,percent',
      'sizes,changes,noneRecorded,1305,,,changes',
      'integrity,ai-after-start,noneRecorded,14,12,17,percent',
      'weeks,2026-03-09 median,aiRecorded,14,9,24,hours',
      'strongest evidence,E2,,21,,,percent',
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
  expect([...sections].sort()).toEqual([
    'cohorts',
    'cycle-time',
    'note',
    'report',
    'reverts',
    'review-rounds',
    'settings',
    'warning',
  ])
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
