import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod'
import { errorCode } from './error-code.ts'

const StateSchema = z.object({
  /** Of the owner's key, by which the records were made. */
  key: z.string(),
  /** From when on is read; absent: from the beginning. */
  since: z.string().optional(),
  /** Bytes of the records file that belong to the checkpoint. */
  bytes: z.int().nonnegative(),
  checkpoint: z.string(),
  read: z.int().nonnegative(),
  /** When the reading began, milliseconds since the epoch. */
  startedAt: z.number(),
})

/** How far an export had come. */
export type SpoolState = z.infer<typeof StateSchema>

/** Older ones are begun again: their first pull requests have gone on since, milliseconds. */
export const longestAge = 7 * 86_400_000

/** Undefined where there is none that can be gone on from. */
export async function readSpoolState(folder: string, now: number): Promise<SpoolState | undefined> {
  let text: string
  try {
    text = await readFile(stateIn(folder), 'utf8')
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined
    throw error
  }
  try {
    const state = StateSchema.safeParse(JSON.parse(text)).data
    return state !== undefined && now - state.startedAt <= longestAge ? state : undefined
  } catch {
    // Cut off, by a full disk or a power cut: the reading begins again.
    return undefined
  }
}

export async function writeSpoolState(folder: string, state: SpoolState): Promise<void> {
  const path = stateIn(folder)
  await writeFile(`${path}.new`, JSON.stringify(state), { mode: 0o600 })
  await rename(`${path}.new`, path)
}

/** Where a spool has its state. */
export function stateIn(folder: string): string {
  return join(folder, 'state.json')
}
