import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, expect, it, onTestFinished } from 'vitest'
import { buildSnapshots } from '../../../src/app/jobs/build-snapshots.ts'
import { keepRecords } from '../../../src/app/jobs/keep-records.ts'
import { runNextJob } from '../../../src/app/jobs/run-job.ts'
import { tableFromRecords } from '../../../src/comparison/index.ts'
import {
  type DeliveryRecord,
  formatRecord,
  type SyntheticInit,
  syntheticOrganisation,
} from '../../../src/delivery/index.ts'
import { indexRegistry, shippedRegistry } from '../../../src/provenance/index.ts'
import { loadReports } from '../../../src/report/index.ts'
import { anAccount, aRepository } from '../../support/fake-github/index.ts'
import { runInProcess } from '../../support/run-in-process.ts'
import { describeStores, type TestEngine } from '../../support/stores.ts'
import { anAppCase } from '../jobs/app-case.ts'

const marks = indexRegistry(shippedRegistry())
const running = new AbortController().signal
const week = 7 * 24 * 60 * 60_000
const monday = Date.parse('2026-06-22T00:00:00Z')
const organisation: SyntheticInit = {
  seed: 5,
  asOf: '2026-06-29T00:00:00Z',
  people: 24,
  repositories: 2,
  changesPerWeek: 60,
  weeks: 18,
}

let all: DeliveryRecord[] = []
beforeAll(() => {
  all = [...syntheticOrganisation(organisation)]
})

/** What had happened by a Monday, as it was read then. */
function knownAt(time: number): DeliveryRecord[] {
  return [...syntheticOrganisation({ ...organisation, asOf: new Date(time).toISOString() })]
}

function nameOf(records: readonly DeliveryRecord[]): string {
  const name = records[0]?.repository.name?.split('/')[0]
  if (name === undefined) throw new Error('the organisation has no name')
  return name
}

async function aCase(engine: TestEngine, records: readonly DeliveryRecord[]) {
  const owner = anAccount(nameOf(records), { type: 'Organization' })
  const app = await anAppCase({
    repositories: [aRepository({ owner, pullRequests: [] })],
    now: monday + 2 * 60 * 60_000,
    engine,
    snapshots: true,
  })
  const { store } = app.work
  await store.tenants.upsert({
    id: owner.id,
    login: owner.login,
    kind: 'Organization',
    installationId: 1,
    permissions: {},
    state: 'active',
  })
  const one = { app, tenantId: owner.id }
  await keep(one, records)
  return one
}

type Case = Awaited<ReturnType<typeof aCase>>

/** Keeps the records, as if a backfill had just read them. */
async function keep({ app, tenantId }: Case, records: readonly DeliveryRecord[]): Promise<void> {
  const { now } = app.clock
  await app.work.store.tenant(tenantId).write(null, async (facts) => {
    for (const { repository } of records) {
      if (repository.id === null || repository.name === null) throw new Error('a nameless record')
      if ((await facts.repositories.get(repository.id))?.watermark === now) continue
      const { id, name } = repository
      const common = { visibility: 'private', defaultBranch: 'main', archived: false } as const
      await facts.repositories.upsert({ id, name, ...common })
      await facts.repositories.setReading(id, { backfilledAt: now, watermark: now })
    }
    await keepRecords(facts, records, { marks, now })
  })
}

async function build({ app, tenantId }: Case): Promise<void> {
  await app.want(tenantId, 'build-snapshots')
  await runNextJob(app.work, { 'build-snapshots': { run: buildSnapshots, of: 'tenant' } }, running)
  expect(app.outcomes.at(-1)).toBe('build-snapshots done')
}

async function snapshots({ app, tenantId }: Case) {
  return app.work.store.tenant(tenantId).read(async ({ snapshots: kept, repositories }) => {
    const scopes = [
      { scope: 'organisation', id: 0 } as const,
      ...(await repositories.list()).map(({ id }) => ({ scope: 'repository', id }) as const),
    ]
    const found = []
    for (const { scope, id } of scopes) {
      for (const { asOf } of await kept.list(scope, id)) {
        const snapshot = await kept.at(scope, id, asOf)
        if (snapshot !== undefined) found.push(snapshot)
      }
    }
    return found
  })
}

