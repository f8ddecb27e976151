import { describe, expect, it } from 'vitest'
import type { Report } from '../../../src/report/document/report-document.ts'
import { ReportSchema } from '../../../src/report/document/report-document.ts'
import { renderHtml } from '../../../src/report/html/html-report.ts'
import { findForbiddenWords } from '../../support/forbidden-words.ts'
import { maliciousTexts } from '../../support/malicious-inputs.ts'
import { exampleComparison } from '../example-comparison.ts'
import { cloneReport, exampleReport, hiddenReport } from '../example-report.ts'

const reports = [
  ['example', exampleReport()],
  ['hidden', hiddenReport()],
  ['clone', cloneReport()],
] as const

/** What a reader sees: neither tags nor the style sheet, with no-break spaces as spaces. */
function textOf(html: string): string {
  return html
    .replace(/<style>[^<]*<\/style>/, '')
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('\u00a0', ' ')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
}

/** Names of all tags in their order. */
function tagsOf(html: string): string[] {
  return html.match(/<\/?[a-z!][a-z0-9]*/gi) ?? []
}

describe.each(reports)('renderHtml of the %s report', (_, report) => {
  const html = renderHtml(report)

  it('is one page that asks for nothing', () => {
    expect(html).toMatch(/^<!doctype html>\n<html lang="en">\n/)
    expect(html).not.toMatch(/<script|<link|<img|<iframe|<object|<embed|<base|<form|@import|url\(/i)
    expect(html).not.toMatch(/https?:|javascript:|data:|\/\//i)
    expect(html).not.toMatch(/\son\w+=|\sstyle=|\ssrc=|\saction=/i)
    expect(html.match(/<style>/g)).toHaveLength(1)
  })

  it('closes what it opens', () => {
    const open: string[] = []
    const empty = new Set(['meta', 'line', 'rect', 'circle', 'path', '!doctype'])
    for (const [, close, name = ''] of html.matchAll(/<(\/?)([a-z!][a-z0-9]*)/gi)) {
      if (empty.has(name)) continue
      if (close === '') open.push(name)
      else expect(open.pop()).toBe(name)
    }
    expect(open).toEqual([])
  })

  it('uses each id once, and refers to no other', () => {
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const [, list = ''] of html.matchAll(/ aria-labelledby="([^"]+)"/g)) {
      for (const id of list.split(' ')) expect(ids).toContain(id)
    }
    for (const [, id] of html.matchAll(/ href="#([^"]+)"/g)) expect(ids).toContain(id)
  })

  it('never skips a level of headings', () => {
    const levels = [...html.matchAll(/<h([1-6])/g)].map(([, level]) => Number(level))
    expect(levels[0]).toBe(1)
    for (const [index, level] of levels.slice(1).entries()) {
      expect(level - (levels[index] ?? 0)).toBeLessThanOrEqual(1)
    }
  })

  it('says the headline, the statements, the notes and what it is made of', () => {
    const text = textOf(html)
    for (const words of [
      report.headline,
      ...report.comparisons.flatMap(({ statement }) => statement.split(/[:.] /)),
      ...report.notes,
      ...report.warnings.map((warning) => warning.text),
      ...report.definitions.map((definition) => definition.text),
      report.registry,
      report.scope.name,
    ]) {
      expect(text).toContain(words)
    }
  })

  it('has no word that nobody may read, and no number that is none', () => {
    const text = textOf(html)
    expect(findForbiddenWords(text)).toEqual([])
    expect(text).not.toMatch(
      /significant|\beffects?\b|\bsaved\b|\bbetter\b|NaN|undefined|\bnull\b|Infinity|\[object/,
    )
    for (const [words] of text.matchAll(/.{0,30}unassisted/gi)) expect(words).toMatch(/attested/i)
  })

  it('is the same every time', () => {
    expect(renderHtml(structuredClone(report))).toBe(html)
  })
})

describe('renderHtml', () => {
  it('is given reports that are valid', () => {
    for (const [, report] of reports) expect(() => ReportSchema.parse(report)).not.toThrow()
  })

  it('has no number of a report in which all is hidden, but those that say why', () => {
    const html = renderHtml(hiddenReport())
    const numbers = textOf(html).match(/\d+(?:[.,]\d+)*/g) ?? []
    const { people, changes, largestPersonPercent, ...rest } = hiddenReport().settings
    expect(rest).toEqual({})
    const known = [people, changes, largestPersonPercent, 95, 100, 14, 30, 1000].map(String)
    const dates = ['2026', '2025', '22', '9', '7', '21', '00', '1', '3', '1,000', '06', '01']
    expect(numbers.filter((one) => !known.includes(one) && !dates.includes(one))).toEqual([])
    expect(html).not.toContain('<svg class="chart"')
  })

  it('marks page and charts of a synthetic report, and no others', () => {
    const marked = renderHtml(exampleReport())
    expect(marked).toContain('<title>Synthetic example: ')
    expect(marked.match(/>Synthetic example<\/text>/g)).toHaveLength(
      marked.match(/<svg class="chart"/g)?.length ?? 0,
    )
    const { scope } = exampleReport()
    const real = renderHtml(exampleReport({ scope: { ...scope, synthetic: false } }))
    expect(real).not.toMatch(/synthetic example/i)
  })

  it('dates an older snapshot', () => {
    const text = textOf(renderHtml(cloneReport()))
    expect(text).toContain('An older report than asked for: it was due on 22 June 2026.')
    expect(text).toContain('Too few people stood behind what changed since.')
  })

  it.each([
    ['lower', true],
    ['similar', true],
    ['leaning_lower', false],
    ['too_few', false],
    ['mixed', false],
  ] as const)('weighs the card of %s: settled is %s', (verdict, settled) => {
    const comparisons = exampleReport().comparisons.with(
      0,
      exampleComparison('cycle-time', verdict),
    )
    const [card = ''] = renderHtml(exampleReport({ comparisons })).match(/<article[^>]*>/) ?? []
    expect(card.includes('settled')).toBe(settled)
  })

  it('puts many repositories behind a click, and few in sight', () => {
    const [first] = exampleReport().repositories
    if (first === undefined) throw new Error('no example')
    const many = Array.from({ length: 200 }, (_, index) => ({ ...first, name: `o/r${index}` }))
    const html = renderHtml(exampleReport({ repositories: many }))
    expect(html).toContain('<summary>The 200 repositories</summary>')
    expect(html.match(/<span class="name">/g)).toHaveLength(200)
    const one = renderHtml(exampleReport({ repositories: [first] }))
    expect(textOf(one)).toContain('1 of 4 repositories are shown.')
    expect(one).not.toContain('<summary>The 1 repositories')
    expect(renderHtml(cloneReport())).not.toContain('id="repositories"')
  })
})

/** The places in which the document has words. */
const wordy = new Set([
  'name',
  'headline',
  'label',
  'title',
  'definition',
  'statement',
  'reason',
  'text',
  'term',
  'more',
  'method',
  'registry',
  'band',
])

/** The report with that text in every place that holds words. */
function withText(report: Report, text: string): Report {
  return JSON.parse(JSON.stringify(report), (key, value: unknown) => {
    if (key === 'notes') return [text]
    return wordy.has(key) && typeof value === 'string' ? text : value
  })
}

/** Names of all attributes that are there, of tags that are well formed; others are told as they stand. */
function attributesOf(html: string): Set<string> {
  const found = new Set<string>()
  for (const [tag, inside = ''] of html.matchAll(/<[a-z][a-z0-9]*((?: [^<>]*)?)>/g)) {
    const bare = inside.replaceAll(/ [a-zA-Z0-9-]+="[^"]*"/g, '')
    found.add(/^(?:| ?\/| html)$/.test(bare) ? '' : tag)
    for (const [, name = ''] of inside.matchAll(/ ([a-zA-Z0-9-]+)="[^"]*"/g)) found.add(name)
  }
  return found
}

describe('hostile words', () => {
  const harmless = renderHtml(withText(exampleReport(), 'harmless'))
  const tags = tagsOf(harmless).join('')
  const attributes = attributesOf(harmless)
  // Those that are longer say the same thing many times over.
  const texts = maliciousTexts.filter(({ text }) => text.trim() !== '' && text.length < 2000)

  it.each(texts)('$name makes no tag and no attribute', ({ text }) => {
    const html = renderHtml(withText(exampleReport(), text))
    expect(tagsOf(html).join('') === tags).toBe(true)
    expect(attributesOf(html)).toEqual(attributes)
  })

  it('are cut where they stand for a name', () => {
    const { scope } = exampleReport()
    const html = renderHtml(exampleReport({ scope: { ...scope, name: 'x'.repeat(100_000) } }))
    expect(html).not.toContain('x'.repeat(121))
  })
})
