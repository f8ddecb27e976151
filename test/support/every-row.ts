import { DatabaseSync } from 'node:sqlite'
import type { StoreLocation } from '../../src/store/index.ts'
import { dumpDatabase } from './postgres.ts'

/**
 * Every row of every table as text, a line each, bytes in hexadecimal and, where they are text, as that too: on PostgreSQL what a
 * backup has.
 */
export async function everyRow(location: StoreLocation): Promise<string> {
  if (location.engine === 'postgres') return dumpDatabase(location.url)
  const database = new DatabaseSync(location.file, { readOnly: true })
  try {
    const tables = database.prepare(`select name from sqlite_schema where type = 'table'`).all()
    return tables
      .flatMap(({ name }) => database.prepare(`select * from "${name}"`).all())
      .map((row) =>
        Object.values(row)
          .map((value) =>
            value instanceof Uint8Array ? Buffer.from(value).toString('hex') : String(value),
          )
          .join('\t')
          .replaceAll('\n', '\\n'),
      )
      .join('\n')
  } finally {
    database.close()
  }
}
