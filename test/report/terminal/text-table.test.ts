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

  test('headings are marked, rows are not', () => {
    const lines = textTable(table, 80, '', (line) => `<${line.trim()}>`)
    expect(lines.map((line) => line.startsWith('<'))).toEqual([true, false, false])
  })
})
