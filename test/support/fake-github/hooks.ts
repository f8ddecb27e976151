import { createHmac } from 'node:crypto'
import type { App, LoggedDelivery } from './app-state.ts'
import { sha1 } from './hash.ts'

/**
 * What becomes of a delivery.
 * - `deliver`: it is sent.
 * - `twice`: it is sent two times, as after an answer that got lost.
 * - `lose`: it does not arrive; the log says so, and it can be asked for again.
 * - `vanish`: it does not arrive, and no log knows of it.
 * - `hold`: it is kept back until `release`.
 */
export type Fate = 'deliver' | 'twice' | 'lose' | 'vanish' | 'hold'

/** What is to be delivered to an App. */
export interface Outgoing {
  readonly app: App
  readonly event: string
  readonly payload: Readonly<Record<string, unknown>>
}

interface Parcel {
  readonly app: App
  readonly delivery: LoggedDelivery
}

/** GitHub gives up after ten seconds. */
const patience = 10_000

/** Sends signed deliveries to Apps over real HTTP, one after the other, and keeps the log of it. */
export class Hooks {
  /** Decides over each delivery; redeliveries are always sent. */
  fate: (outgoing: Outgoing) => Fate = () => 'deliver'
  readonly #now: () => number
  #held: Parcel[] = []
  #count = 0
  #pending: Promise<unknown> = Promise.resolve()

  /** @param now milliseconds since the epoch */
  constructor(now: () => number) {
    this.#now = now
  }

  /** Deliveries that are kept back. */
  get held(): number {
    return this.#held.length
  }

  /** Sends one delivery, or does with it what `fate` says; settles once the App has answered. */
  async send(outgoing: Outgoing): Promise<void> {
    const { app } = outgoing
    const delivery = this.#log(outgoing)
    switch (this.fate(outgoing)) {
      case 'vanish':
        return
      case 'lose':
        app.deliveries.push({ ...delivery, statusCode: 0, status: 'failed to connect to host' })
        return
      case 'hold':
        this.#held.push({ app, delivery })
        return
      case 'twice':
        await this.#post({ app, delivery })
        await this.#post({ app, delivery: this.#again(delivery) })
        return
      case 'deliver':
        await this.#post({ app, delivery })
    }
  }

  /** Sends what was kept back, in the order that is asked for. */
  async release(
    order: (held: readonly Parcel[]) => readonly Parcel[] = (held) => held,
  ): Promise<void> {
    const held = this.#held
    this.#held = []
    for (const parcel of order(held)) await this.#post(parcel)
  }

  /** Delivers once more, after GitHub has said that it will: `settled` tells when. */
  redeliver(app: App, delivery: LoggedDelivery): void {
    const again = this.#again(delivery)
    this.#pending = this.#pending.then(() => this.#post({ app, delivery: again }))
  }

  /** Sends a delivery after what is being answered now. */
  later(outgoing: Outgoing): void {
    this.#pending = this.#pending.then(() => this.send(outgoing))
  }

  /** Once all is done that `later` and `redeliver` were asked for. */
  async settled(): Promise<void> {
    let pending: Promise<unknown>
    do {
      pending = this.#pending
      await pending
    } while (pending !== this.#pending)
  }

  #log({ event, payload }: Outgoing): LoggedDelivery {
    this.#count += 1
    const { action, installation, repository } = payload
    return {
      id: 1_000_000 + this.#count,
      guid: sha1(`delivery ${this.#count}`).replace(
        /^(.{8})(.{4})(.{4})(.{4})(.{12}).*/,
        '$1-$2-$3-$4-$5',
      ),
      deliveredAt: this.#now(),
      redelivery: false,
      statusCode: 0,
      status: 'pending',
      event,
      action: typeof action === 'string' ? action : null,
      installationId: idIn(installation),
      repositoryId: idIn(repository),
      body: JSON.stringify(payload),
    }
  }

  #again(delivery: LoggedDelivery): LoggedDelivery {
    this.#count += 1
    return { ...delivery, id: 1_000_000 + this.#count, redelivery: true, deliveredAt: this.#now() }
  }

  async #post({ app, delivery }: Parcel): Promise<void> {
    const { statusCode, status } = await post(app, delivery)
    app.deliveries.push({ ...delivery, statusCode, status })
  }
}

async function post(
  { id, hookUrl, webhookSecret }: App,
  { guid, event, body }: LoggedDelivery,
): Promise<Pick<LoggedDelivery, 'statusCode' | 'status'>> {
  if (hookUrl === null) return { statusCode: 0, status: 'failed to connect to host' }
  const sign = (algorithm: string) =>
    `${algorithm}=${createHmac(algorithm, webhookSecret ?? '')
      .update(body)
      .digest('hex')}`
  try {
    const response = await fetch(hookUrl, {
      method: 'POST',
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(patience),
      headers: {
        'content-type': 'application/json',
        'user-agent': 'GitHub-Hookshot/fa4e000',
        'x-github-event': event,
        'x-github-delivery': guid,
        'x-github-hook-id': String(id),
        'x-github-hook-installation-target-id': String(id),
        'x-github-hook-installation-target-type': 'integration',
        ...(webhookSecret === null
          ? {}
          : { 'x-hub-signature': sign('sha1'), 'x-hub-signature-256': sign('sha256') }),
      },
    })
    await response.arrayBuffer()
    return {
      statusCode: response.status,
      status: response.ok ? 'OK' : `Invalid HTTP Response: ${response.status}`,
    }
  } catch (error) {
    const timedOut = error instanceof Error && error.name === 'TimeoutError'
    return { statusCode: 0, status: timedOut ? 'timed out' : 'failed to connect to host' }
  }
}

function idIn(part: unknown): number | null {
  const id = typeof part === 'object' && part !== null && 'id' in part ? part.id : undefined
  return typeof id === 'number' ? id : null
}
