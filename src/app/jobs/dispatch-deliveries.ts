import { createHash } from 'node:crypto'
import type { Probot } from 'probot'
import { type ClaimedDelivery, type NewJob, type Store, SYSTEM_TENANT } from '../../store/index.ts'
import type { DispatchOutcome } from '../metrics.ts'
import { accessEvents } from './access-events.ts'
import { backOff } from './back-off.ts'
import { collectJobs, type WantedJob } from './collected-jobs.ts'
import { type Address, readAddress } from './delivered-payloads.ts'
import { failureText } from './failure-text.ts'
import { findAddressee } from './find-addressee.ts'
import type { Work } from './job-context.ts'
import { tuning } from './tuning.ts'

/**
 * Turns the deliveries that wait into jobs. One that is no JSON becomes a dead letter; one that is not of its event's shape, or
 * nobody's, is done. Whatever is wrong with one, the next ones go on.
 *
 * One that kills its worker is buried unread in the end. Those claimed together with it were claimed as often, so that of all that
 * come too often only the first is: they are worked off in the order in which they are claimed, and those before it got through.
 *
 * @returns how many there were
 */
export async function dispatchDeliveries(work: Work): Promise<number> {
  const { inbox } = work.store
  const claimed = await inbox.claim({ limit: tuning.deliveriesAtOnce, lease: tuning.lease })
  const deadly = claimed.find(({ tries }) => tries > tuning.maximumTries)
  for (const delivery of claimed) {
    const outcome = await (delivery === deadly ? bury : dispatch)(delivery, work)
    work.metrics.dispatched(outcome)
  }
  return claimed.length
}

/** Its last claims neither ended nor gave it back. */
async function bury(delivery: ClaimedDelivery, { store, log }: Work): Promise<DispatchOutcome> {
  log.error('delivery-dead', { delivery: delivery.id, tries: delivery.tries })
  return heldOr('buried', await store.inbox.bury(delivery, 'every try ended without a word'))
}

async function dispatch(delivery: ClaimedDelivery, work: Work): Promise<DispatchOutcome> {
  const { store, log, surroundings } = work
  const payload = parseBody(delivery.body)
  if (payload === undefined) {
    log.warn('delivery-unreadable', { delivery: delivery.id })
    return heldOr('buried', await store.inbox.bury(delivery, 'the body is no JSON object'))
  }
  try {
    const { jobs, isOurs } = await jobsOf(delivery, payload, work)
    return heldOr(isOurs ? 'done' : 'ignored', await store.inbox.finish(delivery, jobs))
  } catch (error) {
    // Handlers run side by side, and Probot puts their errors together.
    const cause = error instanceof AggregateError ? error.errors[0] : error
    log.warn('delivery-failed', { delivery: delivery.id, tries: delivery.tries, error: cause })
    const text = failureText(cause)
    if (delivery.tries >= tuning.maximumTries) {
      return heldOr('buried', await store.inbox.bury(delivery, text))
    }
    const at = surroundings.now() + backOff(delivery.tries, surroundings.random())
    return heldOr('retried', await store.inbox.retry(delivery, at, text))
  }
}

interface DeliveredJobs {
  readonly jobs: readonly NewJob[]
  /** False: it has no use for us, but for what has to be looked up. */
  readonly isOurs: boolean
}

async function jobsOf(
  { id, event, body, receivedAt }: ClaimedDelivery,
  payload: object,
  { store, github, log, surroundings }: Work,
): Promise<DeliveredJobs> {
  const address = readAddress(event, payload)
  if (address === undefined) {
    log.info('delivery-ignored', { delivery: id, reason: 'shape' })
    return { jobs: [], isOurs: false }
  }
  if (accessEvents.has(event)) await askAnew(store, address)
  const addressee = await findAddressee(store, event, address)
  const due = surroundings.now()
  if (addressee.tenantId === null) {
    log.info('delivery-ignored', { delivery: id, reason: 'addressee' })
    return { jobs: addressee.jobs.map((job) => ({ ...job, due })), isOurs: false }
  }
  const { tenantId } = addressee
  const bodyHash = createHash('sha256').update(body).digest('hex')
  const wanted = await collectJobs({ receivedAt, bodyHash }, () =>
    // What the handlers use of it was checked; the name is of an event that has a schema.
    github.probot.receive({ id, name: event, payload } as Parameters<Probot['receive']>[0]),
  )
  const jobs = wanted.map((job) => toJob(job, tenantId, job.after === undefined ? receivedAt : due))
  return { jobs, isOurs: true }
}

/** At once, and not by a job: those of a tenant run one after the other. */
async function askAnew({ tenants }: Store, { installationId }: Address): Promise<void> {
  const tenant = installationId === null ? undefined : await tenants.byInstallation(installationId)
  if (tenant !== undefined) await tenants.accessChanged(tenant.id)
}

function toJob(
  { kind, subject, payload, payloadAt, ofApp = false, after = 0 }: WantedJob,
  tenantId: number,
  from: number,
): NewJob {
  return {
    tenantId: ofApp ? SYSTEM_TENANT : tenantId,
    kind,
    subject,
    priority: 0,
    due: from + after,
    ...(payload === undefined ? {} : { payload }),
    ...(payloadAt === undefined ? {} : { payloadAt }),
  }
}

function heldOr(outcome: DispatchOutcome, held: boolean): DispatchOutcome {
  return held ? outcome : 'lost'
}

/** Undefined: no JSON object, or no text at all. */
function parseBody(body: Uint8Array): object | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined
  } catch {
    // There is nothing more to know of it: it is kept as a dead letter, byte for byte.
    return undefined
  }
}
