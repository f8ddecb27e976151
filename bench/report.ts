import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { atMost, type Figure, median } from './figure.ts'
import { type Cost, measureNode } from './measure-process.ts'

const runs = 3
const changes = 100_000
const secondsAllowed = 3

/**
 * `report` of a file with the records of 100,000 changes, from start to end; beside DuckDB with all its threads, which takes
 * only medians and revert rates of the cohorts, out of changes that are derived already (`export --changes` of that file).
 */
export async function benchReport(): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'what-shipped-bench-'))
  try {
    const records = join(folder, 'records.ndjson')
    const derived = join(folder, 'changes.ndjson')
    const made = ['--changes', String(changes), '--people', '1000', '--repositories', '20']
    await write(records, ['test/support/write-synthetic.ts', ...made])
    await write(derived, ['src/cli/index.js', 'export', records, '--changes'])
    const ours: Cost[] = []
    const duckdb: Cost[] = []
    for (let run = 0; run < runs; run += 1) {
      ours.push(await measureNode(['src/cli/index.js', 'report', records, '--format', 'json']))
      duckdb.push(await measureNode(['bench/report/duckdb-cohorts.ts', derived]))
    }
    return compare(ours, duckdb)
  } finally {
    await rm(folder, { recursive: true })
  }
}

function compare(ours: readonly Cost[], duckdb: readonly Cost[]): Figure[] {
  const of = (costs: readonly Cost[], part: keyof Cost) => median(costs.map((cost) => cost[part]))
  const versus = "DuckDB's medians and revert rates from derived changes"
  const what = `report of ${changes.toLocaleString('en')} changes`
  const elapsed = of(ours, 'elapsed')
  return [
    atMost(what, elapsed / 1_000, 's', 'a fixed limit', secondsAllowed),
    atMost(`${what}, elapsed`, elapsed / of(duckdb, 'elapsed'), 'times', versus, 3),
    atMost(`${what}, CPU`, of(ours, 'cpu') / of(duckdb, 'cpu'), 'times', versus, 3),
    atMost(`${what}, memory`, of(ours, 'memory'), 'MB', 'a fixed limit', 1_024),
  ]
}

/** Runs a script and keeps what it writes. */
async function write(path: string, args: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] })
  const ended = once(child, 'close')
  await pipeline(child.stdout, createWriteStream(path))
  const [status] = await ended
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}`)
}

if (import.meta.main) {
  for (const figure of await benchReport()) console.log(JSON.stringify(figure))
}
