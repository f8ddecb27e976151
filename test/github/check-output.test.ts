import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type CheckOutput, digestOutput, fitOutput } from '../../src/github/check-output.ts'

const output: CheckOutput = { title: 'Title', summary: 'Summary', actions: [] }

/** Texts around the limit, of characters of one to four bytes. */
const longTexts = fc
  .record({
    unit: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 5 }),
    bytes: fc.integer({ min: 65_000, max: 66_500 }),
    end: fc.string({ unit: 'grapheme', maxLength: 3 }),
  })
  .map(({ unit, bytes, end }) => unit.repeat(Math.ceil(bytes / Buffer.byteLength(unit))) + end)

describe('texts', () => {
  test('fit in bytes, keep what fits whole, and are cut between characters', () => {
    fc.assert(
      fc.property(longTexts, (text) => {
        const { summary } = fitOutput({ ...output, summary: text })
        expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(65_535)
        if (Buffer.byteLength(text) <= 65_535) {
          expect(summary).toBe(text)
        } else {
          const [kept = ''] = summary.split('\n\nThis text was cut here')
          expect(text.startsWith(kept)).toBe(true)
          expect(kept.isWellFormed()).toBe(true)
          expect(Buffer.byteLength(summary)).toBeGreaterThan(65_531)
          expect(summary).toContain('GitHub takes no more than 65,535 bytes')
        }
      }),
    )
  })

  test('at the limit stay as they are', () => {
    for (const text of ['x'.repeat(65_535), `${'€'.repeat(21_845)}`]) {
      expect(fitOutput({ ...output, summary: text, text })).toMatchObject({ summary: text, text })
    }
  })

  test.each([
    ['x'.repeat(255), 'x'.repeat(255)],
    ['x'.repeat(256), `${'x'.repeat(254)}…`],
    ['😀'.repeat(200), `${'😀'.repeat(127)}…`],
    [`x${'😀'.repeat(200)}`, `x${'😀'.repeat(126)}…`],
  ])('a title of %s', (title, expected) => {
    expect(fitOutput({ ...output, title }).title).toBe(expected)
  })
})

describe('buttons', () => {
  const action = { label: 'x'.repeat(20), description: 'x'.repeat(40), identifier: 'x'.repeat(20) }

  test('up to three of them, as long as they may be', () => {
    const actions = [action, action, action]
    expect(fitOutput({ ...output, actions }).actions).toEqual(actions)
  })

  test.each([
    ['a label', { label: 'x'.repeat(21) }],
    ['a description', { description: 'x'.repeat(41) }],
    ['an identifier', { identifier: 'x'.repeat(21) }],
  ])('%s that is too long is an error', (_, longer) => {
    expect(() => fitOutput({ ...output, actions: [{ ...action, ...longer }] })).toThrow(RangeError)
  })
})

describe('the digest', () => {
  test('is the same for what GitHub shows the same', () => {
    const long = { ...output, summary: 'x'.repeat(70_000) }
    expect(digestOutput({ ...output })).toBe(digestOutput(output))
    expect(digestOutput({ ...long, summary: `${long.summary}y` })).toBe(digestOutput(long))
  })

  test.each([
    [{ title: 'Other' }],
    [{ summary: 'Other' }],
    [{ text: '' }],
    [{ detailsUrl: 'https://example.com' }],
    [{ actions: [{ label: 'a', description: 'b', identifier: 'c' }] }],
  ])('is another with %j', (change) => {
    expect(digestOutput({ ...output, ...change })).not.toBe(digestOutput(output))
  })
})
