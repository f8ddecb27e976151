import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Difference,
  differingLines,
  type FileDifference,
  readDifference,
} from '../../src/delivery/difference.ts'
import { propertyRuns } from '../support/property-runs.ts'

/** A file whose hunks stand at that line of it, with lines around them that change nothing. */
function aFile(
  path: string,
  lines: readonly string[],
  differing: Partial<FileDifference> & { readonly at?: number; readonly around?: string } = {},
): FileDifference {
  const { at = 10, around = 'around', ...more } = differing
  const additions = lines.filter((line) => line.startsWith('+')).length
  const deletions = lines.length - additions
  const head = `@@ -${at},${deletions + 2} +${at},${additions + 2} @@ function widget() {`
  const patch = [head, ` ${around}`, ...lines, ` ${around}`].join('\n')
  return { from: path, to: path, patch, blob: null, additions, deletions, ...more }
}

/** A file of which GitHub prints no lines. */
const untold = (path: string, differing: Partial<FileDifference> = {}): FileDifference => ({
  from: path,
  to: path,
  patch: null,
  blob: 'a'.repeat(40),
  additions: 0,
  deletions: 0,
  ...differing,
})

function read(files: readonly FileDifference[]): Difference {
  const difference = readDifference(files)
  if (difference === null) throw new Error('it cannot be told')
  return difference
}

const widget = aFile('src/widget.ts', ['-const size = 1', '+const size = 2', '+paint(size)'])
const long = `+const data = '${'x'.repeat(1_000)}'`

describe('a later difference against the one first reviewed', () => {
  /** Lines that differ, and whether both are the same difference. */
  test.each<[string, FileDifference[], FileDifference[], number, boolean]>([
    ['the same', [widget], [widget], 0, true],
    [
      'a rebase, after which it stands elsewhere among other lines',
      [widget],
      [
        aFile('src/widget.ts', ['-const size = 1', '+const size = 2', '+paint(size)'], {
          at: 90,
          around: 'moved',
        }),
      ],
      0,
      true,
    ],
    [
      'an update of the branch, with the files in another order',
      [widget, aFile('src/a.ts', ['+a'])],
      [aFile('src/a.ts', ['+a'], { at: 4 }), widget],
      0,
      true,
    ],
    [
      'one line more',
      [widget],
      [aFile('src/widget.ts', ['-const size = 1', '+const size = 2', '+paint(size)', '+rest()'])],
      1,
      false,
    ],
    [
      'a line written anew',
      [widget],
      [aFile('src/widget.ts', ['-const size = 1', '+const size = 3', '+paint(size)'])],
      2,
      false,
    ],
    ['a line twice', [aFile('a.ts', ['+x'])], [aFile('a.ts', ['+x', '+x', '+x'])], 2, false],
    [
      'lines in another order',
      [aFile('a.ts', ['+x', '+y'])],
      [aFile('a.ts', ['+y', '+x'])],
      0,
      false,
    ],
    ['an indentation', [aFile('a.ts', ['+x'])], [aFile('a.ts', ['+  x'])], 2, false],
    ['deleted and not added', [aFile('a.ts', ['+x'])], [aFile('a.ts', ['-x'])], 2, false],
    ['taken back', [widget], [], 3, false],
    ['another file too', [widget], [widget, aFile('b.ts', ['+}'])], 1, false],
    [
      'lines that went from one file to another, both touched by both',
      [aFile('a.ts', ['+x', '+}']), aFile('b.ts', ['+y'])],
      [aFile('a.ts', ['+x']), aFile('b.ts', ['+y', '+}'])],
      2,
      false,
    ],
    [
      'a new file under another name, with one line more',
      [aFile('a.ts', ['+x', '+y'])],
      [aFile('b.ts', ['+x', '+y', '+z'])],
      1,
      false,
    ],
    [
      'an old file renamed, with the same lines changed',
      [widget],
      [{ ...widget, to: 'src/gadget.ts' }],
      0,
      false,
    ],
    ['an old file renamed and nothing else', [], [untold('b.ts', { from: 'a.ts' })], 0, false],
    [
      'an empty file',
      [],
      [untold('e.py', { blob: 'e69de29bb2d1d6434b8b29ae775ad8c2e48c5391' })],
      0,
      false,
    ],
    ['a lock file only', [widget], [widget, aFile('yarn.lock', ['+a', '+b'])], 0, false],
    [
      'another content of a lock file',
      [aFile('yarn.lock', ['+a'])],
      [aFile('yarn.lock', ['+b'])],
      0,
      false,
    ],
    ['a huge lock file, the same', [untold('yarn.lock')], [untold('yarn.lock')], 0, true],
    [
      'a huge lock file, another content',
      [untold('yarn.lock', { additions: 90_000 })],
      [untold('yarn.lock', { additions: 90_000, blob: 'b'.repeat(40) })],
      0,
      false,
    ],
    [
      'vendored, generated and snapshot files',
      [widget],
      [
        widget,
        aFile('vendor/x.go', ['+x']),
        aFile('api.pb.go', ['+x']),
        aFile('__snapshots__/a.snap', ['+x']),
      ],
      0,
      false,
    ],
    [
      'lines of more than 1,000 characters',
      [widget],
      [widget, aFile('data.ts', [long, '+short'])],
      1,
      false,
    ],
    [
      'no line at the end of a file',
      [aFile('a.ts', ['+x'])],
      [withoutLastNewline(aFile('a.ts', ['+x']))],
      0,
      true,
    ],
  ])('%s', (_, before, after, expected, same) => {
    const [one, other] = [read(before), read(after)]
    expect(differingLines(one, other)).toBe(expected)
    expect(differingLines(other, one)).toBe(expected)
    expect(one.identity === other.identity).toBe(same)
  })
})

