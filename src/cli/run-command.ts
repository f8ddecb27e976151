import { visibleText } from '../report/index.ts'
import { assess, assessUsage } from './assess.ts'
import type { Surroundings } from './surroundings.ts'
import { UsageError } from './usage-error.ts'

const usage = `Usage: what-shipped VERB ...

  ${assessUsage}

Results go to standard output, everything else to standard error.
Exit status: 0 done, 1 could not be done, 2 wrong usage.
`

/** Runs one verb and gives the exit status: 0 done, 1 could not be done, 2 wrong usage. Never throws. */
export async function runCommand(
  args: readonly string[],
  surroundings: Surroundings,
): Promise<0 | 1 | 2> {
  const [verb, ...rest] = args
  try {
    if (verb === undefined || verb === '--help' || verb === 'help') {
      surroundings.stdout.write(usage)
      return 0
    }
    if (verb !== 'assess') throw new UsageError(`there is no verb ${JSON.stringify(verb)}`)
    await assess(rest, surroundings)
    return 0
  } catch (error) {
    if (isBrokenPipe(error)) return 0
    const message = error instanceof Error ? error.message : String(error)
    surroundings.stderr.write(`what-shipped: ${visibleText(message, 1_000)}\n`)
    if (!(error instanceof UsageError)) return 1
    surroundings.stderr.write(`\n${usage}`)
    return 2
  }
}

/** The reader of our output had enough (`| head`): that is no failure. */
function isBrokenPipe(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EPIPE'
}
