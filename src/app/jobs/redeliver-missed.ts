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

/** Of the App's own settings. */
const StateSchema = z.object({
  /** Up to when its log of deliveries has been looked through, milliseconds since the epoch. */
  redeliveredUntil: z.number().optional(),
  /** How often what did not come in was asked for, by guid: as long as the log tells of it where it is looked through. */
  asked: z.record(z.string(), z.int()).default({}),
})
type Asked = Readonly<Record<string, number>>

/** What we answered for good: the same body would be answered so again. */
const finalStatuses = new Set([400, 413])
/** What we refused as we are set up: with another secret, say, it is taken. */
const refusedStatuses = new Set([401, 415])

/** A delivery that did not come in, by its newest attempt. */
interface Missed extends Pick<AppDelivery, 'id' | 'guid' | 'statusCode' | 'deliveredAt'> {
  /** How often it was asked for. */
  readonly times: number
}

/**
 * Asks GitHub to deliver again what it could not deliver, and what was lost between it and us. The log is looked through from
 * now back to where the last look began. A delivery that is in the inbox is never asked for, and none twice in one look or more
 * than three times in all; a look that is cut short begins anew, and skips what has come in by then. Where there is more to ask for
 * than one look may, the next one goes back as far.
 */
export async function redeliverMissed(job: ClaimedJob, context: JobContext): Promise<void> {
  const { store, log, surroundings, next } = context
  const began = surroundings.now()
  const system = store.tenant(SYSTEM_TENANT)
  const state = readState(await system.read(({ settings }) => settings.get()))
  const since = (state.redeliveredUntil ?? began - tuning.logKept) - tuning.overlap
  const missed = await findMissed(since, state.asked, context)
  const wanted = missed.filter((one) => mayBeAskedFor(one, began))
  // What was asked for least comes first.
  const first = wanted
    .toSorted((one, other) => one.times - other.times)
    .slice(0, tuning.redeliveriesAtOnce)
  const count = await ask(first, context)
  if (count > 0) log.info('deliveries-asked-for', { count })
  const now = new Set(first)
  const asked = Object.fromEntries(
    missed.map((one) => [one.guid, one.times + (now.has(one) ? 1 : 0)]),
  )
  const isThrough = first.length === wanted.length
  await system.write(job, ({ settings }) =>
    settings.put(
      JSON.stringify({ ...state, asked, ...(isThrough ? { redeliveredUntil: began } : {}) }),
    ),
  )
  next({
    tenantId: SYSTEM_TENANT,
    kind: job.kind,
    subject: job.subject,
    due: surroundings.now() + tuning.redeliverEvery,
    priority: 1,
  })
}

/** What of the log since a time did not come in. */
async function findMissed(
  since: number,
  asked: Asked,
  { store, github, signal }: JobContext,
): Promise<Missed[]> {
  const api = await github.appApi()
  /** The newest attempt of each comes first, and is the one that counts. */
  const newest = new Map<string, AppDelivery>()
  const repeated = new Map<string, number>()
  let from: { readonly cursor?: string } | null = {}
  while (from !== null) {
    signal.throwIfAborted()
    const page: AppDeliveries = await listAppDeliveries(api, from)
    for (const delivery of page.deliveries) {
      const { guid, deliveredAt, redelivery } = delivery
      if (deliveredAt < since) continue
      if (!newest.has(guid)) newest.set(guid, delivery)
      if (redelivery) repeated.set(guid, (repeated.get(guid) ?? 0) + 1)
    }
    const goesOn = page.deliveries.every(({ deliveredAt }) => deliveredAt >= since)
    from = goesOn && page.cursor !== null ? { cursor: page.cursor } : null
  }
  const failed = [...newest.values()].filter(isFailed)
  const known = await store.inbox.known(failed.map(({ guid }) => guid))
  return failed
    .filter(({ guid }) => !known.has(guid))
    .map(({ id, guid, statusCode, deliveredAt }) => {
      // The log also tells of what was asked for by a look that was cut short.
      const times = Math.max(asked[guid] ?? 0, repeated.get(guid) ?? 0)
      return { id, guid, statusCode, deliveredAt, times }
    })
}

function isFailed({ statusCode }: AppDelivery): boolean {
  return (statusCode < 200 || statusCode >= 300) && !finalStatuses.has(statusCode)
}

function mayBeAskedFor({ statusCode, deliveredAt, times }: Missed, now: number): boolean {
  if (times >= tuning.redeliveriesOfOne) return false
  return times === 0 || !refusedStatuses.has(statusCode) || now - deliveredAt >= tuning.refusedAgain
}

/** @returns how many GitHub will send again */
async function ask(missed: readonly Missed[], { github, signal }: JobContext): Promise<number> {
  const api = await github.appApi()
  let count = 0
  for (const { id } of missed) {
    signal.throwIfAborted()
    if ((await redeliver(api, id)) === 'asked') count += 1
  }
  return count
}

function readState(text: string | undefined): z.infer<typeof StateSchema> {
  return StateSchema.parse(text === undefined ? {} : JSON.parse(text))
}
