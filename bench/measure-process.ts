import { type SpawnOptions, spawn } from 'node:child_process'
import * as z from 'zod'

/** What one run of a command cost. */
export interface Cost {
  /** Milliseconds from start to end. */
  readonly elapsed: number
  /** User and system time, milliseconds. */
  readonly cpu: number
  /** Peak resident memory, megabytes. */
  readonly memory: number
}

const UsageSchema = z.object({
  userCPUTime: z.number(),
  systemCPUTime: z.number(),
  maxRSS: z.number(),
})

/** Loaded into the measured Node: on exit it tells what the process used, on a pipe of its own. */
const reporter =
  "data:text/javascript,import{writeSync}from'node:fs';process.on('exit',()=>writeSync(3,JSON.stringify(process.resourceUsage())))"

/** Runs a script on the Node that runs this, its output thrown away, and measures it. */
export async function measureNode(
  args: readonly string[],
  options: Pick<SpawnOptions, 'cwd' | 'env'> = {},
): Promise<Cost> {
  const started = performance.now()
  const child = spawn(process.execPath, ['--import', reporter, ...args], {
    ...options,
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  })
  let usage = ''
  let complaint = ''
  child.stdio[3]?.on('data', (chunk) => {
    usage += String(chunk)
  })
  child.stderr?.on('data', (chunk) => {
    complaint += String(chunk)
  })
  const status = await ended(child)
  if (status !== 0)
    throw new Error(`${args.join(' ')} ended with ${status}: ${complaint.slice(0, 500)}`)
  const { userCPUTime, systemCPUTime, maxRSS } = UsageSchema.parse(JSON.parse(usage))
  return {
    elapsed: performance.now() - started,
    cpu: (userCPUTime + systemCPUTime) / 1_000,
    memory: maxRSS / 1_024,
  }
}

/** Runs any command, its output thrown away, and gives the milliseconds it took. */
export async function measureCommand(command: string, args: readonly string[]): Promise<number> {
  const started = performance.now()
  const child = spawn(command, args, { stdio: 'ignore' })
  const status = await ended(child)
  if (status !== 0) throw new Error(`${command} ended with ${status}`)
  return performance.now() - started
}

function ended(child: ReturnType<typeof spawn>): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  })
}
