import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findInverse, inverseCoverage, parsePatch } from '../../src/delivery/index.ts'

interface Edit {
  readonly path: string
  readonly deleted: readonly string[]
  readonly added: readonly string[]
}

/** As `git diff -p -U0` prints it. */
function patch(...edits: readonly Edit[]): string {
  return edits
    .map(({ path, deleted, added }) =>
      [
        `diff --git a/${path} b/${path}`,
        'index 1111111..2222222 100644',
        `--- a/${path}`,
        `+++ b/${path}`,
        `@@ -1,${deleted.length} +1,${added.length} @@`,
        ...deleted.map((line) => `-${line}`),
        ...added.map((line) => `+${line}`),
        '',
      ].join('\n'),
    )
    .join('')
}

const parse = (text: string) => parsePatch(text, (path) => !path.endsWith('.lock'))
const lines = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${prefix} number ${index}`)
const inverse = (edits: readonly Edit[]) =>
  edits.map(({ path, deleted, added }) => ({ path, deleted: added, added: deleted }))

describe('a difference', () => {
  test('is its lines over all files, without those that say nothing', () => {
    const text = patch(
      { path: 'a.ts', deleted: ['--- looks like a head'], added: ['call(first)', '}', ' '] },
      { path: 'b.ts', deleted: [], added: ['call(first)', '++ odd line'] },
      { path: 'x.lock', deleted: ['resolved 1.0.0'], added: ['resolved 1.0.1'] },
    )
    const { added, deleted, paths, lines } = parse(text)
    expect([...added]).toEqual([
      ['call(first)', 2],
      ['++ odd line', 1],
    ])
    expect([...deleted]).toEqual([['--- looks like a head', 1]])
    expect([[...paths], lines]).toEqual([['a.ts', 'b.ts'], 4])
  })

  test('with context, a missing end of line, a new and a binary file', () => {
    const text = `diff --git a/n.ts b/n.ts
new file mode 100644
index 0000000..1
--- /dev/null
+++ b/n.ts
@@ -0,0 +1 @@
+first line
\\ No newline at end of file
diff --git a/i.png b/i.png
index 1..2 100644
Binary files a/i.png and b/i.png differ
diff --git a/m.ts b/m.ts
index 1..2 100644
--- a/m.ts
+++ b/m.ts
@@ -1,3 +1,3 @@ function m() {
 unchanged line
-second line
+third line
 unchanged line
`
    const { added, deleted, paths } = parse(text)
    expect([...added.keys()]).toEqual(['first line', 'third line'])
    expect([...deleted.keys()]).toEqual(['second line'])
    expect([...paths]).toEqual(['n.ts', 'm.ts'])
  })
})

describe('what takes it back', () => {
  const target = [
    { path: 'a.ts', deleted: lines('old', 10), added: lines('new', 20) },
    { path: 'b.ts', deleted: [], added: lines('more', 10) },
  ]

  test('takes all of it back', () => {
    expect(inverseCoverage(parse(patch(...inverse(target))), parse(patch(...target)))).toEqual({
      coverage: 1,
      purity: 1,
    })
  })

  test('takes a part of it back, and does more', () => {
    const revert = [{ path: 'a.ts', deleted: lines('new', 20), added: lines('other', 20) }]
    const { coverage, purity } = inverseCoverage(parse(patch(...revert)), parse(patch(...target)))
    expect([coverage, purity]).toEqual([0.5, 0.5])
  })

  test('does nothing of the kind', () => {
    const { coverage, purity } = inverseCoverage(parse(patch(...target)), parse(patch(...target)))
    expect([coverage, purity]).toEqual([0, 0])
    expect(inverseCoverage(parse(''), parse(''))).toEqual({ coverage: 0, purity: 0 })
  })

  test('is found among others: at least 90 % of both sides', () => {
    const candidate = (name: string, edits: readonly Edit[]) => ({
      candidate: name,
      changed: parse(patch(...edits)),
    })
    const [whole, small] = [candidate('whole', target), candidate('small', target.slice(1))]
    const revert = parse(patch(...inverse(target)))
    expect(findInverse(revert, [small, whole])?.candidate).toBe('whole')
    expect(findInverse(revert, [whole, small])?.candidate).toBe('whole')
    expect(findInverse(revert, [small])).toBeNull()
    const onlyDeletes = parse(patch({ path: 'a.ts', deleted: lines('new', 20), added: [] }))
    expect(findInverse(onlyDeletes, [whole])).toBeNull()
    expect(findInverse(revert, [])).toBeNull()
  })

  test('any difference is taken back by its inverse, and neither share leaves 0 to 1', () => {
    const edit = fc.record({
      path: fc.constantFrom('a.ts', 'b/c.ts'),
      deleted: fc.array(fc.stringMatching(/^[ a-f]{0,12}$/), { maxLength: 9 }),
      added: fc.array(fc.stringMatching(/^[ a-f]{0,12}$/), { maxLength: 9 }),
    })
    fc.assert(
      fc.property(
        fc.array(edit, { maxLength: 4 }),
        fc.array(edit, { maxLength: 4 }),
        (one, two) => {
          const [target, other] = [parse(patch(...one)), parse(patch(...two))]
          const back = inverseCoverage(parse(patch(...inverse(one))), target)
          expect(back.coverage).toBe(target.lines === 0 ? 0 : 1)
          for (const share of Object.values(inverseCoverage(other, target))) {
            expect(share).toBeGreaterThanOrEqual(0)
            expect(share).toBeLessThanOrEqual(1)
          }
        },
      ),
    )
  })
})
