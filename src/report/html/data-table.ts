import { type Markup, markup, type Part } from './markup.ts'

/** A table of numbers: the first column names the rows, the others are aligned on the right. */
export interface DataTable {
  readonly caption: string
  /** The first heads the column of names. */
  readonly columns: readonly string[]
  readonly rows: readonly (readonly [name: Part, ...cells: Part[]])[]
}

/** A table with a caption, and with scopes for screen readers; where it is too wide it scrolls, by keyboard too. */
export function dataTable({ caption, columns, rows }: DataTable): Markup {
  const heads = columns.map((column) => markup`<th scope="col">${column}</th>`)
  const lines = rows.map(
    ([name, ...cells]) =>
      markup`<tr><th scope="row">${name}</th>${cells.map((cell) => markup`<td>${cell}</td>`)}</tr>\n`,
  )
  return markup`<div class="scroll" role="group" aria-label="${caption}" tabindex="0"><table>
<caption>${caption}</caption>
<thead><tr>${heads}</tr></thead>
<tbody>
${lines}</tbody>
</table></div>`
}
