import fc from 'fast-check'
import { expect, test } from 'vitest'
import { assessmentLine } from '../../src/cli/assessment-line.ts'
import { assessCommit, indexRegistry, shippedRegistry } from '../../src/provenance/index.ts'
import { lines } from '../support/ai-marks.ts'
import { parseLines } from '../support/assessment-line.ts'
import { propertyRuns } from '../support/property-runs.ts'

const marks = indexRegistry(shippedRegistry())

/** Any UTF-16, also halves of surrogate pairs, and often what JSON or a terminal treats in its own way. */
const anyText = fc
  .array(
    fc.oneof(
      fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
      fc.constantFrom('\u001b', '\u009b', '\u2028', '\u202e', '"', '\\', '\r', '\ud83d'),
    ),
  )
  .map((units) => units.join(''))

test('whatever a message holds, its line is one line of JSON that no terminal acts on', () => {
  fc.assert(
    fc.property(anyText, anyText, (title, value) => {
      const message = `${title}\n\nNote: ${value}\n${lines.claude}\n`
      const assessment = assessCommit({ message }, marks)
      const line = assessmentLine({ message }, assessment)
      expect(line).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u)
      expect(line.isWellFormed()).toBe(true)
      const [parsed] = parseLines(`${line}\n`)
      expect(parsed?.trailers).toEqual(
        assessment.trailers.map(({ key, value }) => ({ key, value })),
      )
    }),
    { numRuns: propertyRuns(500) },
  )
})

test('a merge says that it is one, and nothing else does', () => {
  const lineOf = (parents?: number) => {
    const commit = { message: 'One', ...(parents === undefined ? {} : { parents }) }
    return parseLines(`${assessmentLine(commit, assessCommit(commit, marks))}\n`)[0]
  }
  expect([2, 3].map((parents) => lineOf(parents)?.merge)).toEqual([true, true])
  for (const parents of [0, 1, undefined]) expect(lineOf(parents)).not.toHaveProperty('merge')
})
