import { openStore } from '../store/index.ts'
import type { AppSurroundings } from './app-surroundings.ts'
import type { ConfigurationSource } from './configuration/configuration-source.ts'
import {
  describeProblem,
  describeWarning,
  explainConfiguration,
} from './configuration/explain-configuration.ts'
import { parseConfiguration } from './configuration/parse-configuration.ts'
import type { ConfigurationProblem } from './configuration.ts'
import { accountOfReports, createDocumentLibrary } from './library/document-library.ts'
import { openLocalSource } from './local/contents.ts'
import { readSource } from './local/read-source.ts'
import { serveSource } from './local/serve-source.ts'
import { userDirectory } from './local/user-directory.ts'
import { createLog } from './log.ts'
import { type OperatorCommand, operatorCommands } from './operate/operator-commands.ts'
import { serveApp } from './serve-app.ts'

/** What the App gets from its process. */
export interface AppProcess extends ConfigurationSource {
  readonly args: readonly string[]
  readonly surroundings: AppSurroundings
  /** Aborted when the process is told to stop. */
  readonly signal: AbortSignal
  readonly print: (text: string) => void
  /** For diagnostics. */
  readonly say: (line: string) => void
}

const usage = `Usage: npm start                                start the App; without credentials, its pages over an example
${[
  usageLine('SOURCE', [], 'its pages over a clone, a records file or owner/name on GitHub'),
  usageLine('--check', [], 'says what is set, what is missing, and what would happen'),
  ...Object.entries(operatorCommands).map(([option, { takes, does }]) =>
    usageLine(option, takes, does),
  ),
].join('\n')}
Settings come from the environment alone; docs/operate.md lists them.`

function usageLine(option: string, takes: readonly string[], does: string): string {
  return `       ${['npm start --', option, ...takes].join(' ').padEnd(40)} ${does}`
}

/** Runs the App until it is told to stop, or does what an option says. Gives the exit code: 0 done, 1 could not be done, 2 wrong usage. */
export async function runApp(app: AppProcess): Promise<0 | 1 | 2> {
  const [option, ...args] = app.args
  if (option === undefined) return start(app)
  if (isSource(option) && args.length === 0) return show(app, option)
  const command = Object.hasOwn(operatorCommands, option) ? operatorCommands[option] : undefined
  if (command !== undefined && fits(args, command)) return operate(app, command, args)
  if (option === '--check' && args.length === 0) return check(app)
  if (option === '--help' && args.length === 0) {
    app.print(`${usage}\n`)
    return 0
  }
  app.say(`what-shipped: there is no such option\n${usage}`)
  return 2
}

/** `-` is standard input. */
function isSource(argument: string): boolean {
  return argument === '-' || !argument.startsWith('-')
}

function fits(args: readonly string[], { takes }: OperatorCommand): boolean {
  const least = takes.filter((name) => !name.startsWith('[')).length
  const isRight = (arg: string, index: number) =>
    index < least ? !arg.startsWith('--') : takes[index] === `[${arg}]`
  return args.length >= least && args.every(isRight)
}

function check(app: AppProcess): 0 | 1 {
  const { configuration, problems, warnings } = parseConfiguration(app)
  app.print(explainConfiguration(app.environment, configuration, problems, warnings))
  return configuration === undefined ? 1 : 0
}

async function start(app: AppProcess): Promise<0 | 1> {
  const { surroundings, signal, say } = app
  for (;;) {
    const { configuration, problems, warnings } = parseConfiguration(app)
    if (configuration === undefined) {
      refuse(problems, say)
      return 1
    }
    for (const warning of warnings) say(`what-shipped: ${describeWarning(warning)}`)
    const log = createLog({ level: configuration.logLevel, now: surroundings.now })
    try {
      const end = await serveApp({ configuration, surroundings, log, signal, say })
      if (end === 'stopped') return 0
    } catch (error) {
      log.error('failed', { error })
      say(`what-shipped: ${reasonOf(error)}`)
      return 1
    }
  }
}

/** Shows what a source tells, on this machine and to it alone; whatever is set for the App is left alone. */
async function show(app: AppProcess, name: string): Promise<0 | 1> {
  const { surroundings, environment, signal, say } = app
  const { PORT, LOG_LEVEL } = environment
  const own = { ...app, environment: { PORT, LOG_LEVEL }, readFile: () => undefined }
  const { configuration, problems } = parseConfiguration(own)
  if (configuration === undefined) {
    refuse(problems, say)
    return 1
  }
  if (parseConfiguration(app).configuration?.connected !== false) {
    say(
      'What is set for the App is left alone while a SOURCE is shown; "npm start" by itself starts it.',
    )
  }
  const directory = userDirectory(environment, app.directory)
  const onRemark = (line: string) => say(`what-shipped: ${line}`)
  const source = openLocalSource(name, async (onProgress) => {
    const reading = { source: name, directory, environment, signal, onProgress, onRemark }
    const reports = await readSource(reading)
    return createDocumentLibrary([accountOfReports(reports, surroundings.now())])
  })
  const log = createLog({ level: configuration.logLevel, now: surroundings.now })
  try {
    return await serveSource({ source, port: configuration.port, surroundings, log, signal, say })
  } catch (error) {
    log.error('failed', { error })
    say(`what-shipped: ${reasonOf(error)}`)
    return 1
  }
}

/** Does something with the store alone. The embedded one must not be in use. */
async function operate(
  app: AppProcess,
  command: OperatorCommand,
  args: readonly string[],
): Promise<0 | 1> {
  const { surroundings, print, say } = app
  const { configuration, problems } = parseConfiguration(app)
  if (configuration === undefined) {
    refuse(problems, say)
    return 1
  }
  const { now, randomBytes } = surroundings
  try {
    const store = await openStore(configuration.store, { now, random: randomBytes })
    try {
      return await command.run(
        { store, now, backfillWeeks: configuration.backfillWeeks, print, say },
        args,
      )
    } finally {
      await store.close()
    }
  } catch (error) {
    say(`what-shipped: ${reasonOf(error)}`)
    return 1
  }
}

function refuse(problems: readonly ConfigurationProblem[], say: AppProcess['say']): void {
  say('what-shipped: the App does not start like this:')
  for (const problem of problems) say(describeProblem(problem))
  say('"npm start -- --check" lists every setting.')
}

/** Errors of the start tell whoever started it what to do; nobody's data has been touched yet. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { message, cause } = error
  return cause instanceof Error ? `${message} (${cause.message})` : message
}
