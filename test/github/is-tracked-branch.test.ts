import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isTrackedBranch } from '../../src/github/index.ts'

test.each([
  ['main', ['main'], true],
  ['main', ['master', 'main'], true],
  ['mainline', ['main'], false],
  ['Main', ['main'], false],
  ['release/1.2', ['release/*'], true],
  ['release/', ['release/*'], true],
  ['prerelease/1', ['release/*'], false],
  ['1.x-stable', ['*-stable'], true],
  ['stable', ['*-stable'], false],
  ['team/a/next', ['team/*/next'], true],
  ['team/next', ['team/*/next'], false],
  ['aba', ['ab*ba'], false],
  ['abba', ['ab*ba'], true],
  ['a1b2c', ['a*b*c'], true],
  ['anything', ['*'], true],
  ['release/1.2', ['release/?.?'], false],
  ['main', [], false],
])('%s under %j: %s', (branch, patterns, expected) => {
  expect(isTrackedBranch(branch, patterns)).toBe(expected)
})

test('agrees with a regular expression', () => {
  const piece = fc.string({ unit: fc.constantFrom('a', 'b', '/'), maxLength: 4 })
  fc.assert(
    fc.property(
      fc.array(piece, { minLength: 1, maxLength: 4 }),
      piece,
      piece,
      (parts, one, two) => {
        const pattern = new RegExp(`^${parts.map(RegExp.escape).join('.*')}$`)
        for (const branch of [one, one + two, parts.join(one)]) {
          expect(isTrackedBranch(branch, [parts.join('*')])).toBe(pattern.test(branch))
        }
      },
    ),
  )
})
