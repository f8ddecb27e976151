import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { AppMeasures } from './measure-app.ts'

/** What became of a request to the webhook. `stored` and `known` were kept, `ignored` was of no use to us: answered with 202. */
export const deliveryOutcomes = [
  'stored',
  'known',
  'ignored',
  'unsigned',
  'malformed',
  'too-large',
  'too-slow',
  'aborted',
  'unsupported',
  'no-room',
  'store-full',
  'store-unavailable',
] as const
export type DeliveryOutcome = (typeof deliveryOutcomes)[number]

/** What became of a kept delivery once its handler had it. */
export type DispatchOutcome = 'done' | 'ignored' | 'retried' | 'buried' | 'lost'

/** What became of a job: `rescheduled` for a limit of GitHub's or until it is within reach again, `lost` where its lease ran out. */
export type JobOutcome = 'done' | 'retried' | 'rescheduled' | 'released' | 'buried' | 'lost'

/** What the process counts. No metric has a label for a tenant, a repository or a person. */
export interface Metrics {
  delivery(outcome: DeliveryOutcome): void
  /** From the first line of a request to its 202. */
  acknowledged(milliseconds: number): void
  /** A delivery was signed with the secret that is on its way out. */
  oldSecret(): void
  dispatched(outcome: DispatchOutcome): void
  job(kind: string, outcome: JobOutcome, milliseconds: number): void
  /** What GitHub says is left of an installation's budget; the lowest over all of them is told. */
  apiBudget(installationId: number, remaining: number): void
  /** Everything in Prometheus' text format, with what waits in the store at this moment. */
  text(): Promise<string>
}

/** GitHub gives out budgets by the hour: what was left of an older one says nothing, milliseconds. */
const budgetKept = 60 * 60 * 1_000

/** @param measure how much waits; while the store does not answer, `what_shipped_store_up` is 0 and the rest is left out */
export function createMetrics(measure: () => Promise<AppMeasures>, now: () => number): Metrics {
  const registry = new Registry()
  const registers = [registry]
  // Memory, processor time and delays of the process, under the names that every Node process gives them.
  collectDefaultMetrics({ register: registry })
  const counter = <Label extends string>(name: string, help: string, labelNames: Label[] = []) =>
    new Counter({ name: `what_shipped_${name}`, help, labelNames, registers })
  const deliveries = counter(
    'deliveries_total',
    'Requests to the webhook, by what became of them.',
    ['outcome'],
  )
  // From the start, so that a rate can be told from the first one.
  for (const outcome of deliveryOutcomes) deliveries.inc({ outcome }, 0)
  const acknowledgements = new Histogram({
    name: 'what_shipped_acknowledgement_seconds',
    help: 'From the first line of a delivery to its 202, after the commit.',
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  })
  const oldSecrets = counter(
    'old_secret_deliveries_total',
    'Deliveries signed with the old secret.',
  )
  const dispatches = counter('dispatches_total', 'Kept deliveries, by what became of them.', [
    'outcome',
  ])
  const jobs = counter('job_runs_total', 'Runs of jobs, by kind and how they ended.', [
    'kind',
    'outcome',
  ])
  const jobSeconds = new Histogram({
    name: 'what_shipped_job_seconds',
    help: 'How long runs of jobs took.',
    labelNames: ['kind'],
    buckets: [0.1, 0.5, 1, 5, 15, 60, 300, 900],
    registers,
  })
  const stored = storeGauges(registry)
  const budget = new Gauge({
    name: 'what_shipped_api_budget_remaining',
    help: 'Calls left to the installation that has the fewest, of those of the last hour; absent without any.',
    registers,
  })
  const remaining = new Map<number, { readonly left: number; readonly at: number }>()
  return {
    delivery: (outcome) => deliveries.inc({ outcome }),
    acknowledged: (milliseconds) => acknowledgements.observe(milliseconds / 1000),
    oldSecret: () => oldSecrets.inc(),
    dispatched: (outcome) => dispatches.inc({ outcome }),
    job: (kind, outcome, milliseconds) => {
      jobs.inc({ kind, outcome })
      jobSeconds.observe({ kind }, milliseconds / 1000)
    },
    apiBudget: (installationId, left) => {
      remaining.set(installationId, { left, at: now() })
    },
    text: async () => {
      for (const [id, { at }] of remaining) if (now() - at > budgetKept) remaining.delete(id)
      const lefts = [...remaining.values()].map(({ left }) => left)
      if (lefts.length === 0) budget.remove()
      else budget.set(Math.min(...lefts))
      stored.set(await measured(measure), now())
      return registry.metrics()
    },
  }
}

