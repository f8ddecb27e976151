import type { ColumnTypes } from './column-types.ts'

/** What is kept of tenants: the tenant first in every key and index, so that the tables can be distributed by it. */
export function factTables({ bytes }: ColumnTypes): string[] {
  return [
    `create table tenant_keys (tenant_id bigint primary key, key ${bytes} not null)`,
    'create table settings (tenant_id bigint primary key, document text not null)',
    `create table repositories (
      tenant_id bigint not null,
      repository_id bigint not null,
      name text not null,
      visibility text not null,
      default_branch text,
      archived bigint not null,
      state text not null,
      removed_at bigint,
      watermark bigint,
      checkpoint text,
      page_size bigint,
      backfilled_at bigint,
      total bigint,
      read bigint,
      labelled_elsewhere_at bigint,
      primary key (tenant_id, repository_id)
    )`,
    `create table records (
      tenant_id bigint not null,
      repository_id bigint not null,
      number bigint not null,
      sha text not null,
      head_sha text,
      state text not null,
      active_at bigint not null,
      removed_at bigint,
      document text,
      primary key (tenant_id, repository_id, number, sha)
    )`,
    'create index records_by_head on records (tenant_id, repository_id, head_sha)',
    'create index records_by_state on records (tenant_id, repository_id, state, number)',
    `create table record_keys (
      tenant_id bigint not null,
      key bigint not null,
      role text not null,
      repository_id bigint not null,
      number bigint not null,
      sha text not null,
      primary key (tenant_id, key, role, repository_id, number, sha)
    )`,
    'create index record_keys_by_record on record_keys (tenant_id, repository_id, number, sha)',
    ...changeTable(bytes),
    `create table revert_links (
      tenant_id bigint not null,
      repository_id bigint not null,
      number bigint not null,
      position bigint not null,
      rung text not null,
      confidence double precision not null,
      at text not null,
      by_number bigint,
      by_sha text,
      partial bigint not null,
      bulk bigint not null,
      restored_at text,
      restored_by_number bigint,
      restored_by_sha text,
      uncounted text,
      primary key (tenant_id, repository_id, number, position)
    )`,
    `create table corrections (
      tenant_id bigint not null,
      correction_id text not null,
      repository_id bigint not null,
      number bigint not null,
      claim text not null,
      person text not null,
      role text not null,
      said_at bigint not null,
      recorded_at bigint not null,
      undone_at bigint,
      primary key (tenant_id, correction_id)
    )`,
    'create index corrections_by_change on corrections (tenant_id, repository_id, number)',
    `create table snapshots (
      tenant_id bigint not null,
      scope text not null,
      repository_id bigint not null,
      as_of bigint not null,
      method_version text not null,
      repositories text not null,
      report text not null,
      built_at bigint not null,
      primary key (tenant_id, scope, repository_id, as_of)
    )`,
    `create table checks (
      tenant_id bigint not null,
      repository_id bigint not null,
      number bigint not null,
      head_sha text not null,
      check_run_id bigint not null,
      digest text not null,
      primary key (tenant_id, repository_id, number)
    )`,
    `create table audit (
      tenant_id bigint not null,
      entry_id text not null,
      at bigint not null,
      actor bigint,
      action text not null,
      subject text not null,
      filter text,
      row_count bigint,
      outcome text not null,
      primary key (tenant_id, entry_id)
    )`,
    'create index audit_by_time on audit (tenant_id, at)',
    `create table tokens (
      tenant_id bigint not null,
      token_hash text not null,
      name text not null,
      created_by bigint not null,
      created_at bigint not null,
      expires_at bigint not null,
      primary key (tenant_id, token_hash),
      unique (tenant_id, name)
    )`,
  ]
}

function changeTable(bytes: ColumnTypes['bytes']): string[] {
  return [
    `create table changes (
      tenant_id bigint not null,
      repository_id bigint not null,
      number bigint not null,
      person text not null,
      ready_at bigint,
      merged_at bigint,
      closed_at bigint,
      reverted_at bigint,
      read_at bigint not null,
      pickup_seconds double precision,
      review_seconds double precision,
      merge_wait_seconds double precision,
      authored_to_merged_seconds double precision,
      rounds bigint,
      changes_requested bigint,
      later_pushes bigint,
      later_lines bigint,
      threads bigint,
      flags bigint not null,
      codes ${bytes} not null,
      registry text not null,
      as_of bigint not null,
      document text not null,
      primary key (tenant_id, repository_id, number)
    )`,
    // All that a report reads, so that it need not read the rows: worth two to four times (PostgreSQL, SQLite).
    `create index changes_for_reports on changes (
      tenant_id, repository_id, number, person, ready_at, merged_at, closed_at, reverted_at, read_at,
      pickup_seconds, review_seconds, merge_wait_seconds, authored_to_merged_seconds, rounds, changes_requested,
      later_pushes, later_lines, threads, flags, codes, registry, as_of
    )`,
  ]
}
