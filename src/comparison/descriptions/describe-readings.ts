import { latestReadings } from '../strata/latest-readings.ts'
import { snapToMonday } from '../table/as-of.ts'
import type { Described } from '../table/cohort-rows.ts'

/** How far what was read reaches. */
export interface DescribedReadings {
  /** When anything of the scope was read for the last time, milliseconds since the epoch. */
  readonly latest: number
  /** Of all repositories those that tell less than the others; null: none. */
  readonly behind: {
    readonly repositories: number
    /** Monday before which they were last read, and the others were not. */
    readonly before: number
  } | null
}

/** When the records were last read, and how many repositories were last read so much earlier that their windows end before. */
export function describeReadings({ table, asOf, repository }: Described): DescribedReadings {
  const readings = latestReadings(table)
  const own = repository === undefined ? undefined : readings[repository]
  if (own !== undefined && Number.isFinite(own)) return { latest: own, behind: null }
  const latest = table.latestReadAt
  const before = Math.min(asOf, snapToMonday(latest))
  // A repository without a change in the table has no reading, and nothing is missing of it.
  const repositories = readings.filter((one) => Number.isFinite(one) && one < before).length
  return {
    latest,
    behind: repository !== undefined || repositories === 0 ? null : { repositories, before },
  }
}
