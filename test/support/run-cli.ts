import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { root } from './repository.ts'

/** The command as `npm run what-shipped` starts it, on the Node that runs the tests. */
export const commandLine: readonly string[] = [
  '--import',
  join(root, 'node-version.mjs'),
  join(root, 'src', 'cli', 'index.js'),
]

export interface CliResult {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface CliOptions {
  readonly directory?: string
  readonly environment?: Readonly<Record<string, string>>
  /** Pieces of standard input, each written by itself. */
  readonly input?: readonly (string | Buffer)[]
}

/** Runs the command as a child process, as a user's shell does, and gives what it printed. */
export async function runCli(
  args: readonly string[],
  { directory = root, environment = {}, input = [] }: CliOptions = {},
): Promise<CliResult> {
  const child = spawn(process.execPath, [...commandLine, ...args], {
    cwd: directory,
    env: { PATH: process.env.PATH ?? '', ...environment },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  const stdout: Buffer[] = []
  const stderr: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk))
  // A command that fails early does not read its input.
  child.stdin.on('error', () => {})
  const closed = once(child, 'close')
  for (const piece of input) {
    await new Promise((resolve) => child.stdin.write(piece, resolve))
  }
  child.stdin.end()
  const [status] = await closed
  return {
    status: typeof status === 'number' ? status : null,
    stdout: Buffer.concat(stdout).toString('utf8'),
    stderr: Buffer.concat(stderr).toString('utf8'),
  }
}
