import type { Facts, StoredRepository } from '../../store/index.ts'
import { tuning } from './tuning.ts'

/** Whether snapshots of a week are to be made. */
export interface SnapshotPlan {
  readonly isMissing: boolean
  /** Until when they wait for repositories that were not read yet, milliseconds since the epoch; infinite: they do not. */
  readonly waitsUntil: number
  /** Repositories that were read whole, but not beyond the week's Monday yet. */
  readonly behind: readonly number[]
}

/**
 * Plans what is missing of a week's snapshots, which are made together once all repositories were read. One that cannot be read
 * does not keep them back for ever: a week after the installation they are made of those that there are.
 *
 * @param week asOf: the Monday, since: when the App was installed, milliseconds since the epoch as is `now`
 */
export async function planSnapshots(
  { repositories, snapshots }: Facts,
  week: { readonly asOf: number; readonly now: number; readonly since: number },
): Promise<SnapshotPlan> {
  const { asOf, now } = week
  const last = (await snapshots.list('organisation', 0))[0]?.asOf ?? 0
  const active = (await repositories.list()).filter(({ state }) => state === 'active')
  const read = active.filter(({ backfilledAt }) => backfilledAt !== null)
  const patience = week.since + tuning.organisationPatience
  const waits = read.length < active.length && now < patience
  return {
    isMissing: !waits && read.length > 0 && last < asOf,
    waitsUntil: waits ? patience : Number.POSITIVE_INFINITY,
    behind: read.filter(isBehind(asOf)).map(({ id }) => id),
  }
}

function isBehind(asOf: number): (repository: StoredRepository) => boolean {
  return ({ watermark }) => (watermark ?? 0) < asOf
}
