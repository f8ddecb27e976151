import { visibleText } from '../report/index.ts'
import { assess, assessUsage } from './assess.ts'
import { exportUsage } from './export-usage.ts'
import { LineWriter } from './line-writer.ts'
import { OutputClosed } from './output-closed.ts'
import type { Surroundings } from './surroundings.ts'
import { UsageError } from './usage-error.ts'

const usage = `Usage: what-shipped VERB ...

  ${assessUsage}

  ${exportUsage}

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
  try {
    await runVerb(args, surroundings, say)
    return 0
  } catch (error) {
    if (error instanceof OutputClosed) return 0
    say(error instanceof Error ? error.message : String(error))
    if (!(error instanceof UsageError)) return 1
    stderr.write(`\n${usage}\n`)
    return 2
  }
}

async function runVerb(
  [verb, ...args]: readonly string[],
  surroundings: Surroundings,
  say: (message: string) => void,
): Promise<void> {
  if (verb === undefined) throw new UsageError('name what to do')
  if (asksForHelp([verb, ...args])) {
    const writer = new LineWriter(surroundings.stdout)
    await writer.write([usage])
    await writer.flush()
    return
  }
  if (verb === 'assess') return assess(args, surroundings, say)
  if (verb !== 'export') throw new UsageError(`there is no verb ${JSON.stringify(verb)}`)
  // Loaded where it is used: what checks records takes longer to load than all of assess.
  const { exportRecords } = await import('./export.ts')
  await exportRecords(args, surroundings, say)
}

/** What stands after "--" is a revision, whatever it looks like. */
function asksForHelp(args: readonly string[]): boolean {
  if (args[0] === 'help') return true
  const end = args.indexOf('--')
  const options = end === -1 ? args : args.slice(0, end)
  return options.includes('--help') || options.includes('-h')
}
