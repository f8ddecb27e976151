import { ratioScale } from '../charts/ratio-scale.ts'
import type { Estimate } from '../document/report-parts.ts'
import { signed } from '../text/figures.ts'
import { padded } from './text-width.ts'

/** Ends of the scales that are no ratios, the same on both sides of no difference: the first that holds the interval is taken. */
const reaches = [5, 10, 20, 50, 100]

const narrowest = 21
const wideEnoughForWords = 41

/**
 * An interval as two lines of text: the bar with its estimate, and the scale below it. What lies beyond the scale ends in an
 * arrow. A scale of ratios is that of the charts: on it a halving is as far from no difference as a doubling.
 *
 * @example
 * //   ━━━━━━━━━━●━━━━━━━━━━  │
 * // −33 %               no difference               +50 %
 */
export function intervalBar(estimate: Estimate, columns: number): string[] {
  const { unit, value, low, high } = estimate
  // Odd, so that no difference has a column of its own.
  const width = Math.max(narrowest, columns - 1 + (columns % 2))
  const middle = (width - 1) / 2
  const scale = scaleOf(estimate, width - 1)
  const columnOf = (one: number) => {
    const column = Math.round(Math.min(width - 1, Math.max(0, scale.position(one))))
    // What is near no difference is not taken for it.
    return column === middle ? middle + Math.sign(one) : column
  }
  const cells = Array.from({ length: width }, (_, column): string =>
    column === middle ? '│' : ' ',
  )
  for (let column = columnOf(low); column <= columnOf(high); column += 1)
    cells[column] = column === middle ? '┿' : '━'
  if (Math.round(scale.position(low)) < 0) cells[0] = '◂'
  if (Math.round(scale.position(high)) > width - 1) cells[width - 1] = '▸'
  cells[columnOf(value)] = '●'
  const [left, right] = [signed(scale.least, unit), signed(scale.most, unit)]
  const zero = width < wideEnoughForWords ? '0' : 'no difference'
  const room = middle - (zero.length - 1) / 2
  const axis = padded(left, room) + zero + padded(right, room, 'right')
  return [cells.join('').trimEnd(), axis.replaceAll('\u00a0', ' ')]
}

/** Where a difference lies, from 0 to the last column or beyond, and the differences at both ends. */
function scaleOf({ unit, low, high }: Estimate, lastColumn: number) {
  if (unit === 'percent') {
    const { position, ticks } = ratioScale([low, high], [0, lastColumn])
    return { position, least: Math.round(Math.min(...ticks)), most: Math.round(Math.max(...ticks)) }
  }
  const reach = reaches.find((one) => Math.max(-low, high) <= one) ?? reaches.at(-1) ?? 1
  const position = (one: number) => ((1 + one / reach) * lastColumn) / 2
  return { position, least: -reach, most: reach }
}
