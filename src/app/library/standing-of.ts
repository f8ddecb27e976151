import type { Facts, StoredRepository } from '../../store/index.ts'
import { nextSnapshotDue } from '../jobs/next-snapshot-due.ts'
import type { AccountSettings } from '../settings/account-settings.ts'
import { meetsSettings } from '../settings/meets-settings.ts'
import type { Scope, Standing } from './library.ts'
import type { ReportOutline } from './report-shelf.ts'

/**
 * How a report that was published is shown. Not at all where it was made under looser thresholds than the owners ask for now. One of a
 * repository in which nothing is told is `hidden` too; the whole account's is shown, since it says what is missing.
 *
 * @param outline undefined: it cannot be read
 */
export function shownAs(
  { kind }: Scope,
  outline: ReportOutline | undefined,
  settings: Pick<AccountSettings, 'thresholds'>,
): 'shown' | 'hidden' | 'unreadable' {
  if (outline === undefined) return 'unreadable'
  if (!meetsSettings(outline, settings)) return 'hidden'
  return kind === 'repository' && outline.tellsNothing ? 'hidden' : 'shown'
}

/**
 * Where a scope stands of which nothing was published yet.
 *
 * @param repositories of the scope, those that are read
 * @param now milliseconds since the epoch
 */
export async function standingBefore(
  facts: Pick<Facts, 'records'>,
  repositories: readonly StoredRepository[],
  now: number,
): Promise<Standing> {
  const read = repositories.filter(({ backfilledAt }) => backfilledAt !== null).length
  if (read < repositories.length) {
    return {
      kind: 'reading',
      repositories: { read, all: repositories.length },
      pullRequests: repositories.reduce((sum, one) => sum + (one.read ?? 0), 0),
    }
  }
  for (const { id } of repositories) {
    if (await hasRecords(facts, id)) return { kind: 'awaited', due: nextSnapshotDue(now) }
  }
  return { kind: 'empty' }
}

async function hasRecords(
  { records }: Pick<Facts, 'records'>,
  repositoryId: number,
): Promise<boolean> {
  for await (const _ of records.stream({ repositoryId })) return true
  return false
}
