import { describe, expect, test } from 'vitest'
import { ReportSchema } from '../../src/report/document/report-document.ts'
import { aChangeTable } from '../support/a-change-table.ts'
import { reportOf, twoGroups } from './built-reports.ts'
import { reportFormats, terminalCode } from './report-texts.ts'

const table = aChangeTable(twoGroups())
const answered = {
  answeredAt: Date.UTC(2026, 4, 4, 9, 30),
  answers: [
    { question: 'Who can see these numbers?', answer: 'Every member of the organisation.' },
    { question: 'Who else gets them?', answer: 'The <works> council, "=1+1" once a year.' },
  ],
}
const title = 'What the owners say about how these numbers are used'

/** Text as a reader has it. */
function words(text: string): string {
  return text
    .replaceAll(/<\/?(?:dt|dd|h2|p|dl|section|div|header)\b[^>]*>/g, ' ')
    .replaceAll(terminalCode, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll(/\\"|""|&quot;/g, '"')
    .replaceAll(/`+/g, ' ')
    .replaceAll(/\s+/g, ' ')
}

describe.each([...reportFormats])('%s', (format, render) => {
  const isData = format === 'json' || format === 'csv'

  test('prints what the owners answered', () => {
    const text = words(render(reportOf(table, { selfAudit: answered })))
    if (!isData) expect(text).toContain(title)
    for (const { question, answer } of answered.answers) {
      expect(text).toContain(question)
      expect(text).toContain(answer)
    }
    expect(text).toMatch(/4 May 2026|2026-05-04T09:30:00Z/)
  })

  test('says that none has answered', () => {
    const text = words(render(reportOf(table, { selfAudit: null })))
    if (!isData) expect(text).toContain(title)
    expect(text).toContain(format === 'json' ? '"selfAudit": null' : 'No owner has answered.')
  })

  test('has nothing of it where there is no account', () => {
    const text = words(render(reportOf(table)))
    expect(text).not.toContain(title)
    expect(text).not.toMatch(/self-?audit|No owner/i)
  })
})

test('stands in the document as it was given, and nothing beside it', () => {
  const more = { ...answered, who: 'an owner' }
  const report = reportOf(table, { selfAudit: more })
  expect(ReportSchema.parse(report)).toEqual(report)
  expect(report.selfAudit).toEqual({ ...answered, answeredAt: '2026-05-04T09:30:00Z' })
  expect('selfAudit' in reportOf(table)).toBe(false)
})
