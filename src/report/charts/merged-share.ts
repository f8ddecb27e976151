import { scaleLinear, scaleLog } from 'd3-scale'
import { area, curveStepAfter, line as path } from 'd3-shape'
import type { Report } from '../document/report-document.ts'
import type { CohortValue } from '../document/report-parts.ts'
import { type Markup, markup } from '../html/markup.ts'
import { cohorts } from '../text/cohorts.ts'
import { figure } from '../text/figures.ts'
import { drawing, type Frame, label, line, px } from './drawing.ts'
import { hoursAxis } from './hours-axis.ts'
import { lineKey, mark } from './marks.ts'
import { spreadLabels } from './spread-labels.ts'

const HEIGHT = 300
const TOP = 44
const BOTTOM = 268
const LEFT = 34
const RIGHT = 56
/** How far the last step is drawn on, so that it can be seen. */
const LAST_STEP = 14
const shares = [0, 25, 50, 75, 100]

/**
 * The share of each group that was merged within so many hours of becoming ready, as steps in bands of their intervals. Hours
 * are on a logarithmic scale, so that hours and weeks can both be read.
 */
export function mergedShare(
  merged: Pick<NonNullable<Report['merged']>, 'hours' | 'aiRecorded' | 'noneRecorded'>,
  frame: Frame,
): Markup {
  const right = frame.width - RIGHT
  const [from, until] = ends(merged.hours)
  const x = scaleLog()
    .domain([from, until])
    .range([LEFT, right - LAST_STEP])
  const y = scaleLinear().domain([0, 100]).range([BOTTOM, TOP])
  const curves = cohorts.map((cohort) => {
    const points = pointsOf(merged.hours, merged[cohort])
    return { cohort, points, last: points.at(-1) }
  })
  const across = ({ hours }: Point) => px(x(Math.max(from, hours)))
  const up = (percent: number) => px(y(percent))
  const draw = path<Point>()
    .x(across)
    .y(({ value }) => up(value))
    .curve(curveStepAfter)
  const spread = area<Point>()
    .x(across)
    .y0(({ low, value }) => up(low ?? value))
    .y1(({ high, value }) => up(high ?? value))
    .curve(curveStepAfter)
  const bands = curves.map(({ cohort, points }) =>
    points.length === 0
      ? null
      : markup`<path class="band ${cohort}" d="${spread(drawnOn(points, x.invert(right))) ?? ''}"/>`,
  )
  const lines = curves.map(
    ({ cohort, points }) =>
      markup`<path class="series ${cohort}" d="${draw(points) ?? ''}${points.length === 0 ? '' : `H${right}`}"/>`,
  )
  const lasts = curves.flatMap(({ cohort, last }) => (last === undefined ? [] : [{ cohort, last }]))
  const places = spreadLabels(
    lasts.map(({ last }) => y(last.value)),
    15,
    [TOP, BOTTOM],
  )
  const values = lasts.map(({ cohort, last }, index) => {
    const at = places[index] ?? 0
    return markup`${mark(cohort, right + 9, at, 4)}${label(right + 18, at + 4, figure(last.value, 'percent'), { kind: 'strong' })}`
  })
  const grid = shares.map(
    (share) =>
      markup`${line(share === 0 ? 'axis' : 'grid', LEFT, y(share), right, y(share))}${label(LEFT - 6, y(share) + 4, String(share), { anchor: 'end', kind: 'muted' })}`,
  )
  const { places: hourPlaces, drawn } = hoursAxis([from, until], x, BOTTOM + 20, frame)
  const ticks = [hourPlaces.map((at) => line('tick', at, BOTTOM, at, BOTTOM + 5)), drawn]
  return drawing(
    frame,
    {
      title: 'Share of changes merged, by time since they became ready',
      description:
        'Two rising lines of steps, one for each group: the percentage of its changes merged by each time, in a band of its 95 % intervals. All numbers are in the table below.',
      height: HEIGHT,
    },
    [
      lineKey(),
      label(0, TOP - 12, '% merged', { kind: 'muted' }),
      grid,
      ticks,
      bands,
      lines,
      values,
    ],
  )
}

interface Point extends CohortValue {
  readonly hours: number
}

function pointsOf(hours: readonly number[], shares: readonly CohortValue[] | null): Point[] {
  return (shares ?? []).flatMap((share, index) => {
    const at = hours[index]
    return at === undefined ? [] : [{ hours: at, ...share }]
  })
}

/** The last step drawn on until an hour. */
function drawnOn(points: readonly Point[], hours: number): Point[] {
  return [...points, ...points.slice(-1).map((last) => ({ ...last, hours }))]
}

/** First and last hour of a logarithmic axis: above zero, and never the same. */
function ends(hours: readonly number[]): [number, number] {
  const above = hours.filter((one) => one > 0)
  const from = Math.min(1, ...above)
  return [from, Math.max(24 * from, ...above)]
}
