import type { App, LoggedDelivery } from '../app-state.ts'
import { writeTime } from '../builders.ts'
import { json, notFound, problem, type Reply } from '../exchange.ts'
import { asApp } from './apps.ts'
import { perPageOf } from './paginate.ts'
import type { AppRoute, CallContext } from './route.ts'

const day = 24 * 3_600_000
/** Days that the log is kept, on github.com and on a GitHub Enterprise Server. */
const kept = { cloud: 3, server: 7 }

export const hookDeliveryRoutes: readonly AppRoute[] = [
  { operation: 'apps/list-webhook-deliveries', handle: asApp(listDeliveries) },
  { operation: 'apps/get-webhook-delivery', handle: asApp(getDelivery) },
  { operation: 'apps/redeliver-webhook-delivery', handle: asApp(redeliver) },
]

/** The newest first. */
function logOf({ call, now }: CallContext, { deliveries }: App): LoggedDelivery[] {
  const days = call.urls.api.endsWith('/api/v3') ? kept.server : kept.cloud
  return deliveries
    .filter(({ deliveredAt }) => deliveredAt > now - days * day)
    .toSorted((one, other) => other.deliveredAt - one.deliveredAt || other.id - one.id)
}

function listDeliveries(context: CallContext, app: App): Reply {
  const { call } = context
  const log = logOf(context, app)
  const cursor = call.query.get('cursor')
  const start = cursor === null ? 0 : log.findIndex(({ id }) => cursor === `v1_${id}`)
  if (start === -1) return problem(422, 'Invalid cursor')
  const end = start + perPageOf(call)
  const next = log[end]
  const items = log.slice(start, end).map(render)
  if (next === undefined) return json(200, items)
  const query = new URLSearchParams(call.query)
  query.set('cursor', `v1_${next.id}`)
  return json(200, items, { link: `<${call.urls.api}${call.path}?${query}>; rel="next"` })
}

function render(delivery: LoggedDelivery) {
  return {
    id: delivery.id,
    guid: delivery.guid,
    delivered_at: writeTime(delivery.deliveredAt),
    redelivery: delivery.redelivery,
    duration: 0.1,
    status: delivery.status,
    status_code: delivery.statusCode,
    event: delivery.event,
    action: delivery.action,
    installation_id: delivery.installationId,
    repository_id: delivery.repositoryId,
    throttled_at: null,
  }
}

function find(context: CallContext, app: App): LoggedDelivery | undefined {
  return logOf(context, app).find(({ id }) => String(id) === context.param('delivery_id'))
}

function getDelivery(context: CallContext, app: App): Reply {
  const delivery = find(context, app)
  if (delivery === undefined) return notFound()
  return json(200, {
    ...render(delivery),
    url: app.hookUrl ?? '',
    request: {
      headers: { 'X-GitHub-Delivery': delivery.guid, 'X-GitHub-Event': delivery.event },
      payload: JSON.parse(delivery.body),
    },
    response: { headers: {}, payload: null },
  })
}

function redeliver(context: CallContext, app: App): Reply {
  const delivery = find(context, app)
  if (delivery === undefined) return notFound()
  context.hooks.redeliver(app, delivery)
  return json(202, {})
}
