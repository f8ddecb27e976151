import * as z from 'zod'
import type { Facts } from '../../store/index.ts'

const TenantSettingsSchema = z.object({
  /** The organisation's statement also in the checks of repositories that more than its members can read. */
  organisationInPublicChecks: z.boolean().default(false),
  /** The answer's label on each pull request. */
  labels: z.boolean().default(false),
})

export type TenantSettings = z.infer<typeof TenantSettingsSchema>

/** By which an operator calls them; each is on or off. */
export const settingNames = {
  'organisation-in-public-checks': 'organisationInPublicChecks',
  labels: 'labels',
} as const satisfies Record<string, keyof TenantSettings>

/** What an owner decided; closed where nobody decided anything. */
export async function readTenantSettings(facts: Pick<Facts, 'settings'>): Promise<TenantSettings> {
  const text = await facts.settings.get()
  return TenantSettingsSchema.parse(text === undefined ? {} : JSON.parse(text))
}

/** Changes some, and leaves the others as they are. */
export async function changeTenantSettings(
  facts: Pick<Facts, 'settings'>,
  changes: Partial<TenantSettings>,
): Promise<void> {
  const settings = { ...(await readTenantSettings(facts)), ...changes }
  await facts.settings.put(JSON.stringify(settings))
}
