import { expect, test } from 'vitest'
import type { AppMeasures } from '../../src/app/measure-app.ts'
import { createMetrics } from '../../src/app/metrics.ts'

const now = 1_000_000

const busy: AppMeasures = {
  inbox: { waiting: 3, oldestReceivedAt: now - 4_000, dead: 1 },
  jobs: [
    { kind: 'read-change', waiting: 2, running: 1, dead: 0, oldestDue: now - 2_500 },
    { kind: 'backfill', waiting: 5, running: 0, dead: 4, oldestDue: now + 9_000 },
  ],
  tenants: { active: 2, suspended: 1, removed: 0 },
  oldestSnapshotAt: now - 60_000,
  missed: { refused: 4, unanswered: 0 },
  backfill: {
    repositories: { waiting: 3, reading: 1, read: 8 },
    pullRequestsRead: 1_200,
  },
}

/** The values of our own metrics, by name and labels. */
async function valuesOf(metrics: ReturnType<typeof createMetrics>): Promise<Map<string, number>> {
  const lines = (await metrics.text()).split('\n').filter((line) => line.startsWith('what_shipped'))
  return new Map(
    lines.map((line) => {
      const space = line.lastIndexOf(' ')
      return [line.slice('what_shipped_'.length, space), Number(line.slice(space + 1))]
    }),
  )
}

test('tells what waits in the store', async () => {
  const values = await valuesOf(
    createMetrics(
      async () => busy,
      () => now,
    ),
  )
  expect(Object.fromEntries(values)).toMatchObject({
    store_up: 1,
    'inbox_deliveries{state="waiting"}': 3,
    'inbox_deliveries{state="dead"}': 1,
    inbox_lag_seconds: 4,
    'jobs{kind="read-change",state="running"}': 1,
    'jobs{kind="backfill",state="dead"}': 4,
    job_lag_seconds: 2.5,
    'tenants{state="active"}': 2,
    snapshot_age_seconds: 60,
    'missed_deliveries{reason="refused"}': 4,
    'missed_deliveries{reason="unanswered"}': 0,
    'backfill_repositories{state="reading"}': 1,
    'backfill_repositories{state="read"}': 8,
    backfill_pull_requests_read: 1_200,
  })
})

test('tells nothing old: neither what no longer waits, nor anything while the store is down', async () => {
  const answers: (() => AppMeasures)[] = [
    () => busy,
    () => ({ ...busy, jobs: [], oldestSnapshotAt: null }),
    () => {
      throw new Error('down')
    },
    () => busy,
  ]
  const metrics = createMetrics(
    async () => answers.shift()?.() ?? busy,
    () => now,
  )
  expect((await valuesOf(metrics)).has('jobs{kind="backfill",state="dead"}')).toBe(true)
  const later = await valuesOf(metrics)
  expect(later.has('jobs{kind="backfill",state="dead"}')).toBe(false)
  expect(later.has('snapshot_age_seconds')).toBe(false)
  const during = await valuesOf(metrics)
  expect(during.get('store_up')).toBe(0)
  expect(during.has('inbox_lag_seconds')).toBe(false)
  expect(during.has('backfill_pull_requests_read')).toBe(false)
  expect((await valuesOf(metrics)).get('inbox_lag_seconds')).toBe(4)
})

test('counts what happens in the process', async () => {
  const metrics = createMetrics(
    async () => busy,
    () => now,
  )
  metrics.delivery('stored')
  metrics.delivery('stored')
  metrics.acknowledged(20)
  metrics.oldSecret()
  metrics.dispatched('buried')
  metrics.job('read-change', 'retried', 1_500)
  expect(Object.fromEntries(await valuesOf(metrics))).toMatchObject({
    'deliveries_total{outcome="stored"}': 2,
    'deliveries_total{outcome="too-large"}': 0,
    'acknowledgement_seconds_bucket{le="0.025"}': 1,
    acknowledgement_seconds_sum: 0.02,
    old_secret_deliveries_total: 1,
    'dispatches_total{outcome="buried"}': 1,
    'job_runs_total{kind="read-change",outcome="retried"}': 1,
    'job_seconds_sum{kind="read-change"}': 1.5,
  })
})

test('of the budgets of the last hour the lowest is told, and no installation', async () => {
  let time = now
  const metrics = createMetrics(
    async () => busy,
    () => time,
  )
  expect((await valuesOf(metrics)).has('api_budget_remaining')).toBe(false)
  metrics.apiBudget(11, 4_000)
  metrics.apiBudget(12, 300)
  metrics.apiBudget(12, 900)
  expect((await valuesOf(metrics)).get('api_budget_remaining')).toBe(900)
  expect(await metrics.text()).not.toContain('installation="')
  time += 40 * 60_000
  metrics.apiBudget(11, 3_000)
  time += 40 * 60_000
  expect((await valuesOf(metrics)).get('api_budget_remaining')).toBe(3_000)
  time += 40 * 60_000
  expect((await valuesOf(metrics)).has('api_budget_remaining')).toBe(false)
})

test('no label tells a tenant, a repository or a person', async () => {
  const metrics = createMetrics(
    async () => busy,
    () => now,
  )
  metrics.job('read-change', 'done', 10)
  metrics.dispatched('done')
  metrics.apiBudget(11, 4_000)
  const labels = new Set(
    [...(await valuesOf(metrics)).keys()].flatMap((name) =>
      [...name.matchAll(/(\w+)="/g)].map(([, label]) => label),
    ),
  )
  expect([...labels].sort()).toEqual(['kind', 'le', 'outcome', 'reason', 'state'])
})
