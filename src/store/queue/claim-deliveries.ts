import { sql } from 'kysely'
import type { ClaimedDelivery } from '../contract/inbox.ts'
import type { Engine, Queries } from '../engine/engine.ts'
import { batchBytes } from './batch-bytes.ts'
import { findWaiting } from './find-waiting.ts'

interface ClaimOptions {
  readonly now: number
  readonly limit: number
  /** Milliseconds. */
  readonly lease: number
}

/** So many times the limit is looked at, since others may claim the first of them at the same moment. */
const lookAhead = 4

/** The oldest of every tenant, then the second of every tenant, and so on. Whoever else claims passes over those taken. */
export async function claimDeliveries(
  engine: Engine,
  queries: Queries,
  { now, limit, lease }: ClaimOptions,
): Promise<ClaimedDelivery[]> {
  const waiting = await findWaiting(queries, { now, limit, most: limit * lookAhead })
  let free: Waiting[] = []
  for (let start = 0; start < waiting.length && free.length === 0; start += limit) {
    free = await lockFree(engine, queries, waiting.slice(start, start + limit), now)
  }
  const taken = upToBytes(free)
  const ids = taken.map(({ id }) => id)
  if (ids.length === 0) return []
  await queries
    .updateTable('inbox')
    .set(({ eb }) => ({
      leaseUntil: now + lease,
      tries: eb('tries', '+', 1),
      token: eb('token', '+', 1),
    }))
    .where('deliveryId', 'in', ids)
    .execute()
  const bodies = await readBodies(queries, ids)
  return taken.flatMap(({ size: _, ...row }) => {
    const body = bodies.get(row.id)
    return body === undefined ? [] : [{ ...row, body, tries: row.tries + 1, token: row.token + 1 }]
  })
}

type Waiting = Omit<ClaimedDelivery, 'body'> & {
  /** Of its body, bytes. */
  readonly size: number
}

/** Those of them that nobody else is claiming, in the same order. */
async function lockFree(
  engine: Engine,
  queries: Queries,
  ids: readonly string[],
  now: number,
): Promise<Waiting[]> {
  const rows = await queries
    .selectFrom('inbox')
    .innerJoin('bodies', 'bodies.deliveryId', 'inbox.deliveryId')
    .select(['inbox.deliveryId as id', 'event', 'inbox.tenantId', 'receivedAt', 'tries', 'token'])
    .select(sql<number>`octet_length(body)`.as('size'))
    .where('inbox.deliveryId', 'in', ids)
    .where('state', '=', sql.lit('waiting'))
    .where('due', '<=', now)
    .where('leaseUntil', '<=', now)
    .$if(engine.name === 'postgres', (query) => query.forUpdate('inbox').skipLocked())
    .execute()
  const places = new Map(ids.map((id, place) => [id, place]))
  return rows.toSorted((one, other) => (places.get(one.id) ?? 0) - (places.get(other.id) ?? 0))
}

/** From the first on, and the first however large. */
function upToBytes(waiting: readonly Waiting[]): readonly Waiting[] {
  let bytes = 0
  const tooMany = waiting.findIndex(({ size }, place) => {
    bytes += size
    return place > 0 && bytes > batchBytes
  })
  return tooMany === -1 ? waiting : waiting.slice(0, tooMany)
}

async function readBodies(
  queries: Queries,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Uint8Array>> {
  const rows = await queries
    .selectFrom('bodies')
    .select(['deliveryId', 'body'])
    .where('deliveryId', 'in', ids)
    .execute()
  return new Map(rows.map(({ deliveryId, body }) => [deliveryId, body]))
}
