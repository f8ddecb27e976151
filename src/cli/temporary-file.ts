import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A file that nobody else can open. */
export interface TemporaryFile {
  readonly handle: FileHandle
  /** Closes the file, which is gone then. */
  close(): Promise<void>
}

/**
 * Opens a file for this process alone. Its name is taken away at once where the system allows that: killed at any time, the
 * process leaves nothing behind.
 */
export async function openTemporaryFile(): Promise<TemporaryFile> {
  const folder = await mkdtemp(join(tmpdir(), 'what-shipped-'))
  const handle = await open(join(folder, 'records.ndjson'), 'wx+', 0o600)
  const removed = await rm(folder, { recursive: true }).then(
    () => true,
    // Windows keeps the name of a file that is open.
    () => false,
  )
  return {
    handle,
    close: async () => {
      await handle.close()
      if (!removed) await rm(folder, { recursive: true, force: true })
    },
  }
}
