import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Inbox, StoreFullError } from '../../store/index.ts'
import type { Log } from '../log.ts'
import type { DeliveryOutcome, Metrics } from '../metrics.ts'
import { type BodyAccount, createBodyRoom } from './body-room.ts'
import { handledEvents } from './handled-events.ts'
import { type IngressLimits, ingressLimits } from './ingress-limits.ts'
import { readBody } from './read-body.ts'
import { readDelivery } from './read-delivery.ts'
import { reply } from './reply.ts'
import { readSignature, verifySignature, type WebhookSecrets } from './verify-signature.ts'

/** Where GitHub sends its webhooks: the path that Probot uses too. */
export const webhookPath = '/api/github/webhooks'

export interface IngressOptions {
  /** It refuses what it could not commit in two seconds; what is committed after all is known when GitHub sends it again. */
  readonly inbox: Pick<Inbox, 'accept'>
  readonly secrets: WebhookSecrets
  readonly log: Log
  readonly metrics: Pick<Metrics, 'delivery' | 'acknowledged' | 'oldSecret'>
  /** Milliseconds since the epoch. */
  readonly now: () => number
  readonly limits?: Partial<IngressLimits>
}

/** Answers one request to the webhook. Never rejects. */
export type Ingress = (request: IncomingMessage, response: ServerResponse) => Promise<void>

const statuses: Readonly<Record<DeliveryOutcome, number>> = {
  stored: 202,
  known: 202,
  ignored: 202,
  unsigned: 401,
  malformed: 400,
  'too-large': 413,
  'too-slow': 408,
  aborted: 408,
  unsupported: 415,
  'no-room': 503,
  'store-full': 503,
  'store-unavailable': 503,
}

const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const json = /^application\/json\s*(?:;|$)/i

/**
 * Makes the way in for GitHub's webhooks. A delivery is acknowledged once it is committed and not before; whatever else
 * happens, the answer is no 2xx, so that GitHub's log shows it as failed and it is sent again. The body is parsed only after
 * its signature was found right, is kept as the bytes that came, and is in no log; answers say nothing but their status.
 */
export function createIngress(options: IngressOptions): Ingress {
  const { secrets, log, metrics, now } = options
  const limits = { ...ingressLimits, ...options.limits }
  const room = createBodyRoom(limits)

  return async (request, response) => {
    if (request.method !== 'POST') {
      response.setHeader('allow', 'POST')
      await reply(request, response, 405, limits.lingering)
      return
    }
    const arrived = now()
    const account = room.open()
    const outcome = await receive(request, response, account).finally(account.close)
    metrics.delivery(outcome)
    if (outcome === 'aborted') return
    await reply(request, response, statuses[outcome], limits.lingering)
    if (statuses[outcome] === 202) metrics.acknowledged(now() - arrived)
  }

  async function receive(
    request: IncomingMessage,
    response: ServerResponse,
    account: BodyAccount,
  ): Promise<DeliveryOutcome> {
    const { headers } = request
    if (!json.test(headers['content-type'] ?? '')) return 'unsupported'
    if (headers['content-encoding'] !== undefined) return 'unsupported'
    if (Number(headers['content-length'] ?? 0) > limits.body) return 'too-large'
    const digest = readSignature(headers['x-hub-signature-256'])
    if (digest === undefined) return 'unsigned'

    if (headers.expect !== undefined) response.writeContinue()
    const body = await readBody(request, account, limits)
    if (typeof body === 'string') return body
    const signedBy = verifySignature(body, digest, secrets)
    if (signedBy === undefined) return 'unsigned'

    const id = headers['x-github-delivery']
    const event = headers['x-github-event']
    if (typeof id !== 'string' || !guid.test(id) || typeof event !== 'string') return 'malformed'
    if (signedBy === 'old') {
      metrics.oldSecret()
      log.warn('old-secret-used', { delivery: id })
    }
    if (!handledEvents.has(event)) return 'ignored'
    const address = readDelivery(event, body)
    if (address === undefined) {
      log.warn('delivery-malformed', { delivery: id, webhook: event, bytes: body.length })
      return 'malformed'
    }
    const { tenantId } = address
    return keep({ id: id.toLowerCase(), event, body, tenantId, receivedAt: now() })
  }

  async function keep(delivery: Parameters<Inbox['accept']>[0]): Promise<DeliveryOutcome> {
    const about = { delivery: delivery.id, webhook: delivery.event, tenant: delivery.tenantId }
    try {
      const outcome = await options.inbox.accept(delivery)
      log.debug('delivery-accepted', { ...about, outcome, bytes: delivery.body.length })
      return outcome
    } catch (error) {
      const full = error instanceof StoreFullError
      log.error(full ? 'store-full' : 'store-unavailable', { ...about, error })
      return full ? 'store-full' : 'store-unavailable'
    }
  }
}
