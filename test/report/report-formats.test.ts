import { describe, expect, test } from 'vitest'
import type { Report } from '../../src/report/document/report-document.ts'
import { findForbiddenWords, findWordsThatJudge } from '../support/forbidden-words.ts'
import { builtReports } from './built-reports.ts'
import { exampleComparison } from './example-comparison.ts'
import { cloneReport, exampleReport, hiddenReport } from './example-report.ts'
import { reportFormats, terminalCode } from './report-texts.ts'

const verdicts = [
  'hidden',
  'not_known',
  'too_few',
  'too_few_events',
  'no_clear_difference',
  'similar',
  'leaning_lower',
  'leaning_higher',
  'lower',
  'higher',
  'mixed',
] as const

const reports: readonly (readonly [string, Report])[] = [
  ['everything', exampleReport()],
  ['nothing shown', hiddenReport()],
  ['a clone', cloneReport()],
  ...builtReports,
  ...verdicts.map((verdict) => {
    const comparisons = (['cycle-time', 'review-rounds', 'reverts'] as const).map((outcome) =>
      exampleComparison(outcome, verdict),
    )
    return [`verdict ${verdict}`, exampleReport({ comparisons })] as const
  }),
]

const cases = [...reportFormats].flatMap(([format, render]) =>
  reports.map(([name, report]) => [format, name, render, report] as const),
)

/** Text as a reader has it: wrapped lines, codes, tags and typographic signs do not matter. */
function words(text: string): string {
  return text
    .replaceAll(/<style>[\s\S]*?<\/style>/g, ' ')
    .replaceAll(/<\/?[a-z][^>]*>/gi, ' ')
    .replaceAll('&#39;', "'")
    .replaceAll('&quot;', '"')
    .replaceAll(/\\"|""/g, '"')
    .replaceAll(terminalCode, '')
    .replaceAll('−', '-')
    .replaceAll(/\s+/g, ' ')
}

describe.each(cases)('%s of %s', (_format, _name, render, report) => {
  const text = render(report)

  test('shows no value that does not exist', () => {
    expect(words(text)).not.toMatch(/\b(NaN|undefined|Infinity)\b|\[object/)
    expect(words(text).replaceAll(/"[^"]*": null/g, '')).not.toMatch(/\bnull\b(?!,|\s*[\]}])/)
  })

  test('judges nobody and claims no cause', () => {
    expect(findForbiddenWords(words(text))).toEqual([])
    expect(findWordsThatJudge(words(text))).toEqual([])
  })

  test('says every statement, the headline and the footer', () => {
    for (const { statement } of report.comparisons) expect(words(text)).toContain(words(statement))
    expect(words(text)).toContain(words(report.headline))
    for (const note of report.notes) expect(words(text)).toContain(words(note))
  })

  test('is the same once more', () => {
    expect(render(report)).toBe(text)
  })
})

/** What stands in our own words and on scales. */
const ownNumbers =
  '0 1 3 4 5 9 10 20 30 50 75 90 95 100 200 1,000 20.0 50.0 100.0 5.0 10.0 E1 E2 E3 E4 2'

const number = /\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?/g
const day = /\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*/g

/** 1,310 and 1310, 14.0 and 14, 03 and 3 are the same. Days are written in more than one way. */
function numbersOf(text: string): number[] {
  const told = words(text).replaceAll(day, '').match(number) ?? []
  return told.map((one) => Number(one.replaceAll(',', '')))
}

const textFormats = [...reportFormats].filter(([format]) => format !== 'html')

describe.each(textFormats)('%s', (format, render) => {
  test.each(reports)('%s holds no number that is not in the document', (_name, report) => {
    // In lists of values a comma groups no digits.
    const apart = (text: string) => (format === 'csv' ? text.replaceAll(',', ' ') : text)
    const told = [JSON.stringify(report, null, 1), ownNumbers].flatMap((text) =>
      numbersOf(apart(text)),
    )
    // Less than an hour is told in minutes.
    const known = new Set([...told, ...told.map((hours) => Math.round(60 * hours))])
    expect(numbersOf(apart(render(report))).filter((one) => !known.has(one))).toEqual([])
  })
})

describe.each([...reportFormats])('%s', (_format, render) => {
  test('marks what is made up, and what is older than asked for', () => {
    expect(words(render(exampleReport()))).toMatch(/made up|"synthetic": true/i)
    expect(words(render(cloneReport()))).toMatch(/22 June|2026-06-22/)
  })
})
