import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { parseOptions } from './parse-options.ts'
import type { Surroundings } from './surroundings.ts'
import { UsageError } from './usage-error.ts'

export const serveUsage = `serve [SOURCE]
                                      the pages, on this machine and to it
                                      alone, over SOURCE as for export or over
                                      a made-up organisation; with an App's
                                      credentials and no SOURCE, the App`

const app = fileURLToPath(new URL('../app/main.ts', import.meta.url))
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * Runs the App in a process of its own, which has our terminal and gets our signals.
 *
 * @returns its exit status
 */
export async function serve(
  args: readonly string[],
  { directory, environment }: Pick<Surroundings, 'directory' | 'environment'>,
): Promise<0 | 1 | 2> {
  const { positionals } = parseOptions(args, {})
  if (positionals.length > 1) throw new UsageError('serve shows one SOURCE')
  if (positionals[0] === '') throw new UsageError('SOURCE is empty')
  const child = spawn(process.execPath, [app, ...positionals], {
    cwd: directory,
    env: { ...environment },
    stdio: 'inherit',
  })
  const handOn = (signal: NodeJS.Signals) => child.kill(signal)
  for (const signal of signals) process.on(signal, handOn)
  try {
    const [status] = await once(child, 'close')
    return status === 0 || status === 2 ? status : 1
  } finally {
    for (const signal of signals) process.off(signal, handOn)
  }
}
