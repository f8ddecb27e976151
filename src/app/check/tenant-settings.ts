import * as z from 'zod'
import type { Facts } from '../../store/index.ts'

const TenantSettingsSchema = z.object({
  /** The organisation's statement also in the checks of repositories that more than its members can read. */
  organisationInPublicChecks: z.boolean().default(false),
})

export type TenantSettings = z.infer<typeof TenantSettingsSchema>

/** What an owner decided; closed where nobody decided anything. */
export async function readTenantSettings(facts: Facts): Promise<TenantSettings> {
  const text = await facts.settings.get()
  return TenantSettingsSchema.parse(text === undefined ? {} : JSON.parse(text))
}
