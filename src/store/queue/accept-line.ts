import type { NewDelivery } from '../contract/inbox.ts'
import type { Engine, Queries } from '../engine/engine.ts'
import { inTime } from '../engine/in-time.ts'
import { batchBytes } from './batch-bytes.ts'

/** How many share a commit at most. */
const mostDeliveries = 200

type Outcome = 'stored' | 'known'

interface Waiting {
  readonly delivery: NewDelivery
  readonly resolve: (outcome: Outcome) => void
  readonly reject: (error: unknown) => void
}

/**
 * Deliveries on their way to disk. A commit costs about the same for one and for many, so that all that come in one turn of
 * the event loop, or while another commit is under way, share one.
 */
export class AcceptLine {
  readonly #engine: Engine
  readonly #waiting: Waiting[] = []
  #isWriting = false

  constructor(engine: Engine) {
    this.#engine = engine
  }

  async accept(delivery: NewDelivery): Promise<Outcome> {
    const { promise, resolve, reject } = Promise.withResolvers<Outcome>()
    const waiting = { delivery, resolve, reject }
    this.#waiting.push(waiting)
    setImmediate(() => void this.#writeNext())
    try {
      return await inTime(promise)
    } finally {
      // Nobody waits for it any more: GitHub is told that it was not taken.
      const place = this.#waiting.indexOf(waiting)
      if (place !== -1) this.#waiting.splice(place, 1)
    }
  }

  async #writeNext(): Promise<void> {
    if (this.#isWriting || this.#waiting.length === 0) return
    this.#isWriting = true
    const batch = this.#takeBatch()
    try {
      // A write that hangs must not hold up the next ones, which may get another connection.
      const stored = await inTime(
        this.#engine.write({ queue: true, short: true }, (queries) =>
          insert(
            queries,
            batch.map(({ delivery }) => delivery),
          ),
        ),
      )
      for (const { delivery, resolve } of batch) {
        // Of several with one id in the same batch, one was stored.
        resolve(stored.delete(delivery.id) ? 'stored' : 'known')
      }
    } catch (error) {
      for (const { reject } of batch) reject(error)
    } finally {
      this.#isWriting = false
    }
    await this.#writeNext()
  }

  #takeBatch(): Waiting[] {
    let bytes = 0
    const fitting = this.#waiting.findIndex(({ delivery }, place) => {
      bytes += delivery.body.byteLength
      return place > 0 && (place === mostDeliveries || bytes > batchBytes)
    })
    return this.#waiting.splice(0, fitting === -1 ? this.#waiting.length : fitting)
  }
}

/** @returns the ids that were not known before */
async function insert(queries: Queries, batch: readonly NewDelivery[]): Promise<Set<string>> {
  // In one order everywhere: of two processes that store the same ones, neither waits for the other in the middle.
  const deliveries = batch.toSorted((one, other) =>
    one.id < other.id ? -1 : Number(one.id > other.id),
  )
  const rows = await queries
    .insertInto('inbox')
    .values(
      deliveries.map(({ id, event, tenantId, receivedAt }) => ({
        deliveryId: id,
        event,
        tenantId,
        receivedAt,
        state: 'waiting' as const,
        // At once, whatever the time is where it is claimed.
        due: 0,
        leaseUntil: 0,
        token: 0,
        tries: 0,
      })),
    )
    .onConflict((conflict) => conflict.column('deliveryId').doNothing())
    .returning('deliveryId')
    .execute()
  const stored = new Set(rows.map(({ deliveryId }) => deliveryId))
  // Of several with one id, the first.
  const firsts = new Map(deliveries.toReversed().map((delivery) => [delivery.id, delivery]))
  const bodies = [...firsts.values()]
    .filter(({ id }) => stored.has(id))
    .map(({ id, tenantId, body }) => ({ deliveryId: id, tenantId, body }))
  if (bodies.length > 0) await queries.insertInto('bodies').values(bodies).execute()
  return stored
}
