import { readFile } from 'node:fs/promises'
import { parse } from 'yaml'
import * as z from 'zod'
import { webhookPath } from '../ingress/index.ts'

const TemplateSchema = z.object({
  name: z.string(),
  description: z.string(),
  request_oauth_on_install: z.boolean(),
  setup_on_update: z.boolean(),
  default_permissions: z.record(z.string(), z.enum(['read', 'write'])),
  default_events: z.array(z.string()),
})

/** What app.yml says of the App, beside its addresses, which are everybody's own. */
export type ManifestTemplate = z.infer<typeof TemplateSchema>

/** Reads app.yml, the one place in which permissions and events are written. */
export async function readManifestTemplate(): Promise<ManifestTemplate> {
  const text = await readFile(new URL('../../../app.yml', import.meta.url), 'utf8')
  return TemplateSchema.parse(parse(text))
}

/** What differs from App to App. */
export interface ManifestAddresses {
  /** One that no other App on that GitHub has, up to 34 characters. */
  readonly name: string
  /** Origin under which GitHub and people reach this server. */
  readonly publicUrl: string
  /** Where GitHub sends the browser back to, with the code. */
  readonly redirectUrl: string
}

/**
 * The manifest that GitHub makes the App of (docs.github.com, "Registering a GitHub App from a manifest"): private, with a
 * webhook that is active.
 */
export function appManifest(
  template: ManifestTemplate,
  { name, publicUrl, redirectUrl }: ManifestAddresses,
) {
  return {
    ...template,
    name,
    public: false,
    url: publicUrl,
    hook_attributes: { url: `${publicUrl}${webhookPath}`, active: true },
    redirect_url: redirectUrl,
    callback_urls: [`${publicUrl}/sign-in/callback`],
  }
}
