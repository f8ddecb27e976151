import type { Estimate } from '../document/report-parts.ts'
import { signed } from '../text/figures.ts'
import { padded } from './text-width.ts'

/** Ends of the scale, the same on both sides of no difference: the first that holds the whole interval is taken. */
const scales: Readonly<Record<Estimate['unit'], readonly number[]>> = {
  percent: [20, 50, 100, 200],
  points: [5, 10, 20, 50, 100],
  'per-1000': [5, 10, 20, 50, 100],
}

const narrowest = 21
const wideEnoughForWords = 41

/**
 * An interval as two lines of text: the bar with its estimate, and the scale below it. What lies beyond the scale ends in an
 * arrow.
 *
 * @example
 * //         ━━━━━━●━━━━━━━     │
 * // −50 %              no difference             +50 %
 */
export function intervalBar(estimate: Estimate, columns: number): string[] {
  const { unit, value, low, high } = estimate
  const ends = scales[unit]
  const end = ends.find((one) => Math.max(-low, high) <= one) ?? ends.at(-1) ?? 1
  // Odd, so that no difference has a column of its own.
  const width = Math.max(narrowest, columns - 1 + (columns % 2))
  const middle = (width - 1) / 2
  const columnOf = (one: number) => {
    const column = Math.round(Math.min(1, Math.max(-1, one / end)) * middle) + middle
    // What is near no difference is not taken for it.
    return column === middle ? middle + Math.sign(one) : column
  }
  const cells = Array.from({ length: width }, (_, column): string =>
    column === middle ? '│' : ' ',
  )
  for (let column = columnOf(low); column <= columnOf(high); column += 1)
    cells[column] = column === middle ? '┿' : '━'
  if (low < -end) cells[0] = '◂'
  if (high > end) cells[width - 1] = '▸'
  cells[columnOf(value)] = '●'
  const [left, right] = [signed(-end, unit), signed(end, unit)]
  const zero = width < wideEnoughForWords ? '0' : 'no difference'
  const room = middle - (zero.length - 1) / 2
  const scale = padded(left, room) + zero + padded(right, room, 'right')
  return [cells.join('').trimEnd(), scale.replaceAll('\u00a0', ' ')]
}
