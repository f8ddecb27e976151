import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { codeSpan, markdownTable, proseWithCode } from '../../../src/report/markdown/markdown.ts'
import { maliciousTextsFor } from '../../support/malicious-inputs.ts'
import { markdownReaders, tagsOf, withoutCode } from '../../support/markdown-html.ts'
import { propertyRuns } from '../../support/property-runs.ts'

const hostile = maliciousTextsFor('md-inert', 'visible-text', 'one-log-line').map(
  ({ name, text }) => [name, text] as const,
)

/** Pieces of Markdown, HTML and GitHub's own syntax, in any order. */
const markdownish = fc.string({
  unit: fc.constantFrom(
    ...'`|\\*_~<>[]()!#@&;:$-+=.\n\r \t"\'{}0123456789abz/',
    '```',
    '~~~',
    '<!--',
    '-->',
    '<img src=x>',
    '](https://evil.test)',
    'https://evil.test',
    'www.evil.test',
    '@octocat',
    '#12',
    '$`x`$',
    ':tada:',
    '\u200b',
    '\u2028',
    '🤖',
  ),
  maxLength: 60,
})

/** Letters as prose has them, and nothing that GitHub or a reader of Markdown takes for more. */
const prose = /^[\p{L}\d\s,;:.!?'’"()…-]*$/u

describe('a code span', () => {
  test.each<[string, string, string]>([
    ['is fenced and padded', 'Claude', '` Claude `'],
    ['has a longer fence than what it holds', 'a `` b', '``` a `` b ```'],
    ['keeps backticks at its ends', '`x`', '`` `x` ``'],
    ['keeps a backtick alone', '`', '`` ` ``'],
    ['shows a pipe as its look-alike', 'a|b\\|c', '` a│b\\│c `'],
    ['is never empty', ' \n', '` `'],
  ])('%s', (_, text, span) => {
    expect(codeSpan(text)).toBe(span)
  })

  test('is cut to a length of its own', () => {
    expect(codeSpan('x'.repeat(200))).toBe(`\` ${'x'.repeat(119)}… \``)
    expect(codeSpan('x'.repeat(200), 300)).toBe(`\` ${'x'.repeat(200)} \``)
  })
})

test('a table', () => {
  expect(
    markdownTable(
      ['A', 'B'],
      [
        ['1', '2'],
        ['3', '4'],
      ],
    ),
  ).toBe('| A | B |\n| --- | --- |\n| 1 | 2 |\n| 3 | 4 |')
})

describe('a sentence that quotes others', () => {
  test.each<[string, string, string]>([
    [
      'keeps its words, and code as code',
      'No label was set: give the job `issues: write` to have labels.',
      'No label was set: give the job ` issues: write ` to have labels.',
    ],
    [
      'keeps numbers, apostrophes, brackets and marks',
      "3 notes (Dependabot's) aren't read, are they? Line 4, column 12: read-only.",
      "3 notes (Dependabot's) aren't read, are they? Line 4, column 12: read-only.",
    ],
    ['keeps what follows code', 'Give `a`, `b` or `c`.', 'Give ` a `, ` b ` or ` c `.'],
    [
      'puts what is no plain word into code',
      'line 3, column 5: the file: "@acme/x" is [not](https://evil.test) a setting',
      'line 3, column 5: the file: ` "@acme/x" ` is ` [not](https://evil.test) ` a setting',
    ],
    ['makes one span of neighbours', 'see #1 @a GH-2 there', 'see ` #1 @a GH-2 ` there'],
    ['starts no list', '1. one', '` 1. ` one'],
    [
      'makes no link of a name',
      'evil.test and www.evil.test',
      '` evil.test ` and ` www.evil.test `',
    ],
  ])('%s', (_, sentence, shown) => {
    expect(proseWithCode(sentence, 300)).toBe(shown)
  })

  test('is cut', () => {
    expect(proseWithCode('one two three', 8)).toBe('one two…')
  })
})

describe.each(markdownReaders)('read by %s', (_, toHtml) => {
  const cell = (text: string) => markdownTable(['A', 'B'], [[codeSpan(text), 'end']])
  const plainCell = withoutCode(toHtml(cell('x')))

  test('without the encoder most hostile texts would do something', () => {
    // Long ones are bombs for the readers themselves.
    const changed = hostile.filter(
      ([, text]) =>
        text.length < 1_000 &&
        (withoutCode(toHtml(markdownTable(['A', 'B'], [[text, 'end']]))) !== plainCell ||
          tagsOf(toHtml(text)).join() !== '<p>,</p>'),
    )
    expect(changed.length).toBeGreaterThan(30)
  })

  test('harmless text is seen as it is', () => {
    expect(toHtml(codeSpan('a <b> `c` & d'))).toContain('a &lt;b&gt; `c` &amp; d')
  })

  test.each(hostile)('%s does nothing in a table', (_, text) => {
    expect(withoutCode(toHtml(cell(text)))).toBe(plainCell)
  })

  test.each(hostile)('%s does nothing in a sentence', (_, text) => {
    const html = toHtml(`> ${proseWithCode(`It is said: ${text}`, 300)}`)
    expect(tagsOf(html)).toEqual(['<blockquote>', '<p>', '</p>', '</blockquote>'])
    expect(
      withoutCode(html)
        .replace(/<[^>]*>/g, '')
        .replaceAll('&quot;', '"'),
    ).toMatch(prose)
  })

  test('any text does nothing in a table', () => {
    fc.assert(
      fc.property(fc.oneof(markdownish, fc.string({ unit: 'binary' })), (text) => {
        expect(withoutCode(toHtml(cell(text)))).toBe(plainCell)
      }),
      { numRuns: propertyRuns(1_500) },
    )
  })

  test('any text does nothing in a sentence', () => {
    fc.assert(
      fc.property(fc.oneof(markdownish, fc.string({ unit: 'binary' })), (text) => {
        const html = toHtml(`> ${proseWithCode(`It is said: ${text}`, 300)}`)
        expect(tagsOf(html)).toEqual(['<blockquote>', '<p>', '</p>', '</blockquote>'])
        expect(
          withoutCode(html)
            .replace(/<[^>]*>/g, '')
            .replaceAll('&quot;', '"'),
        ).toMatch(prose)
      }),
      { numRuns: propertyRuns(1_500) },
    )
  })
})
