import { type Frame, NARROW, WIDE } from '../charts/drawing.ts'
import { unbroken } from '../text/figures.ts'
import { type DataTable, dataTable } from './data-table.ts'
import { type Markup, markup } from './markup.ts'

/** A chart, what to see in it, and its numbers. */
export interface ChartFigure {
  /** Unique in the page. */
  readonly id: string
  readonly synthetic: boolean
  draw(frame: Frame): Markup
  /** What the chart shows, said with its numbers; null: there is nothing to say. */
  readonly reading: string | null
  readonly tables: readonly DataTable[]
}

/** Draws the chart for wide and for narrow pages (the style sheet shows one), with its reading and its tables. */
export function chartFigure({ id, synthetic, draw, reading, tables }: ChartFigure): Markup {
  const drawn = [WIDE, NARROW].map((width) => {
    const fit = width === WIDE ? 'wide' : 'narrow'
    return markup`<div class="${fit}">${draw({ id: `${id}-${fit}`, width, synthetic })}</div>\n`
  })
  return markup`<figure class="figure">
${drawn}${reading === null ? null : markup`<figcaption>${unbroken(reading)}</figcaption>\n`}</figure>
<details><summary>The numbers behind this chart<span class="unseen">: ${tables[0]?.caption ?? id}</span></summary>
${tables.map(dataTable)}
</details>
`
}
