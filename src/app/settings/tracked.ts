import type { StoredRepository } from '../../store/index.ts'
import type { AccountSettings } from './account-settings.ts'

type Tracking = Pick<AccountSettings, 'tracking'>

/** Whether a repository is read and counted. */
export function isTrackedRepository({ tracking }: Tracking, id: number): boolean {
  return tracking.repositories === 'all' || tracking.repositories.includes(id)
}

/**
 * Patterns of the base branches whose changes count; undefined: the default branch alone, which GitHub itself tells when it is read.
 */
export function trackedBranchesOf(
  { tracking: { branches } }: Tracking,
  { defaultBranch }: Pick<StoredRepository, 'defaultBranch'>,
): readonly string[] | undefined {
  if (branches.length === 0) return undefined
  return defaultBranch === null ? branches : [defaultBranch, ...branches]
}

/** As the options of a reading take it. */
export function branchesToRead(
  settings: Tracking,
  repository: Pick<StoredRepository, 'defaultBranch'>,
): { readonly trackedBranches?: readonly string[] } {
  const trackedBranches = trackedBranchesOf(settings, repository)
  return trackedBranches === undefined ? {} : { trackedBranches }
}

/** Whether two choices of branches are the same, whatever their order. */
export function areSameBranches(one: readonly string[], other: readonly string[]): boolean {
  const [first, second] = [new Set(one), new Set(other)]
  return first.size === second.size && first.isSubsetOf(second)
}
