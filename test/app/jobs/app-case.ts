import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { createGitHubClients } from '../../../src/app/github-clients.ts'
import { whatShipped } from '../../../src/app/index.ts'
import { dispatchDeliveries } from '../../../src/app/jobs/dispatch-deliveries.ts'
import type { Work } from '../../../src/app/jobs/job-context.ts'
import { jobKinds } from '../../../src/app/jobs/job-kinds.ts'
import { runNextJob } from '../../../src/app/jobs/run-job.ts'
import type { Log, LogFields } from '../../../src/app/log.ts'
import { indexRegistry, shippedRegistry } from '../../../src/provenance/index.ts'
import { openStore, type StoreLocation, SYSTEM_TENANT } from '../../../src/store/index.ts'
import { fakeGitHubForTest } from '../../support/fake-github/for-test.ts'
import {
  type Account,
  type App,
  anAccount,
  anApp,
  anInstallation,
  aRepositoryOf,
  type FakeGitHub,
  type FakeGitHubOptions,
  type Installation,
  type PullRequestHistory,
  type Repository,
} from '../../support/fake-github/index.ts'
import { renderRepository } from '../../support/fake-github/rest/render-repository.ts'
import { deliveriesOf, type RawDelivery } from '../../support/history/deliveries-of.ts'
import type { TestEngine } from '../../support/stores.ts'
import { ManualClock } from './manual-clock.ts'

/** Of an App under test, everything that a test looks at or turns. */
export interface AppCase {
  readonly github: FakeGitHub
  readonly app: App
  readonly installations: readonly Installation[]
  readonly clock: ManualClock
  readonly work: Work
  /** Events of the log, with their fields. */
  readonly lines: readonly ({ readonly event: string } & LogFields)[]
  /** How deliveries and jobs ended: `done`, `read-change done` … */
  readonly outcomes: readonly string[]
  /** Takes a delivery into the inbox, as the ingress does. */
  accept(delivery: RawDelivery, id?: string): Promise<string>
  /** Asks for a job. */
  want(tenantId: number, kind: string, subject?: string, payload?: string): Promise<void>
  /** Dispatches and works off until nothing is due. */
  settle(): Promise<void>
  /** Moves the clock, and settles whenever something comes due. */
  pass(milliseconds: number): Promise<void>
}

export interface AppCaseInit extends Pick<FakeGitHubOptions, 'form' | 'rateLimits'> {
  /** Repositories of one owner make one installation. */
  readonly repositories: readonly Repository[]
  /** Milliseconds since the epoch. */
  readonly now?: number
  /** Default: the embedded one. */
  readonly engine?: TestEngine
  readonly permissions?: Installation['permissions']
  /** Whether snapshots are made too, in threads that take a second to start. Default: their jobs do nothing. */
  readonly snapshots?: boolean
  /** Changes what the workers are given: a store that is killed at a call, for one. */
  readonly wrap?: (work: Work) => Work
}

export const owner: Account = anAccount('acme', { type: 'Organization' })
const beginning = Date.parse('2026-03-04T10:00:00Z')

