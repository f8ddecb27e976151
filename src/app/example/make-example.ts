import { tableFromRecords } from '../../comparison/index.ts'
import { syntheticOrganisation } from '../../delivery/index.ts'
import { indexRegistry, shippedRegistry } from '../../provenance/index.ts'
import { loadReports, type Report } from '../../report/index.ts'
import { busyTeams, quietTeams } from './example-teams.ts'

/** Reports of organisations that do not exist: of the whole first, then of each repository. */
export interface ExampleReports {
  readonly busy: readonly [Report, ...Report[]]
  readonly quiet: readonly [Report, ...Report[]]
}

/**
 * Makes the reports of the example, by the way that every report goes.
 *
 * @param asOf Monday 00:00 UTC, milliseconds since the epoch: until then it all happened
 */
export async function makeExample(asOf: number): Promise<ExampleReports> {
  return {
    busy: await reportsOf('example', busyTeams, asOf),
    quiet: await reportsOf('example-small', quietTeams, asOf),
  }
}

async function reportsOf(
  name: string,
  teams: typeof busyTeams,
  asOf: number,
): Promise<readonly [Report, ...Report[]]> {
  const until = new Date(asOf).toISOString()
  const records = teams.flatMap((team) => [...syntheticOrganisation({ ...team, asOf: until })])
  const marks = indexRegistry(shippedRegistry())
  const { publishReports } = await loadReports()
  return publishReports({
    tableAsOf: (time) => tableFromRecords(records, { marks, asOf: time }),
    askedFor: asOf,
    scopeOf: () => ({ kind: 'organisation', name, synthetic: true }),
  })
}
