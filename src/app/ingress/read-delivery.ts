import * as z from 'zod'
import { handledEvents } from './handled-events.ts'

/** Integers that JavaScript holds exactly; a rounded one could be another tenant's. */
const Id = z.int().positive()
const Account = z.object({ id: Id.optional() })

/** Only what tells whose delivery it is. Everything else is read from GitHub, or by who handles the event. */
const AddressSchema = z.object({
  installation: z.object({ id: Id.optional(), account: Account.nullish() }).nullish(),
  organization: Account.nullish(),
  repository: z.object({ id: Id.optional(), owner: Account.nullish() }).nullish(),
})

/** Whose delivery it is. */
export interface DeliveryAddress {
  /** GitHub's id of the account; null where the delivery names none, as when somebody withdraws a permission. */
  readonly tenantId: number | null
}

/**
 * Reads as much of a signed body as its keeping needs; undefined where it is no JSON object, does not fit its event, or has
 * ids that are none.
 */
export function readDelivery(event: string, body: Buffer): DeliveryAddress | undefined {
  const payload = parseObject(body)
  if (payload === undefined) return undefined
  const parts = handledEvents.get(event) ?? []
  if (parts.some((part) => !Object.hasOwn(payload, part) || payload[part] === null)) {
    return undefined
  }
  const address = AddressSchema.safeParse(payload)
  if (!address.success) return undefined
  const { installation, organization, repository } = address.data
  return {
    tenantId: installation?.account?.id ?? organization?.id ?? repository?.owner?.id ?? null,
  }
}

function parseObject(body: Buffer): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'))
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? { ...value }
      : undefined
  } catch {
    // Whoever holds the secret sent no JSON. There is nothing to tell but that.
    return undefined
  }
}
