import { dirname, join } from 'node:path'
import * as z from 'zod'
import type { StoreLocation } from '../../store/index.ts'

const CredentialsSchema = z.strictObject({
  version: z.literal(1),
  appId: z.int().positive(),
  privateKey: z.string(),
  webhookSecret: z.string(),
  clientId: z.string(),
  clientSecret: z.string(),
  publicUrl: z.string(),
})

/** What the set-up page keeps, for the next start. */
export type StoredCredentials = z.infer<typeof CredentialsSchema>

/** Beside the embedded database; undefined with PostgreSQL, where a process may have no disk of its own. */
export function credentialsFile(store: StoreLocation): string | undefined {
  return store.engine === 'sqlite' ? join(dirname(store.file), 'app-credentials.json') : undefined
}

export function writeCredentials(credentials: Omit<StoredCredentials, 'version'>): string {
  return `${JSON.stringify({ version: 1, ...credentials } satisfies StoredCredentials, null, 2)}\n`
}

/** Undefined: it is no such file, or broke off. */
export function readCredentials(text: string): StoredCredentials | undefined {
  try {
    return CredentialsSchema.safeParse(JSON.parse(text)).data
  } catch {
    // No JSON: told like JSON of another kind, without quoting a file full of secrets.
    return undefined
  }
}
