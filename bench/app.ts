import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { readMetrics, startAppProcess } from '../test/support/app-process.ts'
import { OwnServer, postgresPrograms } from '../test/support/postgres.ts'
import { credentials } from '../test/support/start-app.ts'
import { benchBackfill } from './app/backfill.ts'
import { atRate, mostAnswers } from './app/deliver-load.ts'
import { told } from './app/told.ts'
import type { Figure } from './figure.ts'

const rate = 200
const seconds = 10
const most = 3_000

interface Measured {
  /** Answers a second, as many as it gives. */
  readonly throughput: number
  /** Milliseconds at 200 a second. */
  readonly median: number
  readonly p99: number
}

/**
 * The App's acknowledgements, each after a commit on disk, beside Probot's own server, which verifies the same deliveries and
 * keeps nothing of them; then memory, and how fast a backfill reads. Printed, without limits: they are the machine's as much as
 * the App's.
 */
export async function benchApp(): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'what-shipped-bench-'))
  try {
    const probot = await measureProbot(folder)
    return [
      ...(await besideProbot('sqlite', folder, {}, probot)),
      ...(postgresPrograms === undefined ? [] : await onPostgres(folder, probot)),
      ...(await benchBackfill()),
    ]
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** On a server of its own, which writes to disk for certain. */
async function onPostgres(folder: string, probot: Measured): Promise<Figure[]> {
  const server = new OwnServer()
  try {
    return await besideProbot('postgres', folder, { DATABASE_URL: server.url }, probot)
  } finally {
    server.remove()
  }
}

async function besideProbot(
  engine: string,
  folder: string,
  database: Readonly<Record<string, string>>,
  probot: Measured,
): Promise<Figure[]> {
  const app = startAppProcess({ directory: folder, environment: { ...credentials(), ...database } })
  try {
    const address = await app.listening
    const memory = async () =>
      ((await readMetrics(address)).get('process_resident_memory_bytes') ?? Number.NaN) / 2 ** 20
    // The workers are loaded after the server listens.
    await delay(3_000)
    const idle = await memory()
    const ours = await measure(address, async () => {
      const waiting = 'what_shipped_inbox_deliveries{state="waiting"}'
      while (((await readMetrics(address)).get(waiting) ?? 0) > 0) await delay(100)
    })
    const loaded = await memory()
    const name = (what: string) => `App on ${engine}: ${what}`
    return [
      told(name('acknowledgements'), ours.throughput, '/s', 'as fast as they come'),
      told(
        name('acknowledgements by Probot’s'),
        ours.throughput / probot.throughput,
        'times',
        'Probot’s server, which keeps nothing',
      ),
      told(name('median acknowledgement'), ours.median, 'ms', `${rate} a second`),
      told(name('p99 acknowledgement'), ours.p99, 'ms', `${rate} a second`),
      told(name('p99 by Probot’s'), ours.p99 / probot.p99, 'times', `Probot’s ${format(probot)}`),
      told(name('memory, idle'), idle, 'MB', 'resident'),
      told(name('memory, after the load'), loaded, 'MB', 'resident'),
    ]
  } finally {
    await app.kill()
  }
}

function format({ p99 }: Measured): string {
  return `${p99.toFixed(1)} ms`
}

async function measureProbot(folder: string): Promise<Measured> {
  const port = await freePort()
  const child = spawn(process.execPath, [resolve('bench/app/probot-server.ts')], {
    cwd: folder,
    env: { PATH: process.env.PATH ?? '', ...credentials(), PORT: String(port) },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    await once(child.stdout, 'data')
    return await measure(`http://127.0.0.1:${port}`)
  } finally {
    await ended(child)
  }
}

/** @param drained settles once what was acknowledged has been dispatched */
async function measure(
  address: string,
  drained: () => Promise<void> = async () => {},
): Promise<Measured> {
  // Both are warm before they are measured.
  await mostAnswers(address, 500)
  await drained()
  const times = await atRate(address, rate, seconds)
  await drained()
  const throughput = await mostAnswers(address, most)
  const at = (share: number) => times[Math.floor(times.length * share)] ?? Number.NaN
  return { throughput, median: at(0.5), p99: at(0.99) }
}

async function ended(child: ChildProcess): Promise<void> {
  const closed = once(child, 'close')
  child.kill('SIGKILL')
  await closed
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((listening) => {
    server.listen(0, '127.0.0.1', listening)
  })
  const address = server.address()
  await new Promise((closed) => {
    server.close(closed)
  })
  if (address === null || typeof address === 'string') throw new Error('there is no free port')
  return address.port
}
