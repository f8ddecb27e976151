import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FakeGitHub } from './fake-github/index.ts'
import { root } from './repository.ts'
import { findCommands, type WorkflowCommand } from './workflow-commands.ts'

/** One run of the shipped Action, as the runner would start it. */
export interface ActionRun {
  readonly github: Pick<FakeGitHub, 'url' | 'apiUrl' | 'graphqlUrl' | 'state'>
  readonly event: string
  /** The event's payload; a text is written to the event file as it is. Default: an empty object. */
  readonly payload?: unknown
  readonly inputs?: Readonly<Record<string, string>>
  /** Extra variables; undefined takes one away. */
  readonly environment?: Readonly<Record<string, string | undefined>>
  /** `owner/name`. Default: the fake's first repository. */
  readonly repository?: string
  /** Called with the running process, for tests that end it early. */
  readonly onStart?: (kill: () => void) => void
}

export interface ActionResult {
  readonly exitCode: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
  /** As the runner would read them from its file. */
  readonly outputs: Readonly<Record<string, string>>
  readonly summary: string
  /** Content of the metadata file, parsed; null when none was written. */
  readonly metadata: unknown
  /** What was written into the files by which a step changes the environment and the path of later ones. */
  readonly environmentWrites: string
  /** Every command that the runner would find on stdout. */
  readonly commands: readonly WorkflowCommand[]
  /** Messages of the workflow commands `notice`, `warning` and `error`, as the runner decodes them. */
  readonly notices: readonly string[]
  readonly warnings: readonly string[]
  readonly errors: readonly string[]
}

/** Files by which a step speaks to the runner, by the variable that names them. */
const runnerFiles = {
  GITHUB_OUTPUT: 'output',
  GITHUB_STEP_SUMMARY: 'summary',
  GITHUB_ENV: 'env',
  GITHUB_PATH: 'path',
  GITHUB_STATE: 'state',
}

/** A run that takes longer than this hangs: it waits 20 seconds for a reply, four times at most. */
const patience = 120_000

const bundle = join(root, 'dist/index.js')

/** Node compiles the bundle once for all runs: hundreds of them take a quarter less time. */
const compileCache = join(root, 'node_modules/.cache/node-compile-cache')

/** Runs `dist/index.js` as a child process with the environment and the files of a GitHub runner. */
export async function runAction(run: ActionRun): Promise<ActionResult> {
  const folder = await mkdtemp(join(tmpdir(), 'what-shipped-action-'))
  try {
    const environment = await prepare(folder, run)
    const ended = await start(environment, run.onStart)
    const outputs = parseOutputs(await readFile(join(folder, 'output'), 'utf8'))
    const metadataFile = outputs['metadata-file']
    const commands = findCommands(ended.stdout)
    const messages = (name: string) =>
      commands.filter((command) => command.name === name).map(({ message }) => message)
    const environmentWrites = await Promise.all(
      ['env', 'path', 'state'].map((file) => readFile(join(folder, file), 'utf8')),
    )
    return {
      ...ended,
      outputs,
      summary: await readFile(join(folder, 'summary'), 'utf8'),
      metadata:
        metadataFile === undefined ? null : JSON.parse(await readFile(metadataFile, 'utf8')),
      environmentWrites: environmentWrites.join(''),
      commands,
      notices: messages('notice'),
      warnings: messages('warning'),
      errors: messages('error'),
    }
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** The payload of a `pull_request` event, cut to what a listener needs. */
export function pullRequestEvent(number: number, action = 'opened'): unknown {
  return { action, number, pull_request: { number } }
}

async function prepare(folder: string, run: ActionRun): Promise<Record<string, string>> {
  const { payload = {} } = run
  const event = typeof payload === 'string' ? payload : JSON.stringify(payload)
  await writeFile(join(folder, 'event.json'), event)
  for (const file of Object.values(runnerFiles)) await writeFile(join(folder, file), '')
  const [repository] = run.github.state.repositories
  const name =
    repository === undefined ? 'acme/none' : `${repository.owner.login}/${repository.name}`
  const inputs = { 'github-token': run.github.state.token, ...run.inputs }
  const all: Record<string, string | undefined> = {
    PATH: process.env.PATH,
    NODE_COMPILE_CACHE: compileCache,
    GITHUB_ACTIONS: 'true',
    GITHUB_REPOSITORY: run.repository ?? name,
    GITHUB_SERVER_URL: run.github.url,
    GITHUB_API_URL: run.github.apiUrl,
    GITHUB_GRAPHQL_URL: run.github.graphqlUrl,
    GITHUB_EVENT_NAME: run.event,
    GITHUB_EVENT_PATH: join(folder, 'event.json'),
    ...Object.fromEntries(
      Object.entries(runnerFiles).map(([name, file]) => [name, join(folder, file)]),
    ),
    RUNNER_TEMP: folder,
    ...Object.fromEntries(
      Object.entries(inputs).map(([input, value]) => [`INPUT_${input.toUpperCase()}`, value]),
    ),
    ...run.environment,
  }
  return Object.fromEntries(
    Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
}

function start(
  environment: Record<string, string>,
  onStart: ActionRun['onStart'],
): Promise<Pick<ActionResult, 'exitCode' | 'signal' | 'stdout' | 'stderr'>> {
  const child = spawn(process.execPath, [bundle], {
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: patience,
    killSignal: 'SIGKILL',
  })
  onStart?.(() => child.kill('SIGKILL'))
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (exitCode, signal) => resolve({ exitCode, signal, stdout, stderr }))
  })
}

/** Reads the runner's file format: `name<<delimiter`, lines, `delimiter`. Throws for anything else in the file. */
export function parseOutputs(text: string): Record<string, string> {
  const outputs: Record<string, string> = {}
  const lines = text.split('\n')
  for (let index = 0; index < lines.length - 1; index += 1) {
    const [, name, delimiter] =
      /^([a-z-]+)<<(ghadelimiter_[0-9a-f-]{36})$/.exec(lines[index] ?? '') ?? []
    if (name === undefined || delimiter === undefined) {
      throw new Error(`not an output of ours: ${JSON.stringify(lines[index])}`)
    }
    const end = lines.indexOf(delimiter, index)
    if (end === -1 || name in outputs) throw new Error(`the output ${name} is broken`)
    outputs[name] = lines.slice(index + 1, end).join('\n')
    index = end
  }
  return outputs
}
