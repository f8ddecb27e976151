import { scaleLog } from 'd3-scale'
import type { Report } from '../document/report-document.ts'
import { type Markup, markup } from '../html/markup.ts'
import { type Cohort, cohorts } from '../text/cohorts.ts'
import { figure, NOT_SHOWN } from '../text/figures.ts'
import { drawing, type Frame, label, line, shorten } from './drawing.ts'
import { hoursAxis } from './hours-axis.ts'
import { clip, lineKey, mark } from './marks.ts'

const TOP = 34
const ROW = 20
const STEP_GAP = 16
const NAME = 20
const AXIS = 26
/** Beside the plot, for the number at either end of a line. */
const VALUE_ROOM = 56

type Side = NonNullable<Report['quantiles'][number]['aiRecorded']>

/**
 * For each step and group the median as the group's mark, and a line from it with stops where three quarters and nine in ten
 * of the changes were through, as far as that is known. Hours are on a logarithmic scale.
 */
export function durationSpread(quantiles: Report['quantiles'], frame: Frame): Markup {
  const x = hoursScale(quantiles, [VALUE_ROOM, frame.width - VALUE_ROOM])
  const parts: Markup[] = []
  let y = TOP
  for (const quantile of quantiles) {
    parts.push(label(0, y + 12, shorten(quantile.label, frame.width)))
    y += NAME
    for (const cohort of cohorts) {
      parts.push(spread(cohort, quantile[cohort], y + ROW / 2, x))
      y += ROW
    }
    y += STEP_GAP
  }
  const bottom = y - STEP_GAP / 2
  const { places, drawn } = hoursAxis(x.domain, x.position, bottom + 16, frame)
  const ticks = [places.map((at) => line('grid', at, TOP, at, bottom)), drawn]
  return drawing(
    frame,
    {
      title: 'Hours that each step takes, by group',
      description:
        'For each step and group a mark at the median and a line to the hours within which three quarters and nine in ten of the changes were through. All numbers are in the table below.',
      height: bottom + AXIS,
    },
    [lineKey(), ticks, parts],
  )
}

interface HoursScale {
  readonly position: (hours: number) => number
  readonly range: readonly [number, number]
  readonly domain: readonly [number, number]
}

function hoursScale(quantiles: Report['quantiles'], range: readonly [number, number]): HoursScale {
  const hours = quantiles
    .flatMap((quantile) => cohorts.map((cohort) => quantile[cohort]))
    .flatMap((side) => (side === null ? [] : [side.median, side.p75, side.p90]))
    .flatMap((one) => (one === null || one.value <= 0 ? [] : [one.value]))
  const domain = [Math.max(SHORTEST, Math.min(1, ...hours)), Math.max(24, ...hours)] as const
  const scale = scaleLog().domain(domain).range(range)
  return { position: (one) => clip(scale(Math.max(SHORTEST, one)), range).at, range, domain }
}

/** A quarter of an hour: what is shorter is drawn there. */
const SHORTEST = 0.25

function spread(
  cohort: Cohort,
  side: Side | null,
  y: number,
  { position, range }: HoursScale,
): Markup {
  if (side === null) return label(range[0], y + 4, NOT_SHOWN, { kind: 'muted' })
  const at = position(side.median.value)
  const stops = [side.p75, side.p90].filter((one) => one !== null)
  const last = stops.at(-1)
  const end = Math.max(at, last === undefined ? at : position(last.value))
  return markup`${line(`series ${cohort}`, at, y, end, y)}${stops.map(({ value }) => line(`interval ${cohort}`, position(value), y - 4, position(value), y + 4))}${mark(cohort, at, y)}${label(at - 10, y + 4, figure(side.median.value, 'hours'), { anchor: 'end' })}${last === undefined ? null : label(end + 6, y + 4, figure(last.value, 'hours'), { kind: 'muted' })}`
}
