import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseTrailers } from '../../src/provenance/trailers.ts'
import { nastyMessage } from '../support/git-trailers.ts'
import vectors from './trailer-vectors.json' with { type: 'json' }

const withoutLines = (message: string) =>
  parseTrailers(message).map(({ key, value }) => ({ key, value }))

describe('messages whose trailers git printed', () => {
  test.each(vectors)('$name', ({ message, expected }) => {
    expect(withoutLines(message)).toEqual(expected)
  })
})

describe('the line of a trailer', () => {
  test.each([
    { name: 'below a title', message: 's\n\na: 1\nb: 2\n', lines: [3, 4] },
    { name: 'below empty lines that git log drops', message: '\n \n\ns\n\na: 1', lines: [6] },
    {
      name: 'with CRLF line ends',
      message: 's\r\n\r\nbody\r\n\r\na: 1\r\nb: 2\r\n',
      lines: [5, 6],
    },
    { name: 'below a folded one', message: 's\n\na: 1\n  2\n\t3\nb: 4\n', lines: [3, 6] },
    { name: 'below a comment', message: 's\n\na: 1\n# note\nb: 2\n', lines: [3, 5] },
    {
      name: 'below prose of the same paragraph',
      message:
        's\n\nprose\nSigned-off-by: Dev <dev@example.com>\n(cherry picked from commit 1)\na: 1\n',
      lines: [4, 6],
    },
    {
      name: 'with a lone carriage return above, which ends no line',
      message: 's\r\n\n\ra: 0\n\na: 1',
      lines: [5],
    },
  ])('$name', ({ message, lines }) => {
    expect(parseTrailers(message).map(({ line }) => line)).toEqual(lines)
  })
})

describe('what counts as white space, and where a message ends', () => {
  test.each([
    {
      name: 'a form feed is none: it keeps its line from being blank',
      message: 's\n\f\na: 1\n',
      expected: [],
    },
    {
      name: 'nor is a vertical tab trimmed',
      message: 's\n\na: \v1\v\n',
      expected: [{ key: 'a', value: '\v1\v' }],
    },
    {
      name: 'nor a no-break space',
      message: 's\n\na:\u00a01\n',
      expected: [{ key: 'a', value: '\u00a01' }],
    },
    {
      name: 'a lone carriage return is: it is trimmed, and a line that begins with one is folded',
      message: 's\n\na:\r1\r\n\r2\n',
      expected: [{ key: 'a', value: '1\r 2' }],
    },
    {
      name: 'white space before a fold stays',
      message: 's\n\na: 1 \n \t 2\n',
      expected: [{ key: 'a', value: '1  2' }],
    },
    {
      name: 'a trailer may be folded from its first word on',
      message: 's\n\na:\n 1\n',
      expected: [{ key: 'a', value: '1' }],
    },
    {
      name: 'git stops at NUL',
      message: 's\n\na: 1\0 2\nb: 3\n',
      expected: [{ key: 'a', value: '1' }],
    },
    { name: 'an empty message', message: '', expected: [] },
    { name: 'a blank message', message: ' \n\t\n', expected: [] },
    {
      name: 'scissors cut what is below them',
      message: 's\n\na: 1\n# ------------------------ >8 ------------------------\nb: 2\n',
      expected: [{ key: 'a', value: '1' }],
    },
    {
      name: 'scissors without a line feed are a comment',
      message: 's\n\na: 1\n# ------------------------ >8 ------------------------',
      expected: [{ key: 'a', value: '1' }],
    },
    {
      name: 'scissors on top cut everything',
      message: '# ------------------------ >8 ------------------------\n\na: 1\n',
      expected: [],
    },
    {
      name: 'an old list of conflicts is no part of the message',
      message: 's\n\na: 1\n\nConflicts:\n\tsrc/a.ts\n#\n\tsrc/b.ts\n\n',
      expected: [{ key: 'a', value: '1' }],
    },
    {
      name: 'a path without its list is prose',
      message: 's\n\na: 1\n\n\tsrc/a.ts\n',
      expected: [],
    },
    {
      name: 'a title opens a list as well',
      message: 'Conflicts:\n \na: 1\n\n\tsrc/a.ts\n',
      expected: [{ key: 'a', value: '1' }],
    },
    {
      name: 'which a comment closes',
      message: 'Conflicts:\n# note\n \na: 1\n\n\tsrc/a.ts\n',
      expected: [],
    },
    {
      name: 'and so does a list below it',
      message: 'Conflicts:\n \nConflicts:\na: 1\n\n\tsrc/a.ts\n',
      expected: [],
    },
    {
      name: 'an indented line above a comment is counted once',
      message: 's\n\nprose\n# note\n indented\n indented\nSigned-off-by: Dev\n',
      expected: [{ key: 'Signed-off-by', value: 'Dev' }],
    },
  ])('$name', ({ message, expected }) => {
    expect(withoutLines(message)).toEqual(expected)
  })
})