/** What the command says of these records. */
async function reported(records: readonly DeliveryRecord[], asOf: number): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'what-shipped-snapshots-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const file = join(folder, 'records.ndjson')
  await writeFile(file, records.map((record) => `${formatRecord(record)}\n`).join(''))
  const day = new Date(asOf).toISOString().slice(0, 10)
  const { status, stdout, stderr } = await runInProcess(
    ['report', file, '--as-of', day, '--format', 'json'],
    { environment: { XDG_CACHE_HOME: folder, HOME: folder } },
  )
  expect(status, stderr).toBe(0)
  return stdout
}

describeStores('snapshots', (engine) => {
  it('are the reports that the command makes of the same records, byte for byte', async () => {
    const records = knownAt(monday)
    const one = await aCase(engine, records)
    await build(one)
    const made = await snapshots(one)
    expect(made.length).toBe(3)
    const ids = [...new Set(records.map(({ repository }) => repository.id))].sort()
    const table = tableFromRecords(records, { marks, asOf: monday })
    const { buildReport, renderJson } = await loadReports()
    for (const { scope, repositoryId, repositories, report } of made) {
      expect(repositories).toEqual(scope === 'organisation' ? ids : [])
      if (scope === 'organisation') {
        expect(report).toBe(await reported(records, monday))
        continue
      }
      const name = records.find(({ repository }) => repository.id === repositoryId)?.repository.name
      if (name == null) throw new Error('a repository has no name')
      // What the command hides of one repository beside the whole is hidden here.
      const repository = table.repositories.indexOf(name)
      const own = { kind: 'repository', name, repository, synthetic: false } as const
      expect(report).toBe(
        renderJson(buildReport({ table, asOf: monday, askedFor: monday, scope: own })),
      )
    }
  }, 60_000)

  it('of a single repository are the same report twice, of the repository and of its organisation', async () => {
    const [{ repository } = { repository: { id: 0 } }] = all
    const records = knownAt(monday).filter((one) => one.repository.id === repository.id)
    const one = await aCase(engine, records)
    await build(one)
    const made = await snapshots(one)
    expect(made.map(({ scope }) => scope)).toEqual(['organisation', 'repository'])
    expect(made[1]?.report).toBe(await reported(records, monday))
    const parts = made.map(({ report }) => ({ ...JSON.parse(report), scope: null }))
    expect(parts[0].cohorts).toEqual(parts[1].cohorts)
    expect(parts[0].cohorts.assisted).not.toBeNull()
  }, 60_000)

  it('never change, and there is one of each week at most', async () => {
    const one = await aCase(engine, knownAt(monday))
    await build(one)
    const before = await snapshots(one)
    // What is read late waits for the next week.
    await keep(one, all)
    await build(one)
    expect(await snapshots(one)).toEqual(before)
    // By then no window reaches back: the next ones are made whoever moved.
    one.app.clock.move(26 * week)
    await keep(one, all)
    await build(one)
    const after = await snapshots(one)
    expect(after).toEqual(expect.arrayContaining(before))
    const keys = after.map(({ repositoryId, asOf }) => `${repositoryId} ${asOf}`)
    expect(new Set(keys).size).toBe(keys.length)
    expect(after.every(({ asOf }) => new Date(asOf).getUTCDay() === 1)).toBe(true)
    expect(after.length).toBeGreaterThan(before.length)
  }, 60_000)

  it('wait until every repository was read beyond their Monday, for six days at most', async () => {
    const one = await aCase(engine, knownAt(monday))
    const { app, tenantId } = one
    const tenant = app.work.store.tenant(tenantId)
    const [first] = await tenant.read(({ repositories }) => repositories.list())
    await tenant.write(null, ({ repositories }) =>
      repositories.setReading(first?.id ?? 0, { watermark: monday - 1 }),
    )
    await build(one)
    expect(await snapshots(one)).toEqual([])
    const { jobs } = app.work.store
    const reconcile = await jobs.claim({ lease: 1, kinds: ['reconcile-repository'] })
    expect(reconcile?.subject).toBe(String(first?.id))
    app.clock.moveTo(monday + 6 * 24 * 60 * 60_000)
    await build(one)
    expect((await snapshots(one)).length).toBeGreaterThan(0)
  }, 60_000)
})
