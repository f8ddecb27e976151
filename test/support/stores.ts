import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, onTestFinished } from 'vitest'
import { openStore, type Store, type StoreLocation } from '../../src/store/index.ts'
import { createDatabase, postgresPrograms } from './postgres.ts'

/** A time at which tests happen, milliseconds since the epoch. */
export const someTime = Date.UTC(2026, 5, 1)

/** A clock that only moves when it is told to. */
export class TestClock {
  time = someTime

  readonly now = (): number => this.time

  /** So many milliseconds later. */
  pass(milliseconds: number): void {
    this.time += milliseconds
  }
}

export interface TestEngine {
  readonly name: Store['engine']
  /** Of a new, empty database, which is there until the running test ends. */
  location(): Promise<StoreLocation>
  /** A store that is closed when the running test ends. Default: in a new database. */
  open(init?: { readonly clock?: TestClock; readonly location?: StoreLocation }): Promise<Store>
}

const sqlite: TestEngine = engine('sqlite', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'what-shipped-store-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return { engine: 'sqlite', file: join(folder, 'store.sqlite') }
})

const postgres: TestEngine = engine('postgres', async () => {
  const { url } = await createDatabase()
  return { engine: 'postgres', url }
})

/** Runs the same tests on both engines; says so in the run's report where one of them is not there. */
export function describeStores(title: string, tests: (engine: TestEngine) => void): void {
  describe(`${title} (sqlite)`, () => tests(sqlite))
  describePostgres(title, tests)
}

/** Tests of what only PostgreSQL has. */
export function describePostgres(title: string, tests: (engine: TestEngine) => void): void {
  const isMissing = postgresPrograms === undefined
  const name = isMissing ? 'NOT TESTED ON POSTGRESQL: no server is installed' : 'postgres'
  describe.skipIf(isMissing)(`${title} (${name})`, () => tests(postgres))
}

/** Tests of what only SQLite has. */
export function describeSqlite(title: string, tests: (engine: TestEngine) => void): void {
  describe(`${title} (sqlite)`, () => tests(sqlite))
}

function engine(name: Store['engine'], location: () => Promise<StoreLocation>): TestEngine {
  return {
    name,
    location,
    open: async ({ clock = new TestClock(), location: given } = {}) => {
      const store = await openStore(given ?? (await location()), {
        now: clock.now,
        random: (size) => randomBytes(size),
      })
      onTestFinished(() => store.close())
      return store
    },
  }
}