describe('hostile messages', () => {
  test('names of object members are keys like any other, or none', () => {
    const message = 's\n\nconstructor: 1\ntoString: 2\nhasOwnProperty: 3\n'
    expect(withoutLines(message)).toEqual([
      { key: 'constructor', value: '1' },
      { key: 'toString', value: '2' },
      { key: 'hasOwnProperty', value: '3' },
    ])
    expect(parseTrailers('s\n\n__proto__: x\n')).toEqual([])
  })

  test('a hundred thousand trailers are all read', () => {
    const trailers = parseTrailers(`s\n\n${'Assisted-by: x\n'.repeat(100_000)}`)
    expect(trailers).toHaveLength(100_000)
    expect(trailers.at(-1)).toEqual({ key: 'Assisted-by', value: 'x', line: 100_002 })
  })

  test('a hundred thousand folds make one value', () => {
    const [trailer, ...others] = parseTrailers(`s\n\na: 1\n${' 2\n'.repeat(100_000)}`)
    expect(trailer?.value).toBe(`1${' 2'.repeat(100_000)}`)
    expect(others).toEqual([])
  })

  test.each([
    { name: 'a value of a megabyte', line: `a:${'x'.repeat(1_000_000)}`, expected: ['a'] },
    {
      name: 'a megabyte of spaces before a value',
      line: `a:${' '.repeat(1_000_000)}x`,
      expected: ['a'],
    },
    {
      name: 'a megabyte of spaces before a colon',
      line: `a${' '.repeat(1_000_000)}:`,
      expected: ['a'],
    },
    {
      name: 'a megabyte of spaces before no colon',
      line: `a${' '.repeat(1_000_000)}x`,
      expected: [],
    },
    {
      name: 'a megabyte of hyphens',
      line: `${'a-'.repeat(500_000)}:`,
      expected: ['a-'.repeat(500_000)],
    },
    { name: 'hyphens and no colon', line: '-'.repeat(1_000_000), expected: [] },
    {
      name: 'half of a scissors line, over and over',
      line: `${'# ------------------------ >8 -----------------------\n'.repeat(20_000)}a: 1`,
      expected: ['a'],
    },
    {
      name: 'lists of conflicts, over and over',
      line: `a: 1\n${'Conflicts:\n\ta: 1\n'.repeat(100_000)}`,
      expected: ['a'],
    },
    {
      name: 'paths without a list, over and over',
      line: `a: 1\n\n${'\ta: 1\n\n'.repeat(100_000)}`,
      expected: [],
    },
  ])('$name', ({ line, expected }) => {
    expect(parseTrailers(`s\n\n${line}`).map(({ key }) => key)).toEqual(expected)
  })
})

describe('properties', () => {
  const key = fc.stringMatching(/^[A-Za-z0-9-]{1,20}$/)
  const value = fc
    .string({ unit: 'binary', maxLength: 40 })
    .map((text) => text.replaceAll(/[\0\n]/g, '').replaceAll(/^[ \t\r]+|[ \t\r]+$/g, ''))

  test('a block of trailers reads back as it was written', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ key, value })), (trailers) => {
        const block = trailers.map((trailer) => `${trailer.key}: ${trailer.value}\n`)
        expect(withoutLines(`s\n\nbody\n\n${block.join('')}`)).toEqual(trailers)
      }),
    )
  })

  test('every trailer stands on the line that it names, with its key first', () => {
    fc.assert(
      fc.property(nastyMessage, (message) => {
        const lines = message.split('\n')
        for (const trailer of parseTrailers(message)) {
          expect(lines[trailer.line - 1]?.startsWith(trailer.key)).toBe(true)
        }
      }),
    )
  })

  test('a value is one trimmed line', () => {
    fc.assert(
      fc.property(nastyMessage, (message) => {
        for (const trailer of parseTrailers(message)) {
          expect(trailer.value).not.toMatch(/\n|^[ \t\r]|[ \t\r]$/)
        }
      }),
    )
  })
})
