import { closeSync, openSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readFileLines, readLineAt, splitFile } from '../../src/cli/read-file-lines.ts'
import { temporaryDirectory } from '../support/git-repository.ts'
import { propertyRuns } from '../support/property-runs.ts'

function withFile<Result>(text: string, use: (file: number) => Result): Result {
  const path = join(temporaryDirectory(), 'lines')
  writeFileSync(path, text)
  const file = openSync(path, 'r')
  try {
    return use(file)
  } finally {
    closeSync(file)
  }
}

test('lines keep their places, and the last may lack its end', () => {
  withFile('one\n\nzwölf\nlast', (file) => {
    const lines = [...readFileLines(file)]
    expect(lines).toEqual([
      { number: 1, text: 'one', offset: 0, length: 3 },
      { number: 2, text: '', offset: 4, length: 0 },
      { number: 3, text: 'zwölf', offset: 5, length: 6 },
      { number: 4, text: 'last', offset: 12, length: 4 },
    ])
    for (const line of lines) expect(readLineAt(file, line)).toBe(line.text)
  })
})

test('a line of several chunks is one line', () => {
  const long = 'é'.repeat(1_500_000)
  withFile(`a\n${long}\nb\n`, (file) => {
    expect(Array.from(readFileLines(file), ({ text }) => text)).toEqual(['a', long, 'b'])
  })
})

test('a file that became shorter is told', () => {
  withFile('short\n', (file) => {
    expect(() => readLineAt(file, { offset: 3, length: 9 })).toThrow(/became shorter/)
  })
})

test('the parts of a file hold each of its lines once and whole', () => {
  const anyLines = fc.array(fc.stringMatching(/^[a-zé]{0,12}$/), { maxLength: 30 })
  fc.assert(
    fc.property(anyLines, fc.integer({ min: 1, max: 6 }), fc.boolean(), (lines, parts, ended) => {
      const text = lines.join('\n') + (ended ? '\n' : '')
      withFile(text, (file) => {
        const size = Buffer.byteLength(text)
        const read = splitFile(file, size, parts).flatMap((range) => [
          ...readFileLines(file, range),
        ])
        const whole = [...readFileLines(file)]
        expect(read.map(({ text, offset }) => ({ text, offset }))).toEqual(
          whole.map(({ text, offset }) => ({ text, offset })),
        )
      })
    }),
    { numRuns: propertyRuns(100) },
  )
})
