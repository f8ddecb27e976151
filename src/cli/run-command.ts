import { visibleText } from '../report/index.ts'
import { assess, assessUsage } from './assess.ts'
import { exportUsage } from './export-usage.ts'
import { LineWriter } from './line-writer.ts'
import { OutputClosed } from './output-closed.ts'
import { packageVersion } from './package-version.ts'
import { reportUsage } from './report-usage.ts'
import { serve, serveUsage } from './serve.ts'
import type { Surroundings } from './surroundings.ts'
import { UsageError } from './usage-error.ts'

interface Verb {
  /** How it is called and what it does. */
  readonly usage: string
  /**
   * @param say tells the user something that is no result
   * @returns the exit status
   */
  run(
    args: readonly string[],
    surroundings: Surroundings,
    say: (message: string) => void,
  ): Promise<0 | 1 | 2>
}

const verbs: ReadonlyMap<string, Verb> = new Map<string, Verb>([
  ['assess', { usage: assessUsage, run: async (...given) => done(assess(...given)) }],
  [
    'export',
    {
      usage: exportUsage,
      // Loaded where it is used: what checks records takes longer to load than all of assess.
      run: async (...given) => done((await import('./export.ts')).exportRecords(...given)),
    },
  ],
  [
    'report',
    {
      usage: reportUsage,
      run: async (...given) => done((await import('./report.ts')).report(...given)),
    },
  ],
  ['serve', { usage: serveUsage, run: serve }],
])

async function done(work: Promise<void>): Promise<0> {
  await work
  return 0
}

const usage = `${usageOf(...verbs.values())}

  help [VERB]                         this text, or what it says of one verb
  --version                           which version this is

Results go to standard output, everything else to standard error.
Exit status: 0 done, 1 could not be done, 2 wrong usage.`

const maximumMessage = 1_000

/** Runs one verb and gives the exit status: 0 done, 1 could not be done, 2 wrong usage. Never throws. */
export async function runCommand(
  args: readonly string[],
  surroundings: Surroundings,
): Promise<0 | 1 | 2> {
  const { stderr } = surroundings
  // Where nobody reads the diagnostics any more, the results and the exit status still count.
  stderr.on('error', () => {})
  const say = (message: string) => {
    stderr.write(`what-shipped: ${visibleText(message, maximumMessage)}\n`)
  }
  const [name = '', ...others] = args
  const verb = verbs.get(name === 'help' ? (others[0] ?? '') : name)
  try {
    if (asksForHelp(args)) await print(verb === undefined ? usage : usageOf(verb), surroundings)
    else if (name === '--version') await print(await packageVersion(), surroundings)
    else if (verb !== undefined) return await verb.run(others, surroundings, say)
    else throw new UsageError(unknownVerb(args))
    return 0
  } catch (error) {
    if (error instanceof OutputClosed) return 0
    const message = error instanceof Error ? error.message : String(error)
    const isUsage = error instanceof UsageError
    say(isUsage && verb !== undefined ? `${message}; ${whereToRead(name)}` : message)
    return isUsage ? 2 : 1
  }
}

function usageOf(...shown: readonly Verb[]): string {
  return ['Usage: what-shipped VERB ...', ...shown.map((verb) => `  ${verb.usage}`)].join('\n\n')
}

function whereToRead(verb: string): string {
  return `"what-shipped help ${verb}" tells how it is used`
}

function unknownVerb([name]: readonly string[]): string {
  const problem = name === undefined ? 'name a verb' : `there is no verb ${JSON.stringify(name)}`
  return `${problem}; the verbs are ${[...verbs.keys()].join(', ')}, and "what-shipped help" tells what they do`
}

async function print(text: string, { stdout }: Surroundings): Promise<void> {
  const writer = new LineWriter(stdout)
  await writer.write([text])
  await writer.flush()
}

/** What stands after "--" is a revision, whatever it looks like. */
function asksForHelp(args: readonly string[]): boolean {
  if (args[0] === 'help') return true
  const end = args.indexOf('--')
  const options = end === -1 ? args : args.slice(0, end)
  return options.includes('--help') || options.includes('-h')
}
