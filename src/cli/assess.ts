import { parseArgs } from 'node:util'
import { openRepository, readCommits } from '../git/index.ts'
import {
  assessCommit,
  type Commit,
  type CommitAssessment,
  indexRegistry,
  type KnownMarks,
  shippedRegistry,
} from '../provenance/index.ts'
import { addToTotals, assessmentTable, emptyTotals } from './assessment-table.ts'
import { LineWriter } from './line-writer.ts'
import { readMessages } from './read-messages.ts'
import type { Surroundings } from './surroundings.ts'
import { UsageError } from './usage-error.ts'

export const assessUsage = `assess --git DIR [REVISION ...]     evidence and assistance of each commit of a clone
  assess --messages FILE              the same of NUL-separated messages (FILE may be -)
      One JSON object a line; on a terminal, a table with totals.`

/** Assesses commits one by one, as they come: JSON lines, or on a terminal a table of totals. */
export async function assess(args: readonly string[], surroundings: Surroundings): Promise<void> {
  const commits = await chosenCommits(args, surroundings)
  const marks = indexRegistry(shippedRegistry())
  if (surroundings.stdout.isTTY === true) await writeTable(commits, marks, surroundings)
  else await writeLines(commits, marks, surroundings)
}

async function chosenCommits(
  args: readonly string[],
  { stdin, stderr, environment }: Surroundings,
): Promise<AsyncIterable<Commit>> {
  const { values, positionals } = parseArguments(args)
  if ((values.git === undefined) === (values.messages === undefined)) {
    throw new UsageError('assess needs either --git DIR or --messages FILE')
  }
  if (values.messages !== undefined) {
    if (positionals.length > 0) throw new UsageError('--messages takes no revisions')
    return readMessages(values.messages, stdin)
  }
  const repository = await openRepository(values.git ?? '.', { environment })
  for (const warning of repository.warnings) stderr.write(`what-shipped: ${warning}\n`)
  return readCommits(repository, { revisions: positionals })
}

function parseArguments(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: { git: { type: 'string' }, messages: { type: 'string' } },
      allowPositionals: true,
      strict: true,
    })
  } catch (cause) {
    throw new UsageError(cause instanceof Error ? cause.message : String(cause), { cause })
  }
}

async function writeLines(
  commits: AsyncIterable<Commit>,
  marks: KnownMarks,
  { stdout }: Surroundings,
): Promise<void> {
  const writer = new LineWriter(stdout)
  for await (const commit of commits) {
    await writer.write(JSON.stringify(toLine(assessCommit(commit, marks))))
  }
  await writer.flush()
}

async function writeTable(
  commits: AsyncIterable<Commit>,
  marks: KnownMarks,
  { stdout }: Surroundings,
): Promise<void> {
  const totals = emptyTotals()
  for await (const commit of commits) addToTotals(totals, commit, assessCommit(commit, marks))
  const writer = new LineWriter(stdout)
  await writer.write(assessmentTable(totals, marks))
  await writer.flush()
}

/** The line's documented shape: docs/provenance.md. */
function toLine(assessment: CommitAssessment) {
  const { sha, assistance, agentAuthored, tier, tools, evidence, trailers } = assessment
  return {
    sha,
    assistance,
    agentAuthored,
    tier,
    tools,
    evidence: evidence.map(({ where: { sha: _, ...where }, ...one }) => ({ ...one, where })),
    trailers: trailers.map(({ key, value }) => ({ key, value })),
    automation: assessment.automation,
    setAside: assessment.setAside,
    reason: assessment.reason,
    registry: assessment.registry,
  }
}
