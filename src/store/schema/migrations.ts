import type { ColumnTypes } from './column-types.ts'
import { factTables } from './fact-tables.ts'
import { fasterQueue } from './faster-queue.ts'
import { lastingChanges } from './lasting-changes.ts'
import { ownData } from './own-data.ts'
import { queueTables } from './queue-tables.ts'
import { seenByQueue, type TableKind } from './row-security.ts'

/** A step from one version of the schema to the next, forward only. */
export interface Migration {
  readonly version: number
  /**
   * Oldest version of the App's schema that may run beside it. It only rises where a step is not additive: older replicas then
   * refuse to start, and running ones have to be stopped first.
   */
  readonly minimum: number
  readonly statements: (types: ColumnTypes) => readonly string[]
  /** What only PostgreSQL needs, after these. */
  readonly postgres?: readonly string[]
  /** Tables that it makes, for what only PostgreSQL has: row-level security and grants. */
  readonly tables: Readonly<Record<string, TableKind>>
}

/** In the order of their versions: 1, 2, 3 … */
export const migrations: readonly Migration[] = [
  {
    version: 1,
    minimum: 1,
    statements: (types) => [...queueTables(types), ...factTables(types)],
    tables: {
      tenants: 'queue',
      inbox: 'queue',
      bodies: 'queue',
      turns: 'queue',
      jobs: 'queue',
      tenant_keys: 'tenant',
      settings: 'tenant',
      repositories: 'tenant',
      records: 'tenant',
      record_keys: 'tenant',
      changes: 'tenant',
      revert_links: 'tenant',
      corrections: 'tenant',
      checks: 'tenant',
      tokens: 'tenant',
      snapshots: 'tenant-append-only',
      audit: 'tenant-append-only',
      sessions: 'shared',
    },
  },
  {
    version: 2,
    minimum: 1,
    statements: fasterQueue,
    postgres: ['tenants', 'inbox', 'bodies', 'turns', 'jobs'].map(seenByQueue),
    tables: {},
  },
  {
    version: 3,
    minimum: 1,
    statements: () => ['alter table tenants add column access_version bigint not null default 0'],
    tables: {},
  },
  {
    version: 4,
    minimum: 4,
    statements: lastingChanges,
    tables: {},
  },
  {
    version: 5,
    minimum: 4,
    statements: ownData,
    tables: { forgotten_people: 'tenant' },
  },
]
