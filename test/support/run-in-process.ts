import { Readable, Writable } from 'node:stream'
import { runCommand } from '../../src/cli/run-command.ts'
import type { Surroundings } from '../../src/cli/surroundings.ts'
import { root } from './repository.ts'

/** Keeps what is written to it, as a terminal or as a file. */
class Collected extends Writable {
  readonly isTTY: boolean
  text = ''

  constructor(isTTY: boolean) {
    super({ decodeStrings: false })
    this.isTTY = isTTY
  }

  override _write(chunk: string, _encoding: string, done: () => void): void {
    this.text += chunk
    done()
  }
}

export interface InProcessOptions {
  readonly directory?: string
  readonly environment?: Readonly<Record<string, string>>
  readonly input?: readonly string[]
  /** Standard output is a terminal. */
  readonly terminal?: boolean
}

/** Runs the command in this process: quicker than a child, and standard output may be a terminal. */
export async function runInProcess(
  args: readonly string[],
  { directory = root, environment = {}, input = [], terminal = false }: InProcessOptions = {},
) {
  const stdout = new Collected(terminal)
  const stderr = new Collected(false)
  const surroundings: Surroundings = {
    directory,
    environment: { PATH: process.env.PATH, ...environment },
    stdin: Readable.from(input.map((piece) => Buffer.from(piece))),
    stdout,
    stderr,
    now: Date.now,
    sleep: async () => {},
    randomBytes: (count) => new Uint8Array(count).fill(1),
  }
  const status = await runCommand(args, surroundings)
  return { status, stdout: stdout.text, stderr: stderr.text, surroundings }
}
