import { scaleLinear } from 'd3-scale'
import { type Markup, markup } from '../html/markup.ts'
import { percentText } from '../text/figures.ts'
import { type Frame, isNarrow, label, line, px, shorten, textWidth } from './drawing.ts'

/** A row of bars: what it is about, and a bar for each group or one for all. */
export interface BarRow {
  readonly label: string
  readonly bars: readonly {
    readonly kind: 'aiRecorded' | 'noneRecorded' | 'all'
    /** null: not shown. */
    readonly percent: number | null
    /** What stands at its end, where that is more than the number. */
    readonly words?: string
  }[]
}

/** Bars and how much room they took. */
export interface Bars {
  readonly height: number
  readonly drawn: Markup
}

const BAR = 15
const ROW_GAP = 14

/** Where bars start, so that the names of their rows fit beside them; on a narrow chart names stand above their bars. */
export function barsLeft(rows: readonly BarRow[], frame: Frame): number {
  if (isNarrow(frame)) return 0
  const longest = Math.max(0, ...rows.map(({ label }) => label.length))
  return Math.min(LONGEST_NAME, Math.max(SHORTEST_NAME, textWidth(longest) + 16))
}

const SHORTEST_NAME = 130
const LONGEST_NAME = 340

/**
 * Rows of horizontal bars of percentages from `top` down and from `left` on, with their numbers at the bars' ends. The scale
 * starts at 0 and ends at `full`.
 */
export function horizontalBars(
  rows: readonly BarRow[],
  top: number,
  full: number,
  left: number,
  frame: Frame,
): Bars {
  const narrow = isNarrow(frame)
  const longest = Math.max(0, ...rows.flatMap(({ bars }) => bars.map((bar) => wordsOf(bar).length)))
  const x = scaleLinear()
    .domain([0, full])
    .range([left, frame.width - Math.max(SHORTEST_WORDS, textWidth(longest) + 10)])
  const parts: Markup[] = []
  let y = top
  for (const row of rows) {
    const middle = y + (row.bars.length * BAR) / 2
    parts.push(
      narrow
        ? label(0, y + 11, shorten(row.label, frame.width))
        : label(0, middle + 4, shorten(row.label, left - 8)),
    )
    if (narrow) y += 17
    for (const bar of row.bars) {
      const { kind, percent } = bar
      const end = x(percent ?? 0)
      if (percent !== null) {
        parts.push(
          markup`<rect class="bar ${kind}" x="${px(left)}" y="${px(y + 1)}" width="${px(end - left)}" height="${BAR - 2}"/>`,
        )
      }
      parts.push(label(end + 6, y + 12, wordsOf(bar), percent === null ? { kind: 'muted' } : {}))
      y += BAR
    }
    y += ROW_GAP
  }
  const bottom = rows.length === 0 ? top : y - ROW_GAP
  return {
    height: bottom - top,
    drawn: markup`${parts}${narrow ? null : line('axis', left, top - 3, left, bottom + 3)}`,
  }
}

function wordsOf({ percent, words }: BarRow['bars'][number]): string {
  return words ?? percentText(percent)
}

/** Room for what stands at the ends of bars, at least. */
const SHORTEST_WORDS = 52
