import { type Markup, markup, type Part } from '../html/markup.ts'
import { visibleText } from '../visible-text.ts'

/** Where a chart is to be drawn. All lengths are CSS pixels at natural size. */
export interface Frame {
  /** Unique in the page. */
  readonly id: string
  readonly width: number
  /** Marks the chart as made up. */
  readonly synthetic: boolean
}

/** Charts are drawn twice, and the page shows the one that fits: text is never scaled down to be unreadable. */
export const WIDE = 720
export const NARROW = 328

export function isNarrow({ width }: Frame): boolean {
  return width < 500
}

/** Room below a chart for the line that says that it is made up. */
const SYNTHETIC_LINE = 20

/** A chart for eyes and for screen readers: an image with a name and a description, and no style but its classes. */
export function drawing(
  { id, width, synthetic }: Frame,
  { title, description, height }: { title: string; description: string; height: number },
  ...parts: readonly Part[]
): Markup {
  const total = px(height + (synthetic ? SYNTHETIC_LINE : 0))
  const name = synthetic ? `Synthetic example: ${title}` : title
  const note = synthetic
    ? label(width, total - 5, 'Synthetic example', { anchor: 'end', kind: 'muted' })
    : null
  return markup`<svg class="chart" viewBox="0 0 ${width} ${total}" width="${width}" height="${total}" role="img" aria-labelledby="${id}-title ${id}-desc"><title id="${id}-title">${name}</title><desc id="${id}-desc">${description}</desc>${parts}${note}</svg>`
}

/** A coordinate, to a tenth of a pixel. */
export function px(value: number): number {
  return Math.round(10 * value) / 10
}

/** Text at a place: `anchor` says which part of the text stands at x. */
export function label(
  x: number,
  y: number,
  content: string,
  { anchor = 'start', kind }: { anchor?: 'start' | 'middle' | 'end'; kind?: string } = {},
): Markup {
  return markup`<text${kind === undefined ? null : markup` class="${kind}"`} x="${px(x)}" y="${px(y)}" text-anchor="${anchor}">${content}</text>`
}

/** A straight line. */
export function line(kind: string, x1: number, y1: number, x2: number, y2: number): Markup {
  return markup`<line class="${kind}" x1="${px(x1)}" y1="${px(y1)}" x2="${px(x2)}" y2="${px(y2)}"/>`
}

/** Room that so many characters need, about. */
export function textWidth(characters: number): number {
  return CHARACTER * characters
}

/** Words cut to the room that they have. */
export function shorten(content: string, room: number): string {
  return visibleText(content, Math.max(2, Math.floor(room / CHARACTER)))
}

/** A label below an axis, centred on its tick as far as it stays inside the chart. */
export function tickLabel({ width }: Frame, x: number, y: number, content: string): Markup {
  const half = textWidth(content.length) / 2
  return label(Math.min(Math.max(x, half), width - half), y, content, {
    anchor: 'middle',
    kind: 'muted',
  })
}

/** Width of a character of a chart's text, about. */
const CHARACTER = 6.5
