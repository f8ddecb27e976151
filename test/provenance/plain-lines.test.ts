import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type BlockMarkers, forEachPlainLine } from '../../src/provenance/plain-lines.ts'
import { propertyRuns } from '../support/property-runs.ts'

const summary = { start: '<!-- CURSOR_SUMMARY -->', end: '<!-- /CURSOR_SUMMARY -->' }
const ellipsis = { start: '<!-- ELLIPSIS_HIDDEN -->', end: '<!-- ELLIPSIS_HIDDEN -->' }

function plainLines(text: string, blocks: readonly BlockMarkers[] = [summary, ellipsis]) {
  const lines: [number, string][] = []
  forEachPlainLine(text, blocks, (line, number) => lines.push([number, line]))
  return lines
}

const plainText = (text: string) => plainLines(text).map(([, line]) => line)

test('every full line with its number, without line ends', () => {
  expect(plainLines('one\r\n\r\n  two \nthree')).toEqual([
    [1, 'one'],
    [3, '  two '],
    [4, 'three'],
  ])
})

describe('what is not the author’s own', () => {
  test.each<[string, string, string[]]>([
    ['a quote', 'a\n> b\n   > c\n>d\ne', ['a', 'e']],
    ['four spaces make no quote', 'a\n    > b', ['a', '    > b']],
    ['a fence of backticks', 'a\n```ts\nb\n```\nc', ['a', 'c']],
    ['a fence of tildes', 'a\n~~~ x`y`\nb\n~~~~\nc', ['a', 'c']],
    ['a fence with Windows line ends', 'a\r\n```\r\nb\r\n```  \r\nc', ['a', 'c']],
    ['a fence closed by no shorter one', '````\na\n```\nb\n````\nc', ['c']],
    ['a fence closed by no other sign', '```\na\n~~~\nb\n```\nc', ['c']],
    ['a fence closed by no line with more on it', '```\na\n``` b\n```\nc', ['c']],
    ['a fence closed by no deeper line', '```\na\n    ```\nb\n```\nc', ['c']],
    ['backticks with a backtick behind them open nothing', '``` `a`\nb', ['``` `a`', 'b']],
    ['an open fence hides nothing', 'a\n```\nb\nc', ['a', '```', 'b', 'c']],
    [
      'an open fence hides no closed one below it',
      'a\n````\nb\n```\nc\n```\nd',
      ['a', '````', 'b', 'd'],
    ],
    ['a reviewer’s block', `a\n${summary.start}\nb\n${summary.end}\nc`, ['a', 'c']],
    ['a block on one line', `a\nx ${summary.start} b ${summary.end} y\nc`, ['a', 'c']],
    [
      'a block whose end was there before',
      `${summary.end} ${summary.start}\nb\n${summary.end}\nc`,
      ['c'],
    ],
    ['a block whose ends are alike', `a\n${ellipsis.start}\nb\n${ellipsis.end}\nc`, ['a', 'c']],
    ['an open block hides nothing', `a\n${summary.start}\nb`, ['a', summary.start, 'b']],
    ['a comment of several lines', 'a\n<!--\nb\n-->\nc', ['a', 'c']],
    ['a comment that begins behind words', 'a <!-- b\nc --> d\ne', ['e']],
    [
      'a comment of one line is left, for some tools write their mark as one',
      'a\n<!-- mux-attribution: x -->\nb',
      ['a', '<!-- mux-attribution: x -->', 'b'],
    ],
    ['an open comment hides nothing', 'a\n<!-- b\nc', ['a', '<!-- b', 'c']],
    ['a fence inside a block', `${summary.start}\n\`\`\`\n${summary.end}\na\n\`\`\``, ['a', '```']],
    [
      'a block inside a fence',
      `\`\`\`\n${summary.start}\n\`\`\`\na\n${summary.end}`,
      ['a', summary.end],
    ],
  ])('%s', (_, text, lines) => {
    expect(plainText(text)).toEqual(lines)
  })
})

describe('below git’s own squash header', () => {
  const squash = (body: string) =>
    `Squashed commit of the following:\n\ncommit ${'a'.repeat(40)}\nAuthor: Dev <dev@example.com>\n\n${body}`

  test('lines come without its indentation', () => {
    expect(
      plainText(squash('    Add x\n\n    Assisted-by: Claude\n      deeper')).slice(3),
    ).toEqual(['Add x', 'Assisted-by: Claude', '  deeper'])
  })

  test('quotes and fences are known by what they were', () => {
    expect(
      plainText(squash('    > Assisted-by: A\n    ```\n    Assisted-by: B\n    ```\n    c')).slice(
        3,
      ),
    ).toEqual(['c'])
  })

  test('elsewhere four spaces are kept', () => {
    expect(plainText('Squashed commit of these:\n    x')[1]).toBe('    x')
  })
})

describe('much of everything', () => {
  test.each<[string, string, number]>([
    ['fences', '```\n'.repeat(100_000), 0],
    ['fences of falling length', fences(1_400, (index) => 1_400 - index), 1_400],
    [
      'fences of falling length above short ones of the other sign',
      `${fences(700, (index) => 710 - index)}${'~~~\n'.repeat(50_000)}`,
      700,
    ],
    ['fences in turns', '```\n~~~\n'.repeat(50_000), 1],
    ['quotes', '> x\n'.repeat(100_000), 0],
    ['open blocks', `${summary.start}\n`.repeat(40_000), 40_000],
    ['open comments', '<!--\n'.repeat(100_000), 100_000],
    ['closed comments', '<!--\n-->\n'.repeat(50_000), 0],
    ['empty lines', '\n'.repeat(1_000_000), 0],
    ['one line', 'x'.repeat(1_000_000), 1],
    ['one line of backticks', '`'.repeat(1_000_000), 1],
    ['one line of spaces', ' '.repeat(1_000_000), 1],
  ])('%s', (_, text, count) => {
    expect(plainLines(text)).toHaveLength(count)
  })

  function fences(count: number, length: (index: number) => number): string {
    return Array.from({ length: count }, (_, index) => `${'`'.repeat(length(index))}\n`).join('')
  }
})

test('only lines of the text are visited, in order, each once', () => {
  const unit = fc.constantFrom(
    'a',
    ' ',
    '\n',
    '\r\n',
    '>',
    '```',
    '~~~',
    '<!--',
    '-->',
    summary.start,
    summary.end,
    '    ',
    'Squashed commit of the following:\n',
  )
  fc.assert(
    fc.property(fc.string({ unit, maxLength: 40 }), (text) => {
      const all = text.split('\n').map((line) => line.replace(/\r$/, ''))
      const visited = plainLines(text)
      for (const [number, line] of visited) {
        expect(line).not.toBe('')
        expect([line, `    ${line}`]).toContain(all[number - 1])
      }
      const numbers = visited.map(([number]) => number)
      expect(numbers).toEqual([...new Set(numbers)].sort((one, other) => one - other))
    }),
    { numRuns: propertyRuns(1_000) },
  )
})
