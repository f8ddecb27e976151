import {
  type AppDeliveries,
  type AppDelivery,
  listAppDeliveries,
  redeliver,
} from '../../github/index.ts'
import { type ClaimedJob, SYSTEM_TENANT } from '../../store/index.ts'
import type { JobContext } from './job-context.ts'
import { afterAsking, chooseMissed, mostNeeded } from './plan-redelivery.ts'
import {
  type Missed,
  type RedeliveryState,
  readRedeliveryState,
  type Way,
} from './redelivery-state.ts'
import { tuning } from './tuning.ts'

/** What we answered for good: the same body would be answered so again. */
const finalStatuses = new Set([400, 413])
/** What we refused as we are set up: with another secret, say, it is taken. */
const refusedStatuses = new Set([401, 415])

/**
 * Asks GitHub to deliver again what it could not deliver, and what was lost between it and us. The log is looked through from
 * now back to where the last look began; what did not come in is remembered until it has, or until GitHub's log forgets it. A delivery
 * that is in the inbox is never asked for. What is to be asked for is noted before: a look that is cut short asks for nothing twice.
 */
export async function redeliverMissed(job: ClaimedJob, context: JobContext): Promise<void> {
  const { store, log, surroundings, next } = context
  const began = surroundings.now()
  const system = store.tenant(SYSTEM_TENANT)
  const keep = (state: RedeliveryState) =>
    system.write(job, ({ settings }) => settings.put(JSON.stringify(state)))
  const before = readRedeliveryState(await system.read(({ settings }) => settings.get()))
  const state = await lookThrough(before, began, context)
  const chosen = chooseMissed(state, began)
  const asking = afterAsking(state, chosen, began)
  await keep(asking)
  if (state.way === 'refusing') {
    log.warn('deliveries-refused', { count: Object.keys(state.missed).length })
  }
  const gone = await ask(chosen, state, context)
  const left = Object.entries(asking.missed).filter(([guid]) => !gone.has(guid))
  if (gone.size > 0) await keep({ ...asking, missed: Object.fromEntries(left) })
  if (chosen.length > 0) log.info('deliveries-asked-for', { count: chosen.length - gone.size })
  next({
    tenantId: SYSTEM_TENANT,
    kind: job.kind,
    subject: job.subject,
    due: surroundings.now() + tuning.redeliverEvery,
    priority: 1,
  })
}

/** The state with what the log tells since the last look. */
async function lookThrough(
  before: RedeliveryState,
  now: number,
  context: JobContext,
): Promise<RedeliveryState> {
  const since = (before.redeliveredUntil ?? now - tuning.logKept) - tuning.overlap
  const attempts = await readLog(since, context)
  const way = attempts[0] === undefined ? before.way : wayOf(attempts[0])
  const missed = new Map(Object.entries(before.missed))
  /** The newest attempt of each counts. */
  const seen = new Set<string>()
  for (const attempt of attempts) {
    const { id, guid, event, deliveredAt } = attempt
    const known = missed.get(guid)
    if (!seen.has(guid)) {
      seen.add(guid)
      if (!isFailed(attempt)) missed.delete(guid)
      else
        missed.set(guid, { ...(known ?? { times: 0, next: now, since: deliveredAt }), id, event })
    } else if (known !== undefined) {
      missed.set(guid, { ...known, since: Math.min(known.since, deliveredAt) })
    }
  }
  const known = await context.store.inbox.known([...missed.keys()])
  const isOpened = way === 'open' && before.way !== 'open'
  const left = [...missed]
    .filter(([guid, one]) => !known.has(guid) && now - one.since <= tuning.logKept)
    .map(([guid, one]): [string, Missed] => [guid, isOpened ? { ...one, next: now } : one])
  return { ...before, redeliveredUntil: now, way, missed: mostNeeded(left) }
}

/** The attempts to deliver anything since a time, the newest first. */
async function readLog(since: number, { github, signal }: JobContext): Promise<AppDelivery[]> {
  const api = await github.appApi()
  const attempts: AppDelivery[] = []
  let from: { readonly cursor?: string } | null = {}
  while (from !== null) {
    signal.throwIfAborted()
    const page: AppDeliveries = await listAppDeliveries(api, from)
    const recent = page.deliveries.filter(({ deliveredAt }) => deliveredAt >= since)
    attempts.push(...recent)
    const goesOn = recent.length === page.deliveries.length
    from = goesOn && page.cursor !== null ? { cursor: page.cursor } : null
  }
  return attempts
}

function isFailed({ statusCode }: AppDelivery): boolean {
  return (statusCode < 200 || statusCode >= 300) && !finalStatuses.has(statusCode)
}

function wayOf(attempt: AppDelivery): Way {
  if (!isFailed(attempt)) return 'open'
  return refusedStatuses.has(attempt.statusCode) ? 'refusing' : 'silent'
}

/** @returns those of which GitHub's log knows no more */
async function ask(
  guids: readonly string[],
  { missed }: RedeliveryState,
  { github, signal }: JobContext,
): Promise<Set<string>> {
  const api = await github.appApi()
  const gone = new Set<string>()
  for (const guid of guids) {
    signal.throwIfAborted()
    const one = missed[guid]
    if (one !== undefined && (await redeliver(api, one.id)) === 'gone') gone.add(guid)
  }
  return gone
}
