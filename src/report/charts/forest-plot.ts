import type { ReportComparison } from '../document/report-comparison.ts'
import type { Estimate } from '../document/report-parts.ts'
import { type Markup, markup } from '../html/markup.ts'
import { shortEstimateText, signed } from '../text/figures.ts'
import { differenceScale } from './difference-scale.ts'
import { drawing, type Frame, isNarrow, label, line, px } from './drawing.ts'
import { type ForestPanel, type ForestRow, forestPanels } from './forest-rows.ts'
import { clip, intervalAcross } from './marks.ts'
import { type DifferenceScale, ratioScale } from './ratio-scale.ts'

const TITLE = 'How changes with AI recorded differ from comparable changes with none'
const DESCRIPTION =
  'For each outcome the difference as a mark and its 95 % interval as a line, on both sides of a line that means no difference. All numbers are in the table below.'

/** Measures of the plot for a width: names and numbers stand beside the lines, or above them where there is no room. */
interface Layout {
  readonly range: readonly [number, number]
  readonly rowHeight: number
  /** From a row's top to its text and to its line. */
  readonly textAt: number
  readonly lineAt: number
  readonly narrow: boolean
  readonly width: number
}

const AXIS_HEIGHT = 36
const HEAD_HEIGHT = 46
const TITLE_HEIGHT = 28
const PANEL_GAP = 26

/**
 * The three comparisons as intervals around "no difference": percent on a scale on which halving and doubling are equally
 * far, rates in reverts per 1,000. An interval that leaves the scale ends in an arrow.
 */
export function forestPlot(comparisons: readonly ReportComparison[], frame: Frame): Markup {
  const layout = layoutOf(frame)
  const parts: Markup[] = []
  let top = 0
  for (const panel of forestPanels(comparisons)) {
    const { height, drawn } = drawPanel(panel, top, layout)
    parts.push(drawn)
    top += height + PANEL_GAP
  }
  const height = Math.max(1, top - PANEL_GAP)
  return drawing(frame, { title: TITLE, description: DESCRIPTION, height }, parts)
}

function layoutOf(frame: Frame): Layout {
  const { width } = frame
  return isNarrow(frame)
    ? { range: [10, width - 10], rowHeight: 42, textAt: 13, lineAt: 27, narrow: true, width }
    : { range: [180, width - 184], rowHeight: 26, textAt: 17, lineAt: 13, narrow: false, width }
}

function drawPanel(
  { unit, outcomes }: ForestPanel,
  top: number,
  layout: Layout,
): { height: number; drawn: Markup } {
  const all = outcomes.flatMap(({ rows }) => rows)
  const empty = all.every(({ estimate }) => estimate === null)
  const scale = scaleFor(unit, all, layout.range)
  const parts: Markup[] = []
  let y = top + (empty ? 0 : HEAD_HEIGHT)
  for (const { title, rows } of outcomes) {
    parts.push(label(0, y + 17, title, { kind: 'strong' }))
    y += TITLE_HEIGHT - (layout.narrow ? 4 : 0)
    for (const row of rows) {
      parts.push(drawRow(row, y, scale, layout))
      y += layout.rowHeight
    }
    y += 6
  }
  if (empty) return { height: y - top, drawn: markup`${parts}` }
  const drawn = markup`${head(scale, top, layout)}${axis(scale, unit, top + HEAD_HEIGHT, y, layout)}${parts}`
  return { height: y + AXIS_HEIGHT - top, drawn }
}

/** The scale holds what the statements rest on; the companions, of fewer changes, may run off it. */
function scaleFor(
  unit: Estimate['unit'],
  rows: readonly ForestRow[],
  range: readonly [number, number],
): DifferenceScale {
  const main = rows.filter((row) => row.main && row.estimate !== null)
  const values = (main.length > 0 ? main : rows).flatMap(({ estimate }) =>
    estimate === null ? [] : [estimate.value, estimate.low, estimate.high],
  )
  return unit === 'percent' ? ratioScale(values, range) : differenceScale(values, range)
}

/** What the middle means, and under it what each side means. */
function head(scale: DifferenceScale, top: number, { narrow }: Layout): Markup {
  const words = narrow ? '' : ' with AI recorded'
  const middle = scale.position(0)
  return markup`${label(middle, top + 12, 'no difference', { kind: 'strong', anchor: 'middle' })}${label(middle - 10, top + 32, `\u2190 less${words}`, { kind: 'muted', anchor: 'end' })}${label(middle + 10, top + 32, `more${words} \u2192`, { kind: 'muted' })}`
}

const axisWords: Readonly<Record<Estimate['unit'], string>> = {
  percent: '% more or less',
  points: 'percentage points',
  'per-1000': 'per 1,000 changes',
}

function axis(
  scale: DifferenceScale,
  unit: Estimate['unit'],
  top: number,
  bottom: number,
  { narrow }: Layout,
): Markup {
  const ticks = scale.ticks.map((tick) => {
    const x = scale.position(tick)
    const zero = Math.abs(tick) < 1e-9
    return markup`${line(zero ? 'zero' : 'grid', x, zero ? top - HEAD_HEIGHT + 18 : top, x, bottom)}${label(x, bottom + 16, tickText(tick, unit), { anchor: 'middle', kind: 'muted' })}`
  })
  return markup`${ticks}${label(0, bottom + (narrow ? 30 : 16), axisWords[unit], { kind: 'muted' })}`
}

/** Whole percents; rates and shares as the scale has them, which is in round steps. */
function tickText(tick: number, unit: Estimate['unit']): string {
  return signed(unit === 'percent' ? Math.round(tick) : Number(tick.toFixed(2)), 'number')
}

function drawRow(row: ForestRow, y: number, scale: DifferenceScale, layout: Layout): Markup {
  const { range, textAt, lineAt, narrow, width } = layout
  const kind = row.main ? undefined : 'muted'
  const style = kind === undefined ? {} : { kind }
  const name = label(narrow ? 0 : 12, y + textAt, narrow ? row.short : row.label, style)
  const words = row.estimate === null ? row.instead : shortEstimateText(row.estimate)
  const numbers = label(width, y + textAt, words, { ...style, anchor: 'end' })
  if (row.estimate === null) return markup`${name}${numbers}`
  const { value, low, high } = row.estimate
  const at = (number: number) => clip(scale.position(number), range)
  const middle = at(value)
  const weight = row.main ? 'main' : 'companion'
  const point = middle.beyond !== 0 ? null : estimateMark(row.main, middle.at, y + lineAt)
  return markup`${name}${intervalAcross(`interval ${weight}`, at(low), at(high), y + lineAt)}${point}${numbers}`
}

/** A filled square for what the statement rests on, a hollow one for a companion: neither is a group's mark. */
function estimateMark(main: boolean, x: number, y: number): Markup {
  const size = main ? 10 : 8
  return markup`<rect class="estimate ${main ? 'main' : 'companion'}" x="${px(x - size / 2)}" y="${px(y - size / 2)}" width="${size}" height="${size}"/>`
}
