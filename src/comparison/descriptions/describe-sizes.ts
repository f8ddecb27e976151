import { sizeBands } from '../../delivery/index.ts'
import { type GateThresholds, isPublishable } from '../disclosure/disclosure-gate.ts'
import { byteAt } from '../numbers/number-at.ts'
import { rowsWhere } from '../numbers/rows-where.ts'
import { unknown } from '../table/change-table.ts'
import {
  type BothCohorts,
  type Described,
  inBoth,
  peopleOf,
  type Rows,
} from '../table/cohort-rows.ts'
import { reportedRows } from './followed-rows.ts'

/** The shares of both cohorts in one band of sizes. */
export interface SizeShare extends BothCohorts<number> {
  /** Changed lines, for instance `10-49` or `500+`. */
  readonly band: string
}

/** The mix of sizes, and of how many changes of either cohort. */
export interface DescribedSizes {
  readonly changes: BothCohorts<number>
  readonly bands: readonly SizeShare[]
}

/** Bands that follow each other: from one index in `sizeBands` to another, both included. */
interface Bands {
  readonly first: number
  readonly last: number
}

/**
 * The mix of sizes of each cohort. A band too small to be shown is put together with its neighbour, the fewest changes first,
 * until all can be shown; this looks at counts alone. null where nothing but the total would be left, and of one repository
 * beside others, as that would cross two breakdowns.
 */
export function describeSizes(
  described: Described,
  thresholds: GateThresholds,
): DescribedSizes | null {
  const { table, repository } = described
  if (repository !== undefined) return null
  const cohorts = inBoth(reportedRows(described), (rows) =>
    rowsWhere(rows, (row) => byteAt(table.band, row) !== unknown),
  )
  const cellsOf = ({ first, last }: Bands) =>
    inBoth(cohorts, (rows) =>
      rowsWhere(rows, (row) => byteAt(table.band, row) >= first && byteAt(table.band, row) <= last),
    )
  const isShown = (rows: Rows) =>
    rows.length === 0 || isPublishable(peopleOf(table, rows), thresholds)
  let bands: Bands[] = sizeBands.map((_, band) => ({ first: band, last: band }))
  for (;;) {
    const cells = bands.map(cellsOf)
    const hidden = cells.filter(({ assisted, other }) => !(isShown(assisted) && isShown(other)))
    const [smallest] = hidden.sort((one, next) => sizeOf(one) - sizeOf(next))
    if (smallest === undefined) break
    bands = joinWithNeighbour(bands, cells.indexOf(smallest))
    if (bands.length < 2) return null
  }
  const { assisted, other } = inBoth(cohorts, (rows) => rows.length)
  if (assisted === 0 || other === 0) return null
  const shares = bands.map((band) => {
    const cells = cellsOf(band)
    return {
      band: labelOf(band),
      assisted: cells.assisted.length / assisted,
      other: cells.other.length / other,
    }
  })
  return { changes: { assisted, other }, bands: shares }
}

/** With the smaller sizes, where there are any. */
function joinWithNeighbour(bands: readonly Bands[], index: number): Bands[] {
  const from = Math.max(0, index - 1)
  const [lower, upper] = bands.slice(from, from + 2)
  if (lower === undefined || upper === undefined) return [...bands]
  const joined = { first: lower.first, last: upper.last }
  return [...bands.slice(0, from), joined, ...bands.slice(from + 2)]
}

function sizeOf({ assisted, other }: BothCohorts<Rows>): number {
  return assisted.length + other.length
}

/** `10-49` and `50-199` are together `10-199`; `500-999` and `1000+` are `500+`. */
function labelOf({ first, last }: Bands): string {
  const smallest = sizeBands[first] ?? ''
  const largest = sizeBands[last] ?? ''
  if (first === last) return smallest
  const from = smallest.split('-')[0]
  const [, until] = largest.split('-')
  return until === undefined ? `${from}+` : `${from}-${until}`
}
