import { randomUUID } from 'node:crypto'
import { link, open, rm } from 'node:fs/promises'
import { writeCredentials } from '../configuration/credentials-file.ts'
import type { NewApp } from './setup-routes.ts'

/**
 * Writes the credentials of a new App: whole or not at all, for this user alone, and never over others that are there.
 *
 * @returns the path
 */
export async function keepCredentials(path: string, app: NewApp): Promise<string> {
  const draft = `${path}.${randomUUID()}`
  try {
    const file = await open(draft, 'wx', 0o600)
    try {
      await file.writeFile(
        writeCredentials({
          appId: app.id,
          privateKey: app.pem,
          webhookSecret: app.webhookSecret,
          clientId: app.clientId,
          clientSecret: app.clientSecret,
          publicUrl: app.publicUrl,
        }),
      )
      await file.sync()
    } finally {
      await file.close()
    }
    await link(draft, path)
  } finally {
    await rm(draft, { force: true })
  }
  return path
}
