import type { Facts, StoredRepository } from '../../store/index.ts'
import { readAccountSettings } from '../settings/account-settings.ts'
import { tuning } from './tuning.ts'

/** Whether snapshots of a week are to be made. */
export interface SnapshotPlan {
  readonly isMissing: boolean
  /** Until when they wait for repositories that were not read yet, milliseconds since the epoch; infinite: they do not. */
  readonly waitsUntil: number
  /** Repositories that were read whole, but not beyond the week's Monday yet. */
  readonly behind: readonly number[]
  /** Whether the snapshots wait for one of these: once it is counted, a report without it would be another's. */
  readonly isHeldBack: boolean
}

/**
 * Plans what is missing of a week's snapshots, which are made together: the first once all repositories were read, or a day after the
 * installation of those that there are; those that are read later join later. The others wait for what is counted, until it is given up.
 *
 * @param week asOf: the Monday, since: when the App was installed, milliseconds since the epoch as is `now`
 */
export async function planSnapshots(
  facts: Facts,
  week: { readonly asOf: number; readonly now: number; readonly since: number },
): Promise<SnapshotPlan> {
  const { asOf, now } = week
  const last = (await facts.snapshots.newest('organisation'))[0]?.asOf
  const { history } = await readAccountSettings(facts)
  const active = (await facts.repositories.list()).filter(({ state }) => state === 'active')
  const read = active.filter(({ backfilledAt }) => backfilledAt !== null)
  const patience = week.since + tuning.organisationPatience
  const waits = last === undefined && read.length < active.length && now < patience
  // Other branches that the owners chose since are read anew.
  const behind = read.filter(isBehind(Math.max(asOf, history.branches?.changedAt ?? 0)))
  // The first comes at any time; by then, what was told late of the week before has come in, mostly.
  const isDue = now >= asOf + tuning.snapshotAfter
  const isOverdue = now >= asOf + tuning.snapshotPatience
  return {
    isMissing: !waits && read.length > 0 && (last === undefined || (last < asOf && isDue)),
    waitsUntil: waits ? patience : Number.POSITIVE_INFINITY,
    behind: behind.map(({ id }) => id),
    isHeldBack:
      !isOverdue && behind.some(({ countedFrom }) => last === undefined || countedFrom !== null),
  }
}

function isBehind(asOf: number): (repository: StoredRepository) => boolean {
  return ({ watermark }) => (watermark ?? 0) < asOf
}