function withoutLastNewline(file: FileDifference): FileDifference {
  return { ...file, patch: `${file.patch}\n\\ No newline at end of file` }
}

test('lines that look like the heads of a patch are lines', () => {
  const { lines, total } = read([
    aFile('a.sql', ['--- a comment', '+++ b/x', '-@@ -1 +1 @@', '+diff --git a/x b/x'], {}),
  ])
  expect({ lines, total }).toEqual({ lines: 4, total: { files: 1, additions: 2, deletions: 2 } })
})

test('what counts is apart from what git counts', () => {
  const { lines, total } = read([widget, aFile('yarn.lock', ['+a', '-b']), aFile('b.ts', [long])])
  expect({ lines, total }).toEqual({ lines: 3, total: { files: 3, additions: 4, deletions: 2 } })
})

describe('what is not told whole is no difference', () => {
  test.each<[string, FileDifference]>([
    ['a binary file', untold('logo.png')],
    ['a huge file', untold('src/data.ts', { additions: 30_000 })],
    ['lines that are cut off', { ...widget, additions: 40 }],
    ['a renamed file with other lines', untold('b.ts', { from: 'a.ts', additions: 1 })],
    ['past what GitHub prints, all 0', untold('src/z.ts')],
  ])('%s', (_, file) => {
    expect(readDifference([widget, file])).toBeNull()
  })
})

describe('for any two differences', () => {
  const line = fc
    .tuple(fc.constantFrom('+', '-'), fc.constantFrom('a', 'b', '}', '', '  x'))
    .map(([sign, text]) => sign + text)
  const files = fc
    .dictionary(fc.constantFrom('a.ts', 'b.ts', 'go.sum', 'src/c.ts'), fc.array(line))
    .map((byPath) => Object.entries(byPath).map(([path, lines]) => aFile(path, lines)))

  test('the distance is symmetric, and bounded by the sizes of both', () => {
    fc.assert(
      fc.property(files, files, (one, other) => {
        const [a, b] = [read(one), read(other)]
        const lines = differingLines(a, b)
        expect(lines).toBe(differingLines(b, a))
        expect(lines).toBeLessThanOrEqual(a.lines + b.lines)
        expect(lines).toBeGreaterThanOrEqual(Math.abs(a.lines - b.lines))
        expect(Math.abs(lines - a.lines - b.lines) % 2).toBe(0)
        if (a.identity === b.identity) expect(lines).toBe(0)
      }),
      { numRuns: propertyRuns(300) },
    )
  })
})
