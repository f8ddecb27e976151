import * as z from 'zod/mini'
import type { GitHubApi } from './api.ts'

/** What GitHub gives once, when an App has been made of a manifest. All but the first two are secret, or go with a secret. */
export interface AppCredentials {
  readonly id: number
  readonly slug: string
  /** Login of the account that owns the App. */
  readonly owner: string
  /** Private key, PEM. */
  readonly pem: string
  /** Null: the manifest named no hook. */
  readonly webhookSecret: string | null
  readonly clientId: string
  readonly clientSecret: string
}

const CredentialsSchema = z.object({
  id: z.number(),
  slug: z.string(),
  owner: z.object({ login: z.optional(z.string()), slug: z.optional(z.string()) }),
  pem: z.string().check(z.startsWith('-----BEGIN')),
  webhook_secret: z.nullable(z.string()),
  client_id: z.string(),
  client_secret: z.string(),
})

/**
 * Exchanges the code that GitHub sends back after a manifest was accepted, within the hour and once, without a token.
 *
 * @throws GitHubError `not-found` where the code is wrong, used or too old. Where no answer came, the App may exist and its
 * key be lost: it is to be deleted on GitHub and made anew.
 */
export async function convertManifest(api: GitHubApi, code: string): Promise<AppCredentials> {
  const given = await api.write(
    'POST /app-manifests/{code}/conversions',
    { code },
    CredentialsSchema,
    { repeatable: false },
  )
  return {
    id: given.id,
    slug: given.slug,
    owner: given.owner.login ?? given.owner.slug ?? '',
    pem: given.pem,
    webhookSecret: given.webhook_secret,
    clientId: given.client_id,
    clientSecret: given.client_secret,
  }
}
