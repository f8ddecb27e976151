/** The role as which every query runs on PostgreSQL: it owns nothing and cannot get round row-level security. */
export const APP_ROLE = 'what_shipped_app'

/**
 * Who may see a table's rows on PostgreSQL.
 * - `tenant`: a transaction of that tenant.
 * - `tenant-append-only`: likewise, and nobody changes a row.
 * - `queue`: also a transaction of the queue, which serves all tenants.
 * - `shared`: everybody; it has no rows of tenants.
 */
export type TableKind = 'tenant' | 'tenant-append-only' | 'queue' | 'shared'

// A setting that was made for one transaction is empty after it, not absent.
const ofTenant = `tenant_id = nullif(current_setting('what_shipped.tenant', true), '')::bigint`
const ofQueue = `current_setting('what_shipped.scope', true) = 'queue'`

/** Statements that let the App's role at a new table, and keep each tenant's transactions to its own rows. */
export function secureTable(table: string, kind: TableKind): string[] {
  const may =
    kind === 'tenant-append-only' ? 'select, insert, delete' : 'select, insert, update, delete'
  const granted = `grant ${may} on ${table} to ${APP_ROLE}`
  if (kind === 'shared') return [granted]
  const rows = kind === 'queue' ? `${ofTenant} or ${ofQueue}` : ofTenant
  return [
    granted,
    `alter table ${table} enable row level security`,
    // Without it the owner of the tables sees every row.
    `alter table ${table} force row level security`,
    `create policy what_shipped_rows on ${table} using (${rows}) with check (${rows})`,
  ]
}

/**
 * The same rule for a table of the queue, in words of which the planner takes it that half of the rows are seen. By the others it
 * expects one in a hundred, and sorts all that waits where the index has the first of it.
 */
export function seenByQueue(table: string): string {
  const rows = `case when ${ofQueue} then true else ${ofTenant} end`
  return `alter policy what_shipped_rows on ${table} using (${rows}) with check (${rows})`
}
