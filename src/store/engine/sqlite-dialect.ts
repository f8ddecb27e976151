import type { DatabaseSync } from 'node:sqlite'
import {
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type Kysely,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import { SqliteConnection } from './sqlite-connection.ts'
import { WaitingLine } from './waiting-line.ts'

interface SqliteDialectInit {
  readonly open: () => DatabaseSync
  readonly connections: number
  /** `immediate` takes the write lock at once, so that no transaction fails half-way for want of it. */
  readonly begin: 'begin' | 'begin immediate'
}

/** Kysely over node:sqlite. A connection is held by one transaction at a time; the next one waits for it. */
export function sqliteDialect(init: SqliteDialectInit): Dialect {
  return {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new SqliteDriver(init),
    createIntrospector: (database: Kysely<unknown>) => new SqliteIntrospector(database),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  }
}

class SqliteDriver implements Driver {
  readonly #connections: WaitingLine<SqliteConnection>
  readonly #begin: string

  constructor({ open, connections, begin }: SqliteDialectInit) {
    this.#connections = new WaitingLine(connections, () => new SqliteConnection(open()))
    this.#begin = begin
  }

  async init(): Promise<void> {}

  acquireConnection(): Promise<SqliteConnection> {
    return this.#connections.take()
  }

  async releaseConnection(connection: DatabaseConnection): Promise<void> {
    this.#connections.giveBack(own(connection))
  }

  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    own(connection).execute(this.#begin)
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    own(connection).execute('commit')
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    own(connection).rollBack()
  }

  async destroy(): Promise<void> {
    for (const connection of this.#connections.all) connection.close()
  }
}

function own(connection: DatabaseConnection): SqliteConnection {
  if (connection instanceof SqliteConnection) return connection
  throw new TypeError('a connection of another driver')
}