/** The App without its server, over a real database and a fake GitHub, on a clock that stands still. */
export async function anAppCase(init: AppCaseInit): Promise<AppCase> {
  const clock = new ManualClock(init.now ?? beginning)
  const app = anApp()
  const owners = new Map(init.repositories.map((repository) => [repository.owner.id, repository]))
  const installations = [...owners.values()].map((repository) =>
    anInstallation(
      app,
      repository.owner,
      init.permissions === undefined ? {} : { permissions: init.permissions },
    ),
  )
  const github = await fakeGitHubForTest({
    repositories: [...init.repositories],
    apps: [app],
    installations: [...installations],
    now: () => clock.now,
    ...(init.form === undefined ? {} : { form: init.form }),
    rateLimits: init.rateLimits ?? null,
  })
  const location = await (init.engine ?? { location: aFile }).location()
  const store = await openStore(location, { now: () => clock.now, random: sameKeys })
  onTestFinished(() => store.close())
  const lines: ({ event: string } & LogFields)[] = []
  const outcomes: string[] = []
  const surroundings = {
    now: () => clock.now,
    sleep: clock.sleep,
    random: () => 0.5,
    randomBytes,
    fetch,
  }
  const clients = createGitHubClients({
    appId: app.id,
    privateKey: app.privateKey,
    apiUrl: github.apiUrl,
    webUrl: github.url,
    surroundings,
    metrics: { apiBudget: () => {} },
  })
  await clients.probot.load(whatShipped)
  const plain: Work = {
    store,
    location,
    github: clients,
    log: collectingLog(lines),
    metrics: {
      dispatched: (outcome) => outcomes.push(outcome),
      job: (kind, outcome) => {
        if (init.snapshots || kind !== 'build-snapshots') outcomes.push(`${kind} ${outcome}`)
      },
    },
    surroundings,
    settings: { backfillWeeks: 26, retentionDays: 400 },
    marks: indexRegistry(shippedRegistry()),
  }
  const work = init.wrap?.(plain) ?? plain
  const running = new AbortController().signal
  const nothing = { run: async () => {}, of: 'tenant' } as const
  const kinds = init.snapshots ? jobKinds : { ...jobKinds, 'build-snapshots': nothing }
  let count = 0

  async function settle(): Promise<void> {
    let busy: boolean
    do {
      busy = (await dispatchDeliveries(work)) > 0
      while (await runNextJob(work, kinds, running)) busy = true
    } while (busy)
  }

  return {
    github,
    app,
    installations,
    clock,
    work,
    lines,
    outcomes,
    settle,
    accept: async ({ event, payload }, id) => {
      count += 1
      const guid = id ?? `00000000-0000-0000-0000-${String(count).padStart(12, '0')}`
      await store.inbox.accept({
        id: guid,
        event,
        body: Buffer.from(JSON.stringify(payload)),
        tenantId: null,
        receivedAt: clock.now,
      })
      return guid
    },
    want: (tenantId, kind, subject = '', payload) =>
      store.jobs.enqueue([
        {
          tenantId,
          kind,
          subject,
          due: clock.now,
          priority: 0,
          ...(payload === undefined ? {} : { payload }),
        },
      ]),
    pass: async (milliseconds) => {
      const end = clock.now + milliseconds
      for (;;) {
        await settle()
        const due = (await store.jobs.nextDue()) ?? end + 1
        if (due > end) break
        if (due <= clock.now) throw new Error('a job is due and nobody takes it')
        clock.moveTo(due)
      }
      clock.moveTo(end)
      await settle()
    },
  }
}

/** Lets the App find its installations, and read all that there is. */
export async function install(app: AppCase): Promise<void> {
  await app.want(SYSTEM_TENANT, 'find-installations')
  await app.settle()
}

/** The deliveries of a history, as GitHub sends them to the App that is installed on the repository's owner. */
export function deliveriesTo(
  app: AppCase,
  repository: Repository,
  history: PullRequestHistory,
): RawDelivery[] {
  const installation = app.installations.find(({ account }) => account.id === repository.owner.id)
  return deliveriesOf(history).map(({ event, payload }) => ({
    event,
    payload: {
      ...Object(payload),
      repository: renderRepository(repository, app.github.urls),
      installation: { id: installation?.id },
    },
  }))
}

/** Makes a repository of the fake what it is after these histories. */
export function becomes(repository: Repository, histories: readonly PullRequestHistory[]): void {
  const labels = histories.flatMap(({ events }) =>
    events.flatMap((event) => ('label' in event ? [event.label] : [])),
  )
  const { id, name } = repository
  const after = aRepositoryOf(histories, [], { id, name, owner, labels: [...new Set(labels)] })
  repository.pullRequests = after.pullRequests
  repository.commits = after.commits
  repository.refs = after.refs
  repository.labels = after.labels
}

/** Keys of tenants, of 32 bytes, are the same in every case, so that the facts of two can be compared. */
function sameKeys(size: number): Uint8Array {
  return size === 32 ? new Uint8Array(size).fill(7) : randomBytes(size)
}

async function aFile(): Promise<StoreLocation> {
  const folder = await mkdtemp(join(tmpdir(), 'what-shipped-jobs-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  return { engine: 'sqlite', file: join(folder, 'store.sqlite') }
}

function collectingLog(lines: ({ event: string } & LogFields)[]): Log {
  const write = (event: string, fields: LogFields = {}) => {
    lines.push({ event, ...fields })
  }
  return { debug: write, info: write, warn: write, error: write }
}