/** Undefined while the store cannot be asked: that is told by a metric of its own, and by `/readyz`. */
async function measured(measure: () => Promise<AppMeasures>): Promise<AppMeasures | undefined> {
  try {
    return await measure()
  } catch {
    return undefined
  }
}

function storeGauges(registry: Registry) {
  const gauge = (name: string, help: string, labelNames: string[] = []) =>
    new Gauge({ name: `what_shipped_${name}`, help, labelNames, registers: [registry] })
  const up = gauge('store_up', 'Whether the database answers.')
  const inbox = gauge('inbox_deliveries', 'Kept deliveries, by state.', ['state'])
  const lag = gauge('inbox_lag_seconds', 'Age of the oldest delivery that waits.')
  const jobs = gauge('jobs', 'Jobs, by kind and state.', ['kind', 'state'])
  const overdue = gauge('job_lag_seconds', 'How long the longest waiting job is overdue.')
  const tenants = gauge('tenants', 'Accounts that installed the App, by state.', ['state'])
  const snapshot = gauge(
    'snapshot_age_seconds',
    'Since the newest snapshot of the active account that has waited longest; absent without one.',
  )
  const repositories = gauge(
    'backfill_repositories',
    'Repositories of the accounts that are being read, by state; 0 once all are.',
    ['state'],
  )
  const missed = gauge(
    'missed_deliveries',
    'Deliveries that did not come in and are asked for again: refused as this server is set up, or without an answer.',
    ['reason'],
  )
  const pullRequests = gauge('backfill_pull_requests_read', 'Pull requests read in these.')
  const all = [inbox, lag, jobs, overdue, tenants, snapshot, missed, repositories, pullRequests]
  return {
    set: (measures: AppMeasures | undefined, now: number) => {
      for (const one of all) one.reset()
      up.set(measures === undefined ? 0 : 1)
      if (measures === undefined) {
        for (const one of [lag, overdue, snapshot, pullRequests]) one.remove()
        return
      }
      const since = (time: number | null) => (time === null ? 0 : Math.max(0, now - time) / 1000)
      inbox.set({ state: 'waiting' }, measures.inbox.waiting)
      inbox.set({ state: 'dead' }, measures.inbox.dead)
      lag.set(since(measures.inbox.oldestReceivedAt))
      for (const { kind, waiting, running, dead } of measures.jobs) {
        jobs.set({ kind, state: 'waiting' }, waiting)
        jobs.set({ kind, state: 'running' }, running)
        jobs.set({ kind, state: 'dead' }, dead)
      }
      overdue.set(Math.max(0, ...measures.jobs.map(({ oldestDue }) => since(oldestDue))))
      for (const [state, count] of Object.entries(measures.tenants)) tenants.set({ state }, count)
      const { backfill } = measures
      for (const [state, count] of Object.entries(backfill.repositories)) {
        repositories.set({ state }, count)
      }
      pullRequests.set(backfill.pullRequestsRead)
      for (const [reason, count] of Object.entries(measures.missed)) missed.set({ reason }, count)
      if (measures.oldestSnapshotAt === null) snapshot.remove()
      else snapshot.set(since(measures.oldestSnapshotAt))
    },
  }
}
