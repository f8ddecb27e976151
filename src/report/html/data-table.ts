import { type Markup, markup, type Part } from './markup.ts'

/** A table of numbers: the first column names the rows, the others are aligned on the right. */
export interface DataTable {
  readonly caption: string
  /** The first heads the column of names. */
  readonly columns: readonly string[]
  readonly rows: readonly (readonly [name: Part, ...cells: Part[]])[]
}

/** More columns than so many do not fit on a phone. */
const fitting = 3

/**
 * A table with a caption, and with scopes for screen readers. On a phone a wide one has each name in a line above its numbers;
 * the roles say that it stays a table where a browser takes its look for its meaning. What is still too wide scrolls, by
 * keyboard too.
 */
export function dataTable({ caption, columns, rows }: DataTable): Markup {
  const heads = columns.map((column) => markup`<th role="columnheader" scope="col">${column}</th>`)
  const lines = rows.map(
    ([name, ...cells]) =>
      markup`<tr role="row"><th role="rowheader" scope="row">${name}</th>${cells.map((cell) => markup`<td role="cell">${cell}</td>`)}</tr>\n`,
  )
  const kind = columns.length > fitting ? markup` class="stacks"` : null
  return markup`<div class="scroll" role="group" aria-label="${caption}" tabindex="0"><table${kind} role="table">
<caption>${caption}</caption>
<thead role="rowgroup"><tr role="row">${heads}</tr></thead>
<tbody role="rowgroup">
${lines}</tbody>
</table></div>`
}
