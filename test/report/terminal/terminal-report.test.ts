import { describe, expect, test } from 'vitest'
import {
  renderTerminal,
  type TerminalOptions,
} from '../../../src/report/terminal/terminal-report.ts'
import { textWidth } from '../../../src/report/terminal/text-width.ts'
import { cloneReport, exampleReport, hiddenReport } from '../example-report.ts'
import { terminalCode } from '../report-texts.ts'

const usual: TerminalOptions = { width: 80, colour: false, explain: false }

test('the whole report of a group that may not be shown', () => {
  expect(renderTerminal(hiddenReport(), usual)).toMatchInlineSnapshot(`
    "What Shipped: harbour-lights/skiff
      as of 22 June 2026 · read from GitHub
      These changes are made up, to show what a report looks like.

      Nothing is shown: fewer than 5 people or 20 changes in a group.

    Time to merge
      Not shown: fewer than 5 people or 20 changes in a group.

    Review rounds
      Not shown: fewer than 5 people or 20 changes in a group.

    Reverts
      Not shown: fewer than 5 people or 20 changes in a group.

    What to know
      - Not shown: the time of each step and the sizes of changes. There a group has
        fewer than 5 people or 20 changes.

    This compares changes; it does not prove that AI caused the difference. People
    choose when to use AI.
    95 % interval: ranges made this way contain the true value about 95 times in
    100.
    No AI recorded does not mean that no AI was used: a missing trailer is no
    evidence.
    Method 1, registry 2026-06-01. A group is shown from 5 people and 20 changes on,
    where nobody made more than 50 % of it.
    More: --explain for every definition and method, --format html for charts.
    "
  `)
})

test('the start of a report', () => {
  const lines = renderTerminal(exampleReport(), usual).split('\n')
  expect(`\n${lines.slice(0, 32).join('\n')}\n`).toMatchInlineSnapshot(`
    "
    What Shipped: harbour-lights
      4 repositories · as of 22 June 2026 · read from GitHub
      These changes are made up, to show what a report looks like.

      Shorter time to merge with AI recorded. No clear difference in review rounds;
      too few reverts to tell.

      Changes that became ready for review from 9 March 2026 to 7 June 2026:
                      Changes             People
      AI recorded         530  20 or more people
      No AI recorded    1,310  20 or more people

    Time to merge
      Shorter time to merge with AI recorded: −18 % (−30 % to −4 %). Seen two weeks
      running and among the same people.

          ━━━━━━━━━━━●━━━━━━━━━━━━  │
      −33 %                   no difference                   +50 %

      Difference      −18 % (−30 % to −4 %), 95 % interval
      Typical time    17 h with AI recorded, 21 h with no AI recorded
      Compared        410 of 530 changes with AI recorded, 1,095 of 1,310 with no AI
                      recorded
      Same people     −15 % (−27 % to −1 %), each of 10 to 19 people compared to
                      themselves
      Undeclared use  in the worst case, above 7 % of the changes with no AI
                      recorded it could undo the difference

      As they are, not
      adjusted                     AI recorded   No AI recorded        Like for like
      Merged within 14 days    84 % (80 to 87)  86 % (84 to 88)  −1 point (−5 to +3)

    "
  `)
})

describe('the width', () => {
  test.each([1, 40, 41, 57, 60, 72, 80, 100, 119, 120])('of %i columns is kept', (width) => {
    for (const report of [exampleReport(), cloneReport(), hiddenReport()]) {
      for (const ascii of [false, true]) {
        const lines = renderTerminal(report, { width, colour: false, explain: true, ascii }).split(
          '\n',
        )
        const columns = Math.max(40, width)
        expect(lines.filter((line) => textWidth(line) > columns)).toEqual([])
        expect(lines.filter((line) => line !== line.trimEnd())).toEqual([])
      }
    }
  })

  test('is 120 columns at most', () => {
    const lines = renderTerminal(exampleReport(), { ...usual, width: 400 }).split('\n')
    expect(Math.max(...lines.map(textWidth))).toBeLessThanOrEqual(120)
    expect(renderTerminal(exampleReport(), { ...usual, width: Number.POSITIVE_INFINITY })).toBe(
      lines.join('\n'),
    )
  })

  test('holds for wide characters and endless names', () => {
    const { scope } = exampleReport()
    for (const name of ['港湾の光/灯台', '👩‍👩‍👧'.repeat(60), 'x'.repeat(5_000)]) {
      const lines = renderTerminal(exampleReport({ scope: { ...scope, name } }), {
        ...usual,
        width: 40,
      }).split('\n')
      expect(lines.filter((line) => textWidth(line) > 40)).toEqual([])
    }
  })
})

test('without UTF-8 there is nothing but ASCII', () => {
  const { scope } = exampleReport()
  const named = exampleReport({ scope: { ...scope, name: '港 harbour…' } })
  const text = renderTerminal(named, { ...usual, explain: true, ascii: true })
  expect(text).toMatch(/^[\n -~]*$/)
  expect(text).toContain('What Shipped: ? harbour...')
  expect(text).toContain('-18 % (-30 % to -4 %)')
})

describe('colour', () => {
  test('is bold and faint alone, and changes no word', () => {
    const coloured = renderTerminal(exampleReport(), { ...usual, colour: true, explain: true })
    const used = new Set(Array.from(coloured.matchAll(terminalCode), ([, code]) => code))
    expect([...used].sort()).toEqual(['1', '2', '22'])
    expect(coloured.replaceAll(terminalCode, '')).toBe(
      renderTerminal(exampleReport(), { ...usual, explain: true }),
    )
  })

  test('ends on every line where it began', () => {
    const lines = renderTerminal(exampleReport(), { ...usual, colour: true }).split('\n')
    for (const line of lines) {
      expect(
        Array.from(line.matchAll(terminalCode), ([, code]) => code === '22').filter(Boolean),
      ).toHaveLength(Array.from(line.matchAll(terminalCode)).length / 2)
    }
  })

  test('is not there where it is not wanted', () => {
    expect(renderTerminal(exampleReport(), usual)).not.toContain('\u001b')
  })
})

test('--explain adds how it was done, and leaves out the word about it', () => {
  const short = renderTerminal(exampleReport(), usual)
  const long = renderTerminal(exampleReport(), { ...usual, explain: true })
  expect(short).toContain('--explain')
  expect(long).not.toContain('--explain')
  for (const words of [
    'how it was compared',
    'Would show',
    'What the words mean',
    'E-values',
    'At the extremes',
    'Week by week',
  ]) {
    expect(short).not.toContain(words)
    expect(long).toContain(words)
  }
})

test('what a terminal would act on is shown as text', () => {
  const { scope } = exampleReport()
  const name = 'a\u001b[2J\u009b31m\r\u0007b'
  const text = renderTerminal(exampleReport({ scope: { ...scope, name } }), usual)
  expect(text).not.toMatch(/[^\P{Cc}\n]/u)
  expect(text).toContain('a<U+001B>[2J<U+009B>31m <U+0007>b')
})
