import { resolve } from 'node:path'
import { styleText } from 'node:util'
// From their files: the folder's index also loads what reads pull requests, and zod with it, which doubles the time to start.
import { openRepository } from '../git/open-repository.ts'
import { readCommitBatches } from '../git/read-commits.ts'
import {
  assessCommit,
  type Commit,
  indexRegistry,
  type KnownMarks,
  shippedRegistry,
} from '../provenance/index.ts'
import { assessmentLine } from './assessment-line.ts'
import { assessmentTable } from './assessment-table.ts'
import { addToTotals, emptyTotals } from './assessment-totals.ts'
import { warningsOf } from './clone-warnings.ts'
import { LineWriter } from './line-writer.ts'
import { parseOptions } from './parse-options.ts'
import { readMessages } from './read-messages.ts'
import type { Surroundings } from './surroundings.ts'
import { UsageError } from './usage-error.ts'

export const assessUsage = `assess [--git DIR [REVISION ...]]   reads the commits of a clone: of HEAD, or
                                      of revisions such as main or v1..v2;
                                      DIR is the current directory by default
  assess --messages FILE              reads commit messages with NUL between
                                      them; FILE may be -, for standard input
      Gives the evidence of AI and the assistance of each commit, as a line of
      JSON; on a terminal, a table with totals.`

/** Commits in the pieces in which they come: waiting for each one alone would take longer than assessing it. */
type Batches = AsyncIterable<readonly Commit[]>

/**
 * Assesses commits as they come: JSON lines, or on a terminal a table of totals.
 *
 * @param say tells the user something that is no result
 */
export async function assess(
  args: readonly string[],
  surroundings: Surroundings,
  say: (message: string) => void,
): Promise<void> {
  // Git is asked about the clone while the registry is indexed.
  const chosen = chosenCommits(args, surroundings, say)
  const marks = indexRegistry(shippedRegistry())
  const batches = await chosen
  if (surroundings.stdout.isTTY === true) await writeTable(batches, marks, surroundings)
  else await writeLines(batches, marks, surroundings)
}

async function chosenCommits(
  args: readonly string[],
  { directory, stdin, environment }: Surroundings,
  say: (message: string) => void,
): Promise<Batches> {
  const { clone, messages, revisions } = parseArguments(args)
  if (messages === '-') return readMessages(stdin, 'standard input')
  if (messages !== undefined) return readMessages(resolve(directory, messages))
  const repository = await openRepository(resolve(directory, clone), { environment })
  for (const warning of warningsOf(repository)) say(warning)
  return readCommitBatches(repository, { revisions })
}

function parseArguments(args: readonly string[]) {
  const { values, positionals } = parseOptions(args, {
    git: { type: 'string' },
    messages: { type: 'string' },
  })
  const { git, messages } = values
  if (git === '') throw new UsageError('--git needs a directory')
  if (messages === '') throw new UsageError('--messages needs a file')
  if (git !== undefined && messages !== undefined) {
    throw new UsageError('assess reads a clone or messages, not both')
  }
  if (positionals.length > 0 && messages !== undefined) {
    throw new UsageError('--messages takes no revisions')
  }
  // Or a directory that was named without the option would be taken for a revision of another clone.
  if (positionals.length > 0 && git === undefined) {
    throw new UsageError('revisions need --git DIR before them')
  }
  return { clone: git ?? '.', messages, revisions: positionals }
}

async function writeLines(
  batches: Batches,
  marks: KnownMarks,
  { stdout }: Surroundings,
): Promise<void> {
  const writer = new LineWriter(stdout)
  try {
    for await (const commits of batches) {
      await writer.write(
        commits.map((commit) => assessmentLine(commit, assessCommit(commit, marks))),
      )
    }
  } finally {
    // What was read before a failure is still true.
    await writer.flush()
  }
}

async function writeTable(
  batches: Batches,
  marks: KnownMarks,
  { stdout, environment }: Surroundings,
): Promise<void> {
  const totals = emptyTotals()
  for await (const commits of batches) {
    for (const commit of commits) addToTotals(totals, commit, assessCommit(commit, marks))
  }
  const plain = Boolean(environment.NO_COLOR) || environment.TERM === 'dumb'
  const emphasis = plain ? asIs : bold
  const writer = new LineWriter(stdout)
  await writer.write([assessmentTable(totals, marks, emphasis)])
  await writer.flush()
}

function bold(text: string): string {
  return styleText('bold', text, { validateStream: false })
}

function asIs(text: string): string {
  return text
}
