/**
 * Version 4: rows of changes hold for good, with the times that decide what is counted of them. Rows of older versions are made again:
 * until then a time after all others has each of them derived anew of its record.
 */
export function lastingChanges(): string[] {
  return [
    'alter table repositories add column counted_from bigint',
    'alter table changes add column opened_at bigint',
    `alter table changes add column told_until bigint not null default ${Number.MAX_SAFE_INTEGER}`,
    'alter table changes add column counted_from bigint',
    'alter table changes add column left_at bigint',
    'alter table changes add column gone_at bigint',
    'drop index changes_for_reports',
    `create index changes_for_reports on changes (
      tenant_id, repository_id, number, person, opened_at, ready_at, merged_at, closed_at, reverted_at, told_until,
      counted_from, left_at, gone_at, pickup_seconds, review_seconds, merge_wait_seconds, authored_to_merged_seconds,
      rounds, changes_requested, later_pushes, later_lines, threads, flags, codes, registry
    )`,
  ]
}
