import { randomUUID } from 'node:crypto'
import { readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { errorCode } from './error-code.ts'

const lockName = /^lock-([1-9]\d*)-/

/**
 * Two that write to one spool would mix their pages. Whoever opens it lays down a lock of its own first and looks for others
 * then: of two at once one at least sees the other. A lock outlives its process when that is killed; it is removed by its
 * name, which nobody else ever has.
 *
 * @returns the lock's path
 */
export async function lockSpool(folder: string): Promise<string> {
  const name = `lock-${process.pid}-${randomUUID()}`
  const path = join(folder, name)
  await writeFile(path, '', { flag: 'wx', mode: 0o600 })
  for (const { lock, holder } of await locksIn(folder)) {
    if (lock === name) continue
    const theirs = join(folder, lock)
    if (isRunning(holder)) {
      await rm(path, { force: true })
      throw new Error(
        `the same export is running already (process ${holder}); wait for it, or delete ${theirs} if that is something else`,
      )
    }
    await rm(theirs, { force: true })
  }
  return path
}

/** Whether a process that is running holds the spool. */
export async function isHeld(folder: string): Promise<boolean> {
  return (await locksIn(folder)).some(({ holder }) => isRunning(holder))
}

async function locksIn(folder: string): Promise<{ lock: string; holder: number }[]> {
  const names = await readdir(folder)
  return names.flatMap((lock) => {
    const holder = lockName.exec(lock)?.[1]
    return holder === undefined ? [] : [{ lock, holder: Number(holder) }]
  })
}

function isRunning(process_: number): boolean {
  try {
    process.kill(process_, 0)
    return true
  } catch (error) {
    return errorCode(error) === 'EPERM'
  }
}
