import * as z from 'zod'
import {
  type AppDeliveries,
  type AppDelivery,
  listAppDeliveries,
  redeliver,
} from '../../github/index.ts'
import { type ClaimedJob, SYSTEM_TENANT } from '../../store/index.ts'
import type { JobContext } from './job-context.ts'
import { tuning } from './tuning.ts'

/** Of the App's own settings: up to when its log of deliveries has been looked through, milliseconds since the epoch. */
const StateSchema = z.object({ redeliveredUntil: z.number().optional() })

/** What we answered for good: the same body would be answered so again. */
const finalStatuses = new Set([400, 413])

/**
 * Asks GitHub to deliver again what it could not deliver, and what was lost between it and us. The log is looked through from
 * now back to where the last look began. A delivery that is in the inbox is never asked for, and none twice in one look; a look
 * that is cut short begins anew, and skips what has come in by then.
 */
export async function redeliverMissed(job: ClaimedJob, context: JobContext): Promise<void> {
  const { store, log, surroundings, next } = context
  const began = surroundings.now()
  const system = store.tenant(SYSTEM_TENANT)
  const state = readState(await system.read(({ settings }) => settings.get()))
  const since = (state.redeliveredUntil ?? began - tuning.logKept) - tuning.overlap
  const asked = await askForMissed(since, context)
  if (asked > 0) log.info('deliveries-asked-for', { count: asked })
  await system.write(job, ({ settings }) =>
    settings.put(JSON.stringify({ ...state, redeliveredUntil: began })),
  )
  next({
    tenantId: SYSTEM_TENANT,
    kind: job.kind,
    subject: job.subject,
    due: surroundings.now() + tuning.redeliverEvery,
    priority: 1,
  })
}

async function askForMissed(since: number, { store, github, signal }: JobContext): Promise<number> {
  const api = await github.appApi()
  /** Looked at already: the newest attempt of each comes first, and is the one that counts. */
  const seen = new Set<string>()
  let asked = 0
  let from: { readonly cursor?: string } | null = {}
  while (from !== null) {
    signal.throwIfAborted()
    const page: AppDeliveries = await listAppDeliveries(api, from)
    const missed = page.deliveries.filter(
      (delivery) => delivery.deliveredAt >= since && isFirst(delivery, seen) && isMissed(delivery),
    )
    const known = await store.inbox.known(missed.map(({ guid }) => guid))
    for (const { id, guid } of missed) {
      signal.throwIfAborted()
      if (!known.has(guid) && (await redeliver(api, id)) === 'asked') asked += 1
    }
    const goesOn = page.deliveries.every(({ deliveredAt }) => deliveredAt >= since)
    from = goesOn && page.cursor !== null ? { cursor: page.cursor } : null
  }
  return asked
}

function isFirst({ guid }: AppDelivery, seen: Set<string>): boolean {
  if (seen.has(guid)) return false
  seen.add(guid)
  return true
}

function isMissed({ statusCode }: AppDelivery): boolean {
  return (statusCode < 200 || statusCode >= 300) && !finalStatuses.has(statusCode)
}

function readState(text: string | undefined): z.infer<typeof StateSchema> {
  return StateSchema.parse(text === undefined ? {} : JSON.parse(text))
}
