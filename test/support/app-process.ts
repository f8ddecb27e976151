import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'
import { root } from './repository.ts'

/** A clock that several processes go by: it runs, and is put forward at will. */
export class SharedClock {
  readonly file: string
  readonly #folder: string
  readonly #descriptor: number
  #ahead: number

  /** @param start milliseconds since the epoch */
  constructor(start: number) {
    this.#folder = mkdtempSync(join(tmpdir(), 'what-shipped-clock-'))
    this.file = join(this.#folder, 'clock')
    this.#descriptor = openSync(this.file, 'w')
    this.#ahead = start - Date.now()
    this.#write()
  }

  /** Milliseconds since the epoch. */
  readonly now = (): number => Math.floor(Date.now() + this.#ahead)

  /** So many milliseconds later, for all who go by it. */
  pass(milliseconds: number): void {
    this.#ahead += milliseconds
    this.#write()
  }

  remove(): void {
    closeSync(this.#descriptor)
    rmSync(this.#folder, { recursive: true })
  }

  #write(): void {
    writeSync(this.#descriptor, new Float64Array([this.#ahead]), 0, 8, 0)
  }
}

export interface AppProcessOptions {
  /** Its working directory. */
  readonly directory: string
  readonly environment: Readonly<Record<string, string>>
  /** Default: the machine's. */
  readonly clock?: SharedClock
}

export type LogLine = Readonly<Record<string, unknown>> & { readonly message?: unknown }

/** A process of the App as `npm start` starts it, which may end at any time. */
export interface AppProcess {
  readonly child: ChildProcess
  /** Where it listens; rejects where it ended before. */
  readonly listening: Promise<string>
  /** Its log until now. */
  readonly lines: readonly LogLine[]
  /** Everything that it wrote, byte for byte. */
  output(): string
  /** How many lines of its log tell of this event. */
  count(event: string): number
  /** SIGKILL, and waits until it is gone. */
  kill(): Promise<void>
  /** SIGTERM, and waits for its exit code. */
  stop(): Promise<number | null>
}

const preload = pathToFileURL(join(root, 'test/support/app-process-clock.ts')).href

/** Starts a process of the App on a free port of this machine. */
export function startAppProcess({ directory, environment, clock }: AppProcessOptions): AppProcess {
  const before = clock === undefined ? [] : ['--import', preload]
  const child = spawn(
    process.execPath,
    ['--import', join(root, 'node-version.mjs'), ...before, join(root, 'src/app/main.ts')],
    {
      cwd: directory,
      env: {
        PATH: process.env.PATH ?? '',
        PORT: '0',
        NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/app-process'),
        ...(clock === undefined ? {} : { TEST_CLOCK_FILE: clock.file }),
        ...environment,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  const written: string[] = []
  const lines: LogLine[] = []
  child.stderr.on('data', (chunk) => written.push(String(chunk)))
  const ended = once(child, 'close')
  const listening = new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (text) => {
      written.push(`${text}\n`)
      const line: LogLine = JSON.parse(text)
      lines.push(line)
      if (line.message === 'listening') resolve(`http://127.0.0.1:${String(line.port)}`)
    })
    ended.then(
      () => reject(new Error(`the App ended before it listened: ${written.join('')}`)),
      reject,
    )
  })
  // One that is killed as it starts listens nowhere, which its killer knows.
  listening.catch(() => {})
  return {
    child,
    listening,
    lines,
    output: () => written.join(''),
    count: (event) => lines.filter(({ message }) => message === event).length,
    kill: async () => {
      child.kill('SIGKILL')
      await ended
    },
    stop: async () => {
      child.kill('SIGTERM')
      await ended
      return child.exitCode
    },
  }
}

/** What a process tells at /metrics: every sample by its name with its labels, `a_total{kind="b"}`. */
export async function readMetrics(address: string): Promise<ReadonlyMap<string, number>> {
  const response = await fetch(`${address}/metrics`)
  const text = await response.text()
  return new Map(
    text
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line): [string, number] => {
        const space = line.lastIndexOf(' ')
        return [line.slice(0, space), Number(line.slice(space + 1))]
      }),
  )
}

/** The sum over all labels of a metric. */
export function sumOf(metrics: ReadonlyMap<string, number>, name: string): number {
  return [...metrics]
    .filter(([sample]) => sample === name || sample.startsWith(`${name}{`))
    .reduce((sum, [, value]) => sum + value, 0)
}
