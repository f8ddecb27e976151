import {
  areNoneOrPublishable,
  type ChangeTable,
  publishedAfter,
  publishedAsOf,
} from '../../comparison/index.ts'
import { buildReport } from './build-report.ts'
import type { Publication } from './publish-report.ts'
import type { Report } from './report-document.ts'

const week = 7 * 86_400_000

/**
 * The report of everything, as `publishReport` makes it, then that of each repository by name, where there are several. They are
 * made of one table, so that what hides a group in one hides what would tell it in the others.
 *
 * The repositories' are all of one Monday, the last on which all of them could be published: an earlier one than the whole's
 * where too few people moved in one of them.
 */
export async function publishReports({
  tableAsOf,
  askedFor,
  scopeOf,
}: Omit<Publication, 'lastPublished'>): Promise<readonly [Report, ...Report[]]> {
  const asked = await tableAsOf(askedFor)
  const asOf = publishedAfter(asked, askedFor, undefined)
  const table = asOf === askedFor ? asked : await tableAsOf(asOf)
  const scope = scopeOf(table)
  const whole = buildReport({ table, asOf, askedFor, scope })
  if (scope.kind === 'repository') return [whole]
  const together = lastTogether(asked, asOf)
  const parts = together === asOf ? table : await tableAsOf(together)
  const repositories = parts.repositories.map((name, repository) =>
    buildReport({
      table: parts,
      asOf: together,
      askedFor,
      scope: { kind: 'repository', name, repository, synthetic: scope.synthetic },
    }),
  )
  return [whole, ...repositories.sort((one, other) => (one.scope.name < other.scope.name ? -1 : 1))]
}

/** An anchor is always published (`publishedAsOf`): it is found there at the latest. */
function lastTogether(table: ChangeTable, asOf: number): number {
  let monday = asOf
  while (!arePublishedOn(monday, table)) monday -= week
  return monday
}

/** Whether the whole, each repository, and together those too small to be shown by themselves are published on a Monday. */
function arePublishedOn(monday: number, table: ChangeTable): boolean {
  if (publishedAsOf(table, monday) !== monday) return false
  const small = new Set<number>()
  for (const repository of table.repositories.keys()) {
    if (!areNoneOrPublishable(table, monday, { repository })) small.add(repository)
    if (publishedAsOf(table, monday, { repository }) !== monday) return false
  }
  return publishedAsOf(table, monday, { repository: small }) === monday
}
