import { existsSync, readFileSync } from 'node:fs'
import { basename, delimiter, dirname, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { createPseudonyms, type PullRequestRecord } from '../../src/delivery/index.ts'
import { openRepository, readPullRequestRecords } from '../../src/git/index.ts'
import { indexRegistry, shippedRegistry } from '../../src/provenance/index.ts'

/**
 * Merged pull requests of three repositories, derived from git by other code. WHAT_SHIPPED_CLONES names the clones. Rows that differ, and why (share of the rows):
 * - the clone lacks a file of 4 MiB and more that the commit changes: the size is null and said to be (Roo-Code 0.2 %,
 *   deno 0.3 %, gemini-cli 0.03 %);
 * - two commits on the branch name one number, and the corpus has a row for each, where a pull request has one record: once
 *   the number is another repository's (Roo-Code 228, 293, 296, 357: the merge of the head is taken), once the commits
 *   follow each other and are one landing (deno 33823, Roo-Code 9158);
 * - the corpus gives no commits, or leaves some out, where the head is a merge of another repository's branch or of another
 *   open pull request's (Roo-Code 43, 63, 93, 1248, 1256).
 */
const RowSchema = z.object({
  pr: z.number(),
  mergeSha: z.string(),
  mergedAt: z.string(),
  firstCommitAt: z.string().nullable(),
  commits: z.number().nullable(),
  additions: z.number(),
  deletions: z.number(),
  filesChanged: z.number(),
})

const clones = (process.env.WHAT_SHIPPED_CLONES ?? '').split(delimiter).filter(Boolean)
const corpus = new URL('../../../shared/data/corpora/pr-history/', import.meta.url)

const compared = clones.flatMap((clone) => {
  const path = resolve(clone)
  const name = basename(basename(path) === 'repo' ? dirname(path) : path)
  const file = new URL(`${name}.jsonl`, corpus)
  return existsSync(file) ? [{ clone, name, file }] : []
})

describe('merged pull requests as the corpus has them', () => {
  test.runIf(compared.length === 0)('no clone to compare with', ({ skip }) => {
    skip('name clones of its repositories in WHAT_SHIPPED_CLONES; the corpus is in ../shared/data')
  })

  test.each(compared)('$name', { timeout: 600_000 }, async ({ clone, file }) => {
    const rows = readFileSync(file, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => RowSchema.parse(JSON.parse(line)))
    const records = await recordsByNumber(clone)
    const differing = rows.flatMap((row) => {
      const record = records.get(row.pr)
      const differences = record === undefined ? ['absent'] : differencesOf(row, record)
      return differences.length === 0 ? [] : [`${row.pr}: ${differences.join(', ')}`]
    })
    console.info(
      `${rows.length - differing.length} of ${rows.length} rows equal`,
      ...differing.map((line) => `\n  ${line}`),
    )
    expect(differing.length / rows.length).toBeLessThanOrEqual(0.005)
  })
})

type Facts = ReturnType<typeof factsOf>

async function recordsByNumber(clone: string): Promise<Map<number, Facts>> {
  const repository = await openRepository(clone, { environment: process.env })
  const recording = {
    marks: indexRegistry(shippedRegistry()),
    pseudonyms: createPseudonyms(new Uint8Array(32)),
  }
  const records = new Map<number, Facts>()
  const options = { recording, readAt: '2026-01-01T00:00:00Z' }
  for await (const record of readPullRequestRecords(repository, options)) {
    if (record.record === 'pull-request') records.set(record.number, factsOf(record))
  }
  return records
}

function factsOf({ commits, everSeenFirstCommitAt, merge, size }: PullRequestRecord) {
  return {
    mergeSha: merge?.commit,
    mergedAt: toTime(merge?.at),
    commits: commits?.filter(({ parents }) => (parents ?? 1) < 2).length ?? null,
    firstCommitAt: toTime(everSeenFirstCommitAt),
    additions: size?.total.additions,
    deletions: size?.total.deletions,
    filesChanged: size?.total.files,
  }
}

function differencesOf(row: z.infer<typeof RowSchema>, facts: Facts): string[] {
  const expected = {
    ...row,
    mergedAt: toTime(row.mergedAt),
    firstCommitAt: toTime(row.firstCommitAt),
  }
  return Object.entries(facts).flatMap(([name, value]) => {
    const wanted = expected[name as keyof Facts]
    return value === wanted ? [] : [`${name} is ${value}, not ${wanted}`]
  })
}

function toTime(text: string | null | undefined): number | null {
  return text === null || text === undefined ? null : Date.parse(text)
}
