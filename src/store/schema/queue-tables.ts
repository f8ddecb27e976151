import type { ColumnTypes } from './column-types.ts'

/**
 * What serves all tenants. The inbox is found by the delivery's id, since GitHub's redeliveries carry no other; and since its
 * deliveries are taken over all tenants, so are its indexes.
 */
export function queueTables({ bytes }: ColumnTypes): string[] {
  return [
    `create table tenants (
      tenant_id bigint primary key,
      login text not null,
      kind text not null,
      installation_id bigint not null,
      permissions text not null,
      state text not null,
      removed_at bigint,
      created_at bigint not null,
      snapshot_at bigint
    )`,
    'create index tenants_by_installation on tenants (installation_id)',
    `create table inbox (
      delivery_id text primary key,
      event text not null,
      tenant_id bigint,
      received_at bigint not null,
      state text not null,
      due bigint not null,
      lease_until bigint not null,
      token bigint not null,
      tries bigint not null,
      error text
    )`,
    // Apart, since SQLite writes a row as a whole whenever a part of it changes.
    `create table bodies (
      delivery_id text primary key,
      tenant_id bigint,
      body ${bytes} not null
    )`,
    `create index inbox_waiting on inbox (tenant_id, received_at, delivery_id) where state = 'waiting'`,
    `create index inbox_dead on inbox (received_at) where state = 'dead'`,
    'create index inbox_by_time on inbox (received_at)',
    `create table turns (
      tenant_id bigint primary key,
      token bigint not null,
      served bigint not null,
      paused_until bigint not null,
      lease_until bigint not null,
      kind text,
      subject text
    )`,
    `create table jobs (
      tenant_id bigint not null,
      kind text not null,
      subject text not null,
      payload text,
      priority bigint not null,
      due bigint not null,
      enqueued_at bigint not null,
      state text not null,
      again_due bigint,
      again_priority bigint,
      again_at bigint,
      tries bigint not null,
      error text,
      died_at bigint,
      primary key (tenant_id, kind, subject)
    )`,
    'create index jobs_by_due on jobs (tenant_id, state, priority, due)',
    `create table sessions (
      session_hash text primary key,
      user_id bigint not null,
      created_at bigint not null,
      seen_at bigint not null,
      expires_at bigint not null,
      data ${bytes} not null
    )`,
    'create index sessions_by_user on sessions (user_id)',
  ]
}
