import type { Markup } from '../html/markup.ts'
import { drawing, type Frame } from './drawing.ts'
import { type BarRow, barsLeft, horizontalBars } from './horizontal-bars.ts'
import { barKey } from './marks.ts'

const TOP = 34

/** Rows of two bars, one for each group, under the key to them. */
export interface CohortBars {
  readonly title: string
  readonly description: string
  readonly rows: readonly BarRow[]
  /** Percent at which the scale ends. */
  readonly full: number
}

/** Draws them from the top down. */
export function cohortBars({ title, description, rows, full }: CohortBars, frame: Frame): Markup {
  const { drawn, height } = horizontalBars(rows, TOP, full, barsLeft(rows, frame), frame)
  return drawing(frame, { title, description, height: TOP + height + 6 }, [barKey(), drawn])
}
