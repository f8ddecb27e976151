import { describe, expect, test } from 'vitest'
import type { Report } from '../../src/report/document/report-document.ts'
import { renderMarkdown } from '../../src/report/markdown/markdown-report.ts'
import { maliciousTexts } from '../support/malicious-inputs.ts'
import { markdownReaders, tagsOf } from '../support/markdown-html.ts'
import { exampleReport } from './example-report.ts'
import { reportFormats, terminalCode } from './report-texts.ts'

/** A report whose scope, repositories, warnings and owners' answers carry that text. */
function named(name: string): Report {
  const report = exampleReport()
  return {
    ...report,
    scope: { ...report.scope, name },
    repositories: report.repositories.map((one) => ({ ...one, name })),
    warnings: [{ code: 'test', text: `Of ${name} something could not be read.` }],
    selfAudit: {
      answeredAt: '2026-06-01T09:30:00Z',
      answers: [{ question: 'Who else gets them?', answer: name }],
    },
  }
}

/** More of them say nothing new here, and take long. */
const texts = maliciousTexts.filter(({ text }) => text !== '' && text.length < 100_000)

const textFormats = [...reportFormats].filter(([format]) => format !== 'html')

describe.each(textFormats)('%s', (format, render) => {
  test.each(texts.map(({ name, text }) => [name, text]))('%s does nothing', (_name, text) => {
    const shown = render(named(text))
    expect(shown.isWellFormed()).toBe(true)
    if (format === 'json') {
      expect(JSON.parse(shown).scope.name).toBe(text)
      return
    }
    const control = /(?!\r\n)[^\P{Cc}\n]|[\p{Bidi_Control}\u200b\u2028\u2029]/u
    expect(
      control.exec(shown.replaceAll(terminalCode, '').replaceAll('\r\n', '\n'))?.[0],
    ).toBeUndefined()
    expect(shown.length).toBeLessThan(render(named('acme')).length + 100_000)
  })
})

/** What is written into a report by us. */
const ownTags = /^<\/?(?:h2|h3|p|table|thead|tbody|tr|th|td|ul|li|strong|sub|details|summary)>$/

describe('Markdown', () => {
  test.each(texts.map(({ name, text }) => [name, text]))('%s makes no element', (_name, text) => {
    const markdown = renderMarkdown(named(text), { limit: 1_048_576 })
    for (const [reader, toHtml] of markdownReaders) {
      const foreign = tagsOf(toHtml(markdown)).filter((tag) => !ownTags.test(tag))
      expect(foreign, `read by ${reader}`).toEqual([])
    }
  })

  test.each([
    '@octocat',
    'see #12',
    'acme/app#3',
    'https://evil.test',
    'www.evil.test',
    'evil.com',
    'a@b.test',
    ':tada:',
    '**bold**',
    '_x_',
    '[a](b)',
    '<b>',
    '&lt;',
    'GH-12',
    '~~x~~',
    '`x`',
    '| a | b |',
    '\\',
    '$x$',
  ])('%s is code', (text) => {
    const markdown = renderMarkdown(named(text), { limit: 1_048_576 })
    const [title = ''] = markdown.split('\n')
    expect(title).toMatch(/^## What Shipped: .*`/)
  })
})
