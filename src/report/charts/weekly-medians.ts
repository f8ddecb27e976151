import { scaleBand, scaleLinear } from 'd3-scale'
import { line as path } from 'd3-shape'
import type { Report } from '../document/report-document.ts'
import { type Markup, markup } from '../html/markup.ts'
import { type Cohort, cohortNames, cohorts } from '../text/cohorts.ts'
import { shortDayText } from '../text/dates.ts'
import { figure } from '../text/figures.ts'
import { drawing, type Frame, isNarrow, label, line, px, tickLabel } from './drawing.ts'
import { type Clipped, clip, intervalUpright, lineKey, mark } from './marks.ts'

const TOP = 52
const BOTTOM = 232
const LEFT = 38
const PANEL = [TOP, BOTTOM] as const
/** Each group has a row of bars of its own, so that one that is not shown leaves the other as it is. */
const ROWS_TOP = 286
const ROW = 44
const ROW_GAP = 38
const ROWS_BOTTOM = ROWS_TOP + cohorts.length * (ROW + ROW_GAP) - ROW_GAP
const HEIGHT = ROWS_BOTTOM + 30

type Week = Report['weeks'][number]

/**
 * The median time to merge of each group by week, with its interval as a faint upright line, above the number of changes.
 * A week that is not shown is a gap in a line, and a dash in a row of bars.
 */
export function weeklyMedians(weeks: Report['weeks'], frame: Frame): Markup {
  const narrow = isNarrow(frame)
  const x = scaleBand<string>()
    .domain(weeks.map(({ from }) => from))
    .range([LEFT, frame.width])
    .paddingInner(0.3)
    .paddingOuter(0.2)
  const left = (from: string) => x(from) ?? LEFT
  const middle = (from: string) => left(from) + x.bandwidth() / 2
  const y = scaleLinear()
    .domain([0, highestMedian(weeks)])
    .nice(4)
    .range([BOTTOM, TOP])
  const volume = scaleLinear()
    .domain([0, highestVolume(weeks)])
    .nice(4)
    .range([0, ROW])
  const size = narrow ? 3 : 4
  const lines = cohorts.map((cohort) => series(weeks, cohort, middle, y, size))
  const rows = cohorts.map((cohort, index) => {
    const bottom = ROWS_TOP + index * (ROW + ROW_GAP) + ROW
    const bars = weeks.map((week) => {
      const place = { x: left(week.from), width: x.bandwidth(), bottom }
      return bar(cohort, week, place, volume)
    })
    const [end = 0] = volume.domain().slice(-1)
    const scale = [gridLine(0, bottom, frame.width), gridLine(end, bottom - ROW, frame.width)]
    return [
      label(0, bottom - ROW - 14, `changes: ${cohortNames[cohort]}`, { kind: 'muted' }),
      scale,
      bars,
    ]
  })
  const every = Math.ceil(weeks.length / (narrow ? 4 : 9))
  const days = weeks.flatMap(({ from }, index) =>
    index % every === 0
      ? [tickLabel(frame, middle(from), ROWS_BOTTOM + 20, shortDayText(from))]
      : [],
  )
  const grid = y.ticks(4).map((tick) => gridLine(tick, y(tick), frame.width))
  return drawing(
    frame,
    {
      title: 'Median hours to merge, and number of changes, by week',
      description:
        'Above, one line for each group with a mark for each week; below, a row of bars for each group with its number of changes, and a dash for a week that is not shown. All numbers are in the table below.',
      height: HEIGHT,
    },
    [lineKey(), label(0, TOP - 16, 'median hours', { kind: 'muted' }), grid, rows, lines, days],
  )
}

function gridLine(tick: number, y: number, right: number): Markup {
  return markup`${line(tick === 0 ? 'axis' : 'grid', LEFT, y, right, y)}${label(LEFT - 6, y + 4, figure(tick), { anchor: 'end', kind: 'muted' })}`
}

function series(
  weeks: readonly Week[],
  cohort: Cohort,
  x: (from: string) => number,
  y: (hours: number) => number,
  size: number,
): Markup {
  const draw = path<Week>()
    .defined((week) => week[cohort]?.median != null)
    .x(({ from }) => px(x(from)))
    .y((week) => px(clip(y(week[cohort]?.median?.value ?? 0), PANEL).at))
  const marks = weeks.flatMap((week) => {
    const median = week[cohort]?.median
    if (median == null) return []
    const at = (hours: number) => clip(y(hours), PANEL)
    const middle = at(median.value)
    if (middle.beyond !== 0) return [beyondScale(cohort, median.value, middle, x(week.from))]
    // A little aside, so that the two groups' lines do not cover each other.
    const aside = x(week.from) + (cohort === 'aiRecorded' ? -1.5 : 1.5)
    const low = at(median.low ?? median.value).at
    const high = at(median.high ?? median.value).at
    return [
      markup`${line(`spread ${cohort}`, aside, low, aside, high)}${mark(cohort, x(week.from), middle.at, size)}`,
    ]
  })
  return markup`<path class="series ${cohort}" d="${draw(weeks) ?? ''}"/>${marks}`
}

/** A median far above all others: an arrow at the top of the scale, and its number. */
function beyondScale(cohort: Cohort, hours: number, at: Clipped, x: number): Markup {
  return markup`${intervalUpright(`interval ${cohort}`, at, at, x)}${label(x + 7, at.at + 10, figure(hours, 'hours'))}`
}

interface BarPlace {
  readonly x: number
  readonly width: number
  readonly bottom: number
}

/** The changes of a week; where they are not shown, a dash. */
function bar(
  cohort: Cohort,
  week: Week,
  { x, width, bottom }: BarPlace,
  tall: (changes: number) => number,
): Markup {
  const side = week[cohort]
  if (side === null) {
    return line('axis', x + width / 4, bottom - 5, x + (3 * width) / 4, bottom - 5)
  }
  const height = tall(side.changes ?? 0)
  return markup`<rect class="bar ${cohort}" x="${px(x)}" y="${px(bottom - height)}" width="${px(width)}" height="${px(height)}"/>`
}

/** Where the scale ends: a little above the highest median, but a single week does not flatten all others. */
function highestMedian(weeks: readonly Week[]): number {
  const medians = weeks
    .flatMap((week) => cohorts.map((cohort) => week[cohort]?.median?.value ?? 0))
    .filter((hours) => hours > 0)
    .sort((a, b) => a - b)
  const usual = medians[medians.length >> 1]
  return usual === undefined ? 1 : Math.min(1.25 * Math.max(...medians), 5 * usual)
}

function highestVolume(weeks: readonly Week[]): number {
  return Math.max(
    1,
    ...weeks.flatMap((week) => cohorts.map((cohort) => week[cohort]?.changes ?? 0)),
  )
}
