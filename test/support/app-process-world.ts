import { randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { expect, onTestFinished } from 'vitest'
import { webhookPath } from '../../src/app/ingress/receive-delivery.ts'
import { openStore, type Store, type StoreLocation } from '../../src/store/index.ts'
import { type AppProcess, readMetrics, SharedClock, startAppProcess, sumOf } from './app-process.ts'
import {
  type Account,
  type App,
  anApp,
  anInstallation,
  type FakeGitHub,
  type Installation,
  type Repository,
  startFakeGitHub,
} from './fake-github/index.ts'
import { createDatabase } from './postgres.ts'
import { secret } from './webhook.ts'

/** What a process of the App does: all of it, or one of its two parts; `bare` has no credentials in its environment. */
export type Role = 'both' | 'ingress' | 'worker' | 'bare'

/** A GitHub, a database, and processes of the App between them, all by one clock. */
export interface AppWorld {
  readonly github: FakeGitHub
  readonly app: App
  readonly clock: SharedClock
  readonly location: StoreLocation
  /** Working directory of the processes. */
  readonly folder: string
  /** Those that were started, the ended ones too. */
  readonly processes: readonly AppProcess[]
  environment(role?: Role): Record<string, string>
  /** Starts a process. GitHub delivers to the last one started that takes deliveries, once that listens. */
  start(role?: Role, more?: Readonly<Record<string, string>>): AppProcess
  /** Until nothing waits and nothing is due, as this process tells. */
  settled(process: AppProcess): Promise<void>
  /** So much later, by steps, each worked off. Milliseconds. */
  pass(process: AppProcess, ...steps: readonly number[]): Promise<void>
  /** The database, which an embedded one gives up only when its process has ended. Closed when `look` has looked. */
  look<T>(look: (store: Store) => Promise<T>): Promise<T>
}

export interface AppWorldInit {
  readonly engine: StoreLocation['engine']
  /** Those of one owner make one installation. */
  readonly repositories: readonly Repository[]
  /** Whether the owners have installed it; default yes. */
  readonly installed?: boolean
  /** Milliseconds since the epoch. */
  readonly at?: number
}

const second = 1_000
const minute = 60 * second
/** As long as it takes, on a machine that has much else to do. */
const patience = 180 * second

/** A world for one test, which ends with it. */
export async function anAppWorld(init: AppWorldInit): Promise<AppWorld> {
  const clock = new SharedClock(init.at ?? Date.parse('2026-03-04T10:00:00Z'))
  const app = anApp({ webhookSecret: secret })
  const owners = new Map<number, Account>(
    init.repositories.map(({ owner }): [number, Account] => [owner.id, owner]),
  )
  const installations: Installation[] =
    init.installed === false ? [] : [...owners.values()].map((owner) => anInstallation(app, owner))
  const github = await startFakeGitHub({
    repositories: [...init.repositories],
    apps: [app],
    installations,
    rateLimits: null,
    now: clock.now,
    signingNow: clock.now,
  })
  const folder = await mkdtemp(join(tmpdir(), 'what-shipped-world-'))
  const location = await newDatabase(init.engine, folder)
  const processes: AppProcess[] = []

  onTestFinished(async () => {
    for (const { child } of processes) child.kill('SIGKILL')
    await Promise.all(processes.map((one) => one.kill()))
    await github.close()
    clock.remove()
    await rm(folder, { recursive: true })
    expect(github.contractErrors).toEqual([])
  })

  const environment = (role: Role = 'both') => ({
    ...(role === 'ingress' || role === 'bare'
      ? {}
      : { APP_ID: String(app.id), PRIVATE_KEY: app.privateKey, BACKFILL_WEEKS: '26' }),
    ...(role === 'worker' || role === 'bare' ? {} : { WEBHOOK_SECRET: app.webhookSecret ?? '' }),
    ...(role === 'both' || role === 'bare' ? {} : { ROLES: role }),
    ...(location.engine === 'postgres'
      ? { DATABASE_URL: location.url, DATABASE_CONNECTIONS: '6' }
      : { DATABASE_FILE: location.file }),
    GITHUB_API_URL: github.apiUrl,
  })

  async function settled(process: AppProcess): Promise<void> {
    const address = await process.listening
    const end = Date.now() + patience
    let calm = 0
    let told = -1
    while (calm < 2) {
      await github.hooks.settled()
      const metrics = await readMetrics(address)
      const busy =
        sumOf(metrics, 'what_shipped_inbox_deliveries{state="waiting"}') +
        [...metrics]
          .filter(([name]) => /^what_shipped_jobs\{.*state="running"/.test(name))
          .reduce((sum, [, value]) => sum + value, 0) +
        sumOf(metrics, 'what_shipped_job_lag_seconds')
      calm = busy === 0 && told === app.deliveries.length ? calm + 1 : 0
      told = app.deliveries.length
      if (Date.now() > end) {
        const waiting = [...metrics].filter(
          ([name, value]) => value > 0 && /^what_shipped_(jobs|inbox|job_lag)/.test(name),
        )
        const said = process.output().slice(-2_000)
        throw new Error(`the App does not come to rest: ${waiting.join(' ')}\n${said}`)
      }
      if (calm < 2) await delay(30)
    }
  }

  return {
    github,
    app,
    clock,
    location,
    folder,
    processes,
    environment,
    settled,
    start: (role = 'both', more = {}) => {
      const started = startAppProcess({
        directory: folder,
        environment: { ...environment(role), ...more },
        clock,
      })
      processes.push(started)
      if (role !== 'worker') {
        started.listening.then(
          (address) => {
            app.hookUrl = address + webhookPath
          },
          () => {},
        )
      }
      return started
    },
    pass: async (process, ...steps) => {
      await settled(process)
      for (const step of steps) {
        clock.pass(step)
        await settled(process)
      }
    },
    look: async (look) => {
      const store = await openStore(location, {
        now: clock.now,
        random: (size) => randomBytes(size),
      })
      try {
        return await look(store)
      } finally {
        await store.close()
      }
    },
  }
}

/** What follows a delivery: the check some seconds later, and what failed for a moment. */
export const soon = [15 * second, minute, 6 * minute]

async function newDatabase(
  engine: StoreLocation['engine'],
  folder: string,
): Promise<StoreLocation> {
  if (engine === 'postgres') return { engine, url: (await createDatabase()).url }
  await mkdir(join(folder, 'data'), { mode: 0o700 })
  return { engine, file: join(folder, 'data', 'what-shipped.sqlite') }
}
