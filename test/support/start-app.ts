import { type ChildProcess, spawn } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { root } from './repository.ts'
import { secret } from './webhook.ts'

/** The App as `npm start` starts it, on the Node that runs the tests. */
const command = ['--import', join(root, 'node-version.mjs'), join(root, 'src', 'app', 'main.ts')]

/** A key that signs for nobody. */
export function madeUpPrivateKey(): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  return privateKey.export({ type: 'pkcs1', format: 'pem' }).toString()
}

/** What an App with credentials has in its environment; GitHub is at the port of nobody. */
export function credentials(): Record<string, string> {
  return {
    APP_ID: '7',
    PRIVATE_KEY: madeUpPrivateKey(),
    WEBHOOK_SECRET: secret,
    GITHUB_API_URL: 'http://127.0.0.1:9',
  }
}

export async function temporaryFolder(): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'what-shipped-app-'))
  return { path, remove: () => rm(path, { recursive: true }) }
}

export interface AppEnd {
  /** Null: killed by a signal. */
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

interface Started {
  readonly child: ChildProcess
  readonly ended: Promise<AppEnd>
  readonly output: () => AppEnd
}

function start(
  directory: string,
  environment: Readonly<Record<string, string>>,
  args: readonly string[] = [],
): Started {
  const child = spawn(process.execPath, [...command, ...args], {
    cwd: directory,
    env: { PATH: process.env.PATH ?? '', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const stdout: Buffer[] = []
  const stderr: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk))
  const output = () => ({
    status: child.exitCode,
    stdout: Buffer.concat(stdout).toString('utf8'),
    stderr: Buffer.concat(stderr).toString('utf8'),
  })
  return { child, output, ended: once(child, 'close').then(output) }
}

/** Runs the App until it ends by itself. */
export function runApp(
  directory: string,
  environment: Readonly<Record<string, string>>,
  args: readonly string[] = [],
): Promise<AppEnd> {
  return start(directory, environment, args).ended
}

/** An App that listens. */
export interface RunningApp {
  readonly address: string
  readonly child: ChildProcess
  readonly ended: Promise<AppEnd>
  /** What its terminal shows until now. */
  said(): string
  /** Resolves with the next line of the log that tells of this event. */
  logged(event: string): Promise<Record<string, unknown>>
  /** SIGTERM, and waits for its end. */
  stop(): Promise<AppEnd>
}

/** Starts the App on a free port, and waits until it listens. */
export async function startApp(
  directory: string,
  environment: Readonly<Record<string, string>>,
  args: readonly string[] = [],
): Promise<RunningApp> {
  const { child, output, ended } = start(directory, { PORT: '0', ...environment }, args)
  if (child.stdout === null) throw new Error('The App has no output')
  const lines = createInterface({ input: child.stdout })
  const logged = (event: string) =>
    new Promise<Record<string, unknown>>((resolve, reject) => {
      const look = (text: string) => {
        const line: Record<string, unknown> = JSON.parse(text)
        if (line.message !== event) return
        lines.off('line', look)
        resolve(line)
      }
      lines.on('line', look)
      child.once('close', () => reject(new Error(`${event} was never logged: ${output().stderr}`)))
    })
  const { port } = await logged('listening')
  return {
    address: `http://127.0.0.1:${String(port)}`,
    child,
    ended,
    said: () => output().stderr,
    logged,
    stop: () => {
      child.kill('SIGTERM')
      return ended
    },
  }
}
