import { padded, textWidth } from './text-width.ts'
import { wrapText } from './wrap-text.ts'

/** A table whose first column names the row; all others are set flush right. */
export interface TextTable {
  /** One for each column; the first may be empty. */
  readonly headings: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

const gap = 2
/** Columns to which the first column may be wrapped. */
const narrowestFirst = 14

/**
 * A table in so many columns. Where it is too wide, the first column is wrapped; where that is not enough, each row becomes
 * a paragraph of its own with the headings before the cells, so that nothing is cut.
 *
 * @param emphasis marks the line of headings
 */
export function textTable(
  { headings, rows }: TextTable,
  columns: number,
  indent: string,
  emphasis: (line: string) => string,
): string[] {
  const widths = headings.map((heading, column) =>
    Math.max(textWidth(heading), ...rows.map((row) => textWidth(row[column] ?? ''))),
  )
  const [widest = 0, ...others] = widths
  const left = columns - others.reduce((sum, width) => sum + gap + width, indent.length)
  const first = Math.min(widest, left)
  if (first < Math.min(widest, narrowestFirst))
    return stacked({ headings, rows }, columns, indent, emphasis)
  const lines = ([name = '', ...cells]: readonly string[]) => {
    const names = wrapText(name, first)
    const rest = cells.map(
      (cell, index) => ' '.repeat(gap) + padded(cell, others[index] ?? 0, 'right'),
    )
    const last = padded(names.at(-1) ?? '', first) + rest.join('').replaceAll('\u00a0', ' ')
    return [...names.slice(0, -1), last].map((line) => (indent + line).trimEnd())
  }
  return [...lines(headings).map(emphasis), ...rows.flatMap(lines)]
}

function stacked(
  { headings, rows }: TextTable,
  columns: number,
  indent: string,
  emphasis: (line: string) => string,
): string[] {
  const titled = (title: string) =>
    title === '' ? [] : wrapText(title, columns, { first: indent, rest: `${indent}  ` })
  const body = rows.flatMap(([name = '', ...cells]) => [
    ...titled(name),
    ...cells.flatMap((cell, index) => {
      const heading = headings[index + 1] ?? ''
      const within = { first: `${indent}  `, rest: `${indent}    ` }
      return wrapText(heading === '' ? cell : `${heading}: ${cell}`, columns, within)
    }),
  ])
  return [...titled(headings[0] ?? '').map(emphasis), ...body]
}
