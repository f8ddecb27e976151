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
 * A table in so many columns. Where it is too wide, the first column is wrapped; where that is not enough, intervals stand
 * below their numbers; and where that is not either, each row becomes a paragraph of its own with the headings before the
 * cells, so that nothing is cut.
 *
 * @param emphasis marks the line of headings
 */
export function textTable(
  table: TextTable,
  columns: number,
  indent: string,
  emphasis: (line: string) => string,
): string[] {
  return (
    aligned(table, { columns, indent, emphasis, partsOf: (cell) => [cell] }) ??
    aligned(table, { columns, indent, emphasis, partsOf: (cell) => cell.split(/ (?=\()/) }) ??
    stacked(table, columns, indent, emphasis)
  )
}

interface Alignment {
  readonly columns: number
  readonly indent: string
  emphasis(line: string): string
  /** The lines of a cell. */
  partsOf(cell: string): string[]
}

/** Columns below each other; null where there is not enough room for them. */
function aligned(
  { headings, rows }: TextTable,
  { columns, indent, emphasis, partsOf }: Alignment,
): string[] | null {
  const widthOf = (cell: string) => Math.max(...partsOf(cell).map(textWidth))
  const widths = headings.map((_, column) =>
    Math.max(...[headings, ...rows].map((row) => widthOf(row[column] ?? ''))),
  )
  const [widest = 0, ...others] = widths
  const left = columns - others.reduce((sum, width) => sum + gap + width, indent.length)
  const first = Math.min(widest, left)
  if (first < Math.min(widest, narrowestFirst)) return null
  const lines = ([name = '', ...cells]: readonly string[]) => {
    const names = wrapText(name, first)
    const parts = cells.map(partsOf)
    // The cells begin in the last line of the name.
    const below = Math.max(1, ...parts.map(({ length }) => length))
    const rest = Array.from({ length: below }, (_, line) => {
      const own = parts.map((part, index) =>
        padded(part[line] ?? '', gap + (others[index] ?? 0), 'right'),
      )
      return padded((line === 0 && names.at(-1)) || '', first) + own.join('')
    })
    return [...names.slice(0, -1), ...rest].map((line) =>
      (indent + line.replaceAll('\u00a0', ' ')).trimEnd(),
    )
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
