import { randomUUID } from 'node:crypto'
import { open, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/** What a file will hold, and how it is given its name. */
interface Placing {
  readonly text: string
  /** Whatever the process's mask is; undefined: what is usual. */
  readonly mode: number | undefined
  /** Gives the file its name, from that of the draft beside it. */
  readonly place: (draft: string) => Promise<void>
}

const usualMode = 0o666

/** Writes a file whole or not at all: it gets its name once all of it is on the disk. Whatever fails, no draft is left. */
export async function placeFile(path: string, { text, mode, place }: Placing): Promise<void> {
  const draft = join(dirname(path), `.${basename(path)}.${randomUUID()}`)
  try {
    const file = await open(draft, 'wx', mode ?? usualMode)
    try {
      if (mode !== undefined) await file.chmod(mode)
      await file.writeFile(text)
      await file.sync()
    } finally {
      await file.close()
    }
    await place(draft)
  } finally {
    await rm(draft, { force: true })
  }
}
