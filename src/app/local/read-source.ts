import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { loadReports, type Report, visibleText } from '../../report/index.ts'
import { variables } from '../configuration/variables.ts'

/** A source, and how its reading is followed. */
export interface SourceReading {
  /** A clone's directory, a records file or owner/name on GitHub, as the user wrote it. */
  readonly source: string
  /** In which a relative path starts. */
  readonly directory: string
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Ends the reading. */
  readonly signal: AbortSignal
  /** Gets, every second, how far it is. */
  readonly onProgress: (line: string) => void
  /** Gets what whoever started it may want to know. */
  readonly onRemark: (line: string) => void
}

/** The command could not read it; the message is its own line. */
export class SourceError extends Error {
  override readonly name = 'SourceError'
}

const command = fileURLToPath(new URL('../../cli/index.js', import.meta.url))
const prefix = 'what-shipped: '
const longestLine = 1_000
const unexplained =
  'reading it ended without a reason; "what-shipped report" with the same source may tell more'

/**
 * Has the command read a source, in a process of its own: the App and the command share no code, and neither waits for the
 * other. The reports come as `report --format ndjson` writes them.
 *
 * @throws SourceError where it cannot be read, and the signal's reason where that is aborted
 */
export async function readSource(reading: SourceReading): Promise<[Report, ...Report[]]> {
  const { source, directory, environment, signal } = reading
  signal.throwIfAborted()
  const args = [command, 'report', '--format', 'ndjson', '--progress', '1', '--', source]
  const child = spawn(process.execPath, args, {
    cwd: directory,
    env: withoutSecrets(environment),
    // `-` is standard input.
    stdio: ['inherit', 'pipe', 'pipe'],
  })
  const kill = () => child.kill()
  signal.addEventListener('abort', kill, { once: true })
  process.once('exit', kill)
  try {
    let remark: string | undefined
    createInterface({ input: child.stderr }).on('line', (line) => {
      const shown = visibleText(line.replace(prefix, ''), longestLine)
      if (!line.startsWith(prefix)) return reading.onProgress(shown)
      // Of a failure the last one is the reason, and told as such.
      if (remark !== undefined) reading.onRemark(remark)
      remark = shown
    })
    const lines: string[] = []
    createInterface({ input: child.stdout }).on('line', (line) => lines.push(line))
    const [status] = await once(child, 'close')
    signal.throwIfAborted()
    if (status !== 0) throw new SourceError(remark ?? unexplained)
    if (remark !== undefined) reading.onRemark(remark)
    return await parseReports(lines)
  } finally {
    process.off('exit', kill)
    signal.removeEventListener('abort', kill)
  }
}

async function parseReports(lines: readonly string[]): Promise<[Report, ...Report[]]> {
  const { parseReport } = await loadReports()
  const [whole, ...others] = lines.map((line) => {
    const report = parseReport(line)
    if (report === undefined) throw new SourceError('another version of What Shipped wrote this')
    return report
  })
  if (whole === undefined) throw new SourceError('the command wrote no report')
  return [whole, ...others]
}

const secrets: ReadonlySet<string> = new Set(
  variables.filter(({ secret }) => secret).map(({ name }) => name),
)

/** The command needs none of what the App keeps to itself. */
function withoutSecrets(environment: SourceReading['environment']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) =>
      value === undefined || secrets.has(name) ? [] : [[name, value]],
    ),
  )
}
