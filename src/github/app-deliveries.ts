import * as z from 'zod/mini'
import type { GitHubApi } from './api.ts'
import { GitHubError } from './github-error.ts'

/** One attempt of GitHub's to deliver an event to the App, from the log that it keeps for some days. */
export interface AppDelivery {
  /** Digits: a number that JavaScript may not hold exactly. */
  readonly id: string
  /** The same for every attempt to deliver one event: the header `X-GitHub-Delivery`. */
  readonly guid: string
  /** Milliseconds since the epoch. */
  readonly deliveredAt: number
  /** Whether it was asked for again. */
  readonly redelivery: boolean
  /** What the App answered; 0: nothing. */
  readonly statusCode: number
  readonly event: string
  readonly installationId: number | null
}

/** Some deliveries, the newest first. */
export interface AppDeliveries {
  readonly deliveries: readonly AppDelivery[]
  /** Where the older ones begin; null: the log has no more. */
  readonly cursor: string | null
}

const perPage = 100

const DeliverySchema = z.object({
  id: z.union([z.string().check(z.regex(/^\d+$/)), z.number()]),
  guid: z.string(),
  delivered_at: z.string(),
  redelivery: z.catch(z.boolean(), false),
  status_code: z.catch(z.number(), 0),
  event: z.string(),
  installation_id: z.catch(z.nullable(z.number()), null),
})

/**
 * A page of the App's delivery log, with the App's own token. github.com keeps three days of it, a GitHub Enterprise Server
 * seven (docs.github.com, "Handling failed webhook deliveries").
 *
 * @throws GitHubError `refused` where the cursor is of a log that was cut since
 */
export async function listAppDeliveries(
  appApi: GitHubApi,
  { cursor }: { readonly cursor?: string } = {},
): Promise<AppDeliveries> {
  const { data, next } = await appApi.readPage(
    'GET /app/hook/deliveries',
    { per_page: perPage, ...(cursor === undefined ? {} : { cursor }) },
    z.array(DeliverySchema),
  )
  return {
    deliveries: data.map((given) => ({
      id: String(given.id),
      guid: given.guid,
      deliveredAt: Date.parse(given.delivered_at),
      redelivery: given.redelivery,
      statusCode: given.status_code,
      event: given.event,
      installationId: given.installation_id,
    })),
    cursor: next?.cursor ?? null,
  }
}

/**
 * Asks GitHub to deliver once more what it tried to deliver, under the same guid. `'gone'`: the log has it no more; `'refused'`:
 * GitHub will not. Asked once only, also where the answer got lost: the App knows a delivery that came twice by its guid, and
 * the next look at the log shows what came of it.
 *
 * @throws GitHubError
 */
export async function redeliver(
  appApi: GitHubApi,
  id: string,
): Promise<'asked' | 'gone' | 'refused'> {
  try {
    await appApi.write(
      'POST /app/hook/deliveries/{delivery_id}/attempts',
      { delivery_id: id },
      z.unknown(),
      { repeatable: false },
    )
    return 'asked'
  } catch (error) {
    if (!(error instanceof GitHubError)) throw error
    if (error.failure === 'not-found') return 'gone'
    if (error.failure === 'refused') return 'refused'
    throw error
  }
}
