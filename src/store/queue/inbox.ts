import { sql } from 'kysely'
import type { Claim, DeadDelivery, Inbox, NewDelivery } from '../contract/inbox.ts'
import type { Engine, Queries } from '../engine/engine.ts'
import type { Database } from '../schema/database.ts'
import { StoreError } from '../store-error.ts'
import { AcceptLine } from './accept-line.ts'
import { checkTime } from './check-time.ts'
import { claimDeliveries } from './claim-deliveries.ts'
import { enqueueAll } from './enqueue.ts'
import { shortened } from './shortened.ts'

const queue = { queue: true } as const
/** GitHub's ids have 36 characters and its events up to 40. */
const longestName = 100
/** Ids that are asked for in one query. */
const mostIds = 500

/** @param now milliseconds since the epoch */
export function createInbox(engine: Engine, now: () => number): Inbox {
  const line = new AcceptLine(engine)
  return {
    accept: async (delivery) => {
      checkNames(delivery)
      return await line.accept(delivery)
    },
    claim: (options) =>
      engine.write(queue, (queries) =>
        claimDeliveries(engine, queries, { now: now(), ...options }),
      ),
    finish: (claim, jobs) =>
      engine.write(queue, async (queries) => {
        const isHeld = await settle(queries, claim, { state: 'done', error: null })
        if (isHeld) await enqueueAll(queries, jobs, now())
        return isHeld
      }),
    retry: (claim, due, error) =>
      engine.write(queue, (queries) => {
        checkTime(due)
        return settle(queries, claim, { due, error: shortened(error) })
      }),
    bury: (claim, error) =>
      engine.write(queue, (queries) =>
        settle(queries, claim, { state: 'dead', error: shortened(error) }),
      ),
    dead: (limit) => engine.read(queue, (queries) => dead(queries, limit)),
    replay: (id) =>
      engine.write(queue, async (queries) => {
        const { numUpdatedRows } = await queries
          .updateTable('inbox')
          .set({ state: 'waiting', due: now(), tries: 0, error: null })
          .where('deliveryId', '=', id)
          .where('state', '=', 'dead')
          .executeTakeFirst()
        return numUpdatedRows === 1n
      }),
    known: (ids) => engine.read(queue, (queries) => known(queries, ids)),
  }
}

function checkNames({ id, event }: NewDelivery): void {
  for (const name of [id, event]) {
    if (name === '' || name.length > longestName || name.includes('\0')) {
      throw new StoreError(
        `a delivery needs an id and an event of 1 to ${longestName} characters without NUL`,
      )
    }
  }
}

/** Ends a lease, where it is still held. */
async function settle(
  queries: Queries,
  { id, token }: Claim,
  change: Partial<Pick<Database['inbox'], 'state' | 'due' | 'error'>>,
): Promise<boolean> {
  const { numUpdatedRows } = await queries
    .updateTable('inbox')
    .set({ ...change, leaseUntil: 0 })
    .where('deliveryId', '=', id)
    .where('token', '=', token)
    .where('state', '=', 'waiting')
    .where('leaseUntil', '>', 0)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

async function dead(queries: Queries, limit: number): Promise<DeadDelivery[]> {
  const rows = await queries
    .selectFrom('inbox')
    .select(['deliveryId as id', 'event', 'tenantId', 'receivedAt', 'tries', 'error'])
    .where('state', '=', sql.lit('dead'))
    .orderBy('receivedAt', 'desc')
    .orderBy('deliveryId')
    .limit(limit)
    .execute()
  return rows.map((row) => ({ ...row, error: row.error ?? '' }))
}

async function known(queries: Queries, ids: readonly string[]): Promise<Set<string>> {
  const found = new Set<string>()
  for (let start = 0; start < ids.length; start += mostIds) {
    const rows = await queries
      .selectFrom('inbox')
      .select('deliveryId')
      .where('deliveryId', 'in', ids.slice(start, start + mostIds))
      .execute()
    for (const { deliveryId } of rows) found.add(deliveryId)
  }
  return found
}
