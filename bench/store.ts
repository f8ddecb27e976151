import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import pg from 'pg'
import { openStore, type StoreLocation } from '../src/store/index.ts'
import { OwnServer, postgresPrograms } from '../test/support/postgres.ts'
import { atLeast, type Figure, median } from './figure.ts'

const runs = 3
/** Deliveries of a run. */
const count = 640
/** So many come at the same time, as after a push to a large repository. */
const together = 16
/** GitHub's payload of a pull request has about so many bytes. */
const body = randomBytes(25_000)

/**
 * Acknowledgements a second, one after the other and sixteen at once, each on disk when it resolves, beside the plainest
 * program that does the same on the same engine and disk: one prepared insert and its commit at a time.
 */
export async function benchStore(): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'what-shipped-bench-'))
  try {
    const figures = await benchSqlite(folder)
    return postgresPrograms === undefined ? figures : [...figures, ...(await benchPostgres())]
  } finally {
    await rm(folder, { recursive: true })
  }
}

async function benchSqlite(folder: string): Promise<Figure[]> {
  const plain: number[] = []
  const ours: Rates[] = []
  for (let run = 0; run < runs; run += 1) {
    plain.push(plainSqlite(join(folder, `plain ${run}.sqlite`)))
    ours.push(await rates({ engine: 'sqlite', file: join(folder, `store ${run}.sqlite`) }))
  }
  return figuresOf('SQLite', ours, median(plain))
}

async function benchPostgres(): Promise<Figure[]> {
  const server = new OwnServer()
  try {
    const plain: number[] = []
    const ours: Rates[] = []
    for (let run = 0; run < runs; run += 1) {
      plain.push(await plainPostgres(server.url))
      ours.push(await rates({ engine: 'postgres', url: server.url }))
    }
    return figuresOf('PostgreSQL', ours, median(plain))
  } finally {
    server.remove()
  }
}

interface Rates {
  readonly single: number
  readonly grouped: number
}

async function rates(location: StoreLocation): Promise<Rates> {
  const store = await openStore(location, {
    now: () => Date.now(),
    random: (size) => randomBytes(size),
  })
  const accept = () =>
    store.inbox.accept({
      id: randomBytes(16).toString('hex'),
      event: 'pull_request',
      body,
      tenantId: 1,
      receivedAt: Date.now(),
    })
  try {
    const single = await perSecond(async () => {
      for (let number = 0; number < count; number += 1) await accept()
    })
    const grouped = await perSecond(async () => {
      for (let number = 0; number < count; number += together) {
        await Promise.all(Array.from({ length: together }, accept))
      }
    })
    return { single, grouped }
  } finally {
    await store.close()
  }
}

function plainSqlite(file: string): number {
  const database = new DatabaseSync(file)
  database.exec('pragma journal_mode = wal; pragma synchronous = full')
  database.exec('create table inbox (id text primary key, body blob)')
  const insert = database.prepare('insert into inbox values (?, ?)')
  const start = performance.now()
  for (let number = 0; number < count; number += 1) {
    insert.run(randomBytes(16).toString('hex'), body)
  }
  const rate = (count / (performance.now() - start)) * 1_000
  database.close()
  return rate
}

async function plainPostgres(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query('create table if not exists plain (id text primary key, body bytea)')
  const rate = await perSecond(async () => {
    for (let number = 0; number < count; number += 1) {
      const values = [randomBytes(16).toString('hex'), body]
      await client.query({ name: 'insert', text: 'insert into plain values ($1, $2)', values })
    }
  })
  await client.end()
  return rate
}

async function perSecond(work: () => Promise<void>): Promise<number> {
  const start = performance.now()
  await work()
  return (count / (performance.now() - start)) * 1_000
}

function figuresOf(engine: string, ours: readonly Rates[], plain: number): Figure[] {
  const single = median(ours.map((rate) => rate.single))
  const grouped = median(ours.map((rate) => rate.grouped))
  const versus = `one insert and commit at a time: ${plain.toFixed(0)} a second`
  return [
    atLeast(
      `acknowledgements on ${engine}, one after the other (${single.toFixed(0)} a second)`,
      single / plain,
      'times',
      versus,
      0.3,
    ),
    atLeast(
      `acknowledgements on ${engine}, ${together} at once (${grouped.toFixed(0)} a second)`,
      grouped / plain,
      'times',
      versus,
      1.5,
    ),
  ]
}
