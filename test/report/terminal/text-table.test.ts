import { describe, expect, test } from 'vitest'
import { textTable } from '../../../src/report/terminal/text-table.ts'

const table = {
  headings: ['', 'AI recorded', 'No AI recorded'],
  rows: [
    ["Merged without another person's review", '17 %', '19 %'],
    ['Ready', '480', 'not shown'],
  ],
}
const plain = (line: string) => line

describe('textTable', () => {
  test('columns stand flush right where there is room', () => {
    expect(textTable(table, 80, '  ', plain)).toEqual([
      '                                          AI recorded  No AI recorded',
      "  Merged without another person's review         17 %            19 %",
      '  Ready                                           480       not shown',
    ])
  })

  test('the first column is wrapped where there is not', () => {
    expect(textTable(table, 52, '  ', plain)).toEqual([
      '                         AI recorded  No AI recorded',
      '  Merged without',
      "  another person's",
      '  review                        17 %            19 %',
      '  Ready                          480       not shown',
    ])
  })

  test('and each row becomes a paragraph where that is not enough', () => {
    expect(textTable(table, 40, '  ', plain)).toEqual([
      "  Merged without another person's review",
      '    AI recorded: 17 %',
      '    No AI recorded: 19 %',
      '  Ready',
      '    AI recorded: 480',
      '    No AI recorded: not shown',
    ])
  })

  test('intervals stand below their numbers where the columns then fit', () => {
    const wide = {
      headings: ['Week', 'AI recorded', 'No AI recorded'],
      rows: [
        [
          '9 Mar',
          '2.7\u00a0h (13\u00a0min to 240\u00a0h)',
          '37\u00a0min (6\u00a0min to 53\u00a0h)',
        ],
        ['16 Mar', 'not shown', '3\u00a0h'],
      ],
    }
    expect(textTable(wide, 50, '', plain)).toMatchInlineSnapshot(`
      [
        "Week          AI recorded   No AI recorded",
        "9 Mar               2.7 h           37 min",
        "        (13 min to 240 h)  (6 min to 53 h)",
        "16 Mar          not shown              3 h",
      ]
    `)
  })

  test('headings are marked, rows are not', () => {
    const lines = textTable(table, 80, '', (line) => `<${line.trim()}>`)
    expect(lines.map((line) => line.startsWith('<'))).toEqual([true, false, false])
  })
})
