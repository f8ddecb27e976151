import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { root } from '../support/repository.ts'

interface Row {
  readonly id: string
  readonly tests: readonly { readonly file: string; readonly title: string }[]
  /** What is said of it; for a row without a test, why there is none. */
  readonly result: string
}

/** The rows of the fault matrix: ingress, processing, GitHub's API. */
const matrix = [
  ['I', 15],
  ['P', 10],
  ['G', 27],
] as const

const rows = readFileSync(join(root, 'docs/reliability.md'), 'utf8')
  .split('\n')
  .filter((line) => /^\| [A-Z]\d+ \|/.test(line))
  .map(readRow)

function readRow(line: string): Row {
  const [, id = '', , cell = '', result = ''] = line
    .split(' | ')
    .flatMap((text, index) =>
      index === 0 ? ['', text.replace(/^\| /, '')] : [text.replace(/ \|$/, '')],
    )
  const tests = cell.split('<br>').flatMap((text) => {
    const [, file, title] = /^`(.+?)`: (.+)$/.exec(text.trim()) ?? []
    return file === undefined || title === undefined ? [] : [{ file, title }]
  })
  return { id, tests, result }
}

test('has every row of the matrix, once and in order', () => {
  const all = matrix.flatMap(([part, count]) =>
    Array.from({ length: count }, (_, index) => `${part}${index + 1}`),
  )
  expect(rows.map(({ id }) => id)).toEqual(all)
})

test('a row without a test says why', () => {
  const without = rows.filter(({ tests }) => tests.length === 0)
  expect(without.map(({ id }) => id)).toEqual(['G27'])
  for (const { result } of without) expect(result.length).toBeGreaterThan(20)
})

describe.each(rows.filter(({ tests }) => tests.length > 0))('$id', ({ id, tests }) => {
  test.each(tests)('$file: $title', ({ file, title }) => {
    expect(title).toMatch(new RegExp(`\\b${id}\\b`))
    const path = join(root, file)
    expect(existsSync(path)).toBe(true)
    // In the quotes of a title: `'I1: …`, or with the number at its end.
    const quoted = readFileSync(path, 'utf8')
      .split('\n')
      .filter((line) => line.includes(title) && /['"`]/.test(line))
    expect(quoted.length).toBeGreaterThan(0)
  })
})
