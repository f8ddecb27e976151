import { DatabaseSync } from 'node:sqlite'
import { setImmediate as turn } from 'node:timers/promises'
import { CamelCasePlugin, Kysely } from 'kysely'
import type { StoreLocation } from '../contract/store.ts'
import type { Database } from '../schema/database.ts'
import { migrateSqlite } from '../schema/migrate-sqlite.ts'
import { StoreError } from '../store-error.ts'
import type { Engine } from './engine.ts'
import { explainFailure } from './explain-failure.ts'
import { lockFile } from './lock-file.ts'
import { oneTransaction } from './one-transaction.ts'
import { sqliteDialect } from './sqlite-dialect.ts'
import { busyTimeout, logToForget } from './sqlite-log.ts'

type SqliteLocation = Extract<StoreLocation, { engine: 'sqlite' }>

/** Older ones may corrupt a database in WAL mode. */
const oldestVersion = [3, 51, 3] as const
/** Reads beside the one writer: each sees its own moment. */
const readers = 4
/** What is left of the log after a long reader made it grow, bytes. */
const keptLog = 64 * 1024 * 1024

/**
 * The embedded database: one process, one writer, readers beside it. A commit is on disk when it returns
 * (`synchronous=FULL`), and what is deleted is overwritten.
 */
export function openSqlite({ file, maximumPages }: SqliteLocation): Engine {
  checkVersion()
  const unlock = lockFile(file)
  try {
    const writable = openWritable(file, maximumPages)
    migrateSqlite(writable)
    const writer = kysely(() => writable, 1, 'begin immediate')
    const reader = sqliteReader(file)
    const log = logToForget(writer)
    return {
      name: 'sqlite',
      write: (_scope, work) =>
        explained(async () => {
          const result = await oneTransaction(() => writer.transaction().execute(work))
          await log.afterWrite()
          // Whoever writes one thing after another lets the rest of the process have its turn in between.
          await turn()
          return result
        }),
      read: reader.read,
      // Pages are overwritten as they are deleted; their former contents are in the log until it is cut off.
      forget: () => explained(log.forget),
      close: async () => {
        await reader.close()
        // A connection that was never used is not known to Kysely.
        await writer.destroy()
        if (writable.isOpen) writable.close()
        unlock()
      },
    }
  } catch (error) {
    unlock()
    throw explainFailure(error)
  }
}

/** Reads beside the process's writer, also on a thread of its own. */
export function sqliteReader(file: string): Pick<Engine, 'read' | 'close'> {
  const reader = kysely(() => openReadable(file), readers, 'begin')
  return {
    read: (_scope, work) =>
      explained(() => oneTransaction(() => reader.transaction().execute(work))),
    close: () => reader.destroy(),
  }
}

function kysely(
  open: () => DatabaseSync,
  connections: number,
  begin: 'begin' | 'begin immediate',
): Kysely<Database> {
  return new Kysely<Database>({
    dialect: sqliteDialect({ open, connections, begin }),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  })
}

async function explained<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw explainFailure(error)
  }
}

function openWritable(file: string, maximumPages: number | undefined): DatabaseSync {
  const database = new DatabaseSync(file)
  for (const pragma of [
    'journal_mode = wal',
    'synchronous = full',
    'foreign_keys = on',
    `busy_timeout = ${busyTimeout}`,
    'secure_delete = on',
    `journal_size_limit = ${keptLog}`,
    ...(maximumPages === undefined ? [] : [`max_page_count = ${maximumPages}`]),
  ]) {
    database.exec(`pragma ${pragma}`)
  }
  return database
}

function openReadable(file: string): DatabaseSync {
  const database = new DatabaseSync(file, { readOnly: true })
  database.exec(`pragma busy_timeout = ${busyTimeout}`)
  return database
}

function checkVersion(): void {
  const { sqlite = '' } = process.versions
  const version = sqlite.split('.').map(Number)
  const differs = oldestVersion.findIndex((part, place) => part !== version[place])
  const older = differs !== -1 && (version[differs] ?? 0) < (oldestVersion[differs] ?? 0)
  if (!older) return
  throw new StoreError(
    `this Node has SQLite ${sqlite || 'of an unknown version'}, which may damage a database: use a Node with ` +
      `${oldestVersion.join('.')} or newer (24.21 has it)`,
  )
}
