import { scaleLinear, scalePoint } from 'd3-scale'
import type { Report } from '../document/report-document.ts'
import type { CohortValue } from '../document/report-parts.ts'
import { type Markup, markup } from '../html/markup.ts'
import { type Cohort, cohorts } from '../text/cohorts.ts'
import { figure } from '../text/figures.ts'
import { drawing, type Frame, isNarrow, label, line } from './drawing.ts'
import { clip, intervalUpright, lineKey, mark } from './marks.ts'

const HEIGHT = 290
const TOP = 52
const BOTTOM = 250
const LEFT = 34

/** A scale reaches this many times as far as the highest rate; intervals beyond it end in an arrow. */
const REACH = 3

type Rates = NonNullable<Report['reverts']>['rates']

/** Reverts per 1,000 changes of each group by 7, 14, 30 and 90 days after the merge, with their intervals. */
export function revertRates(rates: Rates, frame: Frame): Markup {
  const narrow = isNarrow(frame)
  const x = scalePoint<number>()
    .domain(rates.map(({ days }) => days))
    .range([LEFT, frame.width])
    .padding(0.5)
  const y = scaleLinear()
    .domain([0, topOf(rates)])
    .nice(4)
    .range([BOTTOM, TOP])
  const apart = narrow ? 10 : 14
  const grid = y
    .ticks(4)
    .map(
      (tick) =>
        markup`${line(tick === 0 ? 'axis' : 'grid', LEFT, y(tick), frame.width, y(tick))}${label(LEFT - 6, y(tick) + 4, figure(tick), { anchor: 'end', kind: 'muted' })}`,
    )
  const points = rates.flatMap((row) => {
    const middle = x(row.days) ?? LEFT
    return cohorts.map((cohort) =>
      rate(cohort, row[cohort], middle + (cohort === 'aiRecorded' ? -apart : apart), y, narrow),
    )
  })
  const days = rates.map(({ days }) =>
    label(x(days) ?? LEFT, BOTTOM + 20, `${days} days`, {
      anchor: 'middle',
      ...(days === HEADLINE_DAYS ? { kind: 'strong' } : {}),
    }),
  )
  return drawing(
    frame,
    {
      title: 'Reverts per 1,000 changes, by days since the merge',
      description:
        'For each number of days two marks, one for each group, with their 95 % intervals as upright lines. All numbers are in the table below.',
      height: HEIGHT,
    },
    [lineKey(), label(0, TOP - 16, 'reverts per 1,000', { kind: 'muted' }), grid, points, days],
  )
}

/** The rate that the statement is about. */
const HEADLINE_DAYS = 30

function rate(
  cohort: Cohort,
  value: CohortValue | null,
  x: number,
  y: (value: number) => number,
  narrow: boolean,
): Markup | null {
  if (value === null) return null
  const at = (number: number) => clip(y(number), [BOTTOM, TOP])
  const middle = at(value.value)
  const interval = intervalUpright(
    `interval ${cohort}`,
    at(value.low ?? value.value),
    at(value.high ?? value.value),
    x,
  )
  const side = cohort === 'aiRecorded' ? -1 : 1
  const words = narrow
    ? null
    : label(x + 11 * side, middle.at + 4, figure(value.value, 'per-1000'), {
        anchor: side < 0 ? 'end' : 'start',
      })
  return markup`${interval}${mark(cohort, x, middle.at)}${words}`
}

function topOf(all: Rates): number {
  const values = all.flatMap((row) => cohorts.map((cohort) => row[cohort]))
  const rates = values.map((one) => one?.value ?? 0)
  const highs = values.map((one) => one?.high ?? 0)
  const highest = Math.max(0, ...rates)
  const reach =
    highest > 0 ? Math.min(REACH * highest, Math.max(highest, ...highs)) : Math.max(0, ...highs)
  return reach > 0 ? reach : 1
}
