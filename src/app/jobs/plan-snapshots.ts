import type { Facts, StoredRepository } from '../../store/index.ts'
import { tuning } from './tuning.ts'

/** Which snapshots of a week are to be made. */
export interface SnapshotPlan {
  /** Of these repositories their own. */
  readonly repositories: readonly number[]
  /** Whether that of all together is. */
  readonly organisation: boolean
  /** Until when it waits for repositories that were not read yet, milliseconds since the epoch; infinite: it does not wait. */
  readonly organisationWaitsUntil: number
  /** Repositories that were read whole, but not beyond the week's Monday yet. */
  readonly behind: readonly number[]
}

/**
 * Plans what is missing of a week's snapshots: of each repository that was read whole its own, and that of all together once
 * all were read. One that cannot be read does not keep that back for ever: a week after the installation it is made of those
 * that there are.
 *
 * @param week asOf: the Monday, since: when the App was installed, milliseconds since the epoch as is `now`; only: this
 *   repository alone
 */
export async function planSnapshots(
  { repositories, snapshots }: Facts,
  week: {
    readonly asOf: number
    readonly now: number
    readonly since: number
    readonly only: number | undefined
  },
): Promise<SnapshotPlan> {
  const { asOf, now, only } = week
  const isMissing = async (scope: 'organisation' | 'repository', id: number) =>
    ((await snapshots.list(scope, id))[0]?.asOf ?? 0) < asOf
  const active = (await repositories.list()).filter(({ state }) => state === 'active')
  const read = active.filter(({ backfilledAt }) => backfilledAt !== null)
  const asked = read.filter(({ id }) => only === undefined || id === only)
  const missing: number[] = []
  for (const { id } of asked) if (await isMissing('repository', id)) missing.push(id)
  const patience = week.since + tuning.organisationPatience
  const waits = only === undefined && read.length < active.length && now < patience
  return {
    repositories: missing,
    organisation:
      only === undefined && !waits && read.length > 0 && (await isMissing('organisation', 0)),
    organisationWaitsUntil: waits ? patience : Number.POSITIVE_INFINITY,
    behind: asked.filter(isBehind(asOf)).map(({ id }) => id),
  }
}

function isBehind(asOf: number): (repository: StoredRepository) => boolean {
  return ({ watermark }) => (watermark ?? 0) < asOf
}
