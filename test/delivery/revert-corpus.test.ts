import { describe, expect, test } from 'vitest'
import { wilson } from '../../bench/wilson.ts'
import {
  type Finding,
  findInCorpus,
  isRight,
  namedClones,
  readRevertCorpus,
} from '../support/revert-corpus.ts'

const corpus = readRevertCorpus()
const clones = namedClones()
const cloned = [...(corpus?.keys() ?? [])].filter((repo) => clones.has(repo))

function ofKind(findings: readonly Finding[], ...kinds: readonly string[]): Finding[] {
  return findings.filter(({ row }) => kinds.includes(row.kind))
}

/** With its 95 % interval, as docs/reverts.md has it. */
function share(part: number, of: number): string {
  const { value, low, high } = wilson(part, of)
  const [shown, from, to] = [value, low, high].map((each) => (100 * each).toFixed(1))
  return `${part} of ${of} (${shown} %, ${from} to ${to})`
}

/** What was made of the commits of each kind, a line each. */
function table(findings: readonly Finding[]): string {
  const lines = [...Map.groupBy(findings, ({ row }) => row.kind)].map(([kind, found]) => {
    const linked = found.filter((each) => each.linked.length > 0)
    const roles = Map.groupBy(found, ({ role }) => role ?? 'none')
    return [
      kind.padEnd(20),
      String(found.length).padStart(5),
      `right ${linked.filter(isRight).length}`.padEnd(12),
      `other ${linked.filter((each) => !isRight(each)).length}`.padEnd(10),
      `counted ${found.filter(({ counted }) => counted).length}`.padEnd(13),
      [...roles].map(([role, { length }]) => `${role} ${length}`).join(', '),
    ].join(' ')
  })
  const missed = ofKind(findings, 'full')
    .filter((found) => !isRight(found))
    .map(
      ({ row, role }) =>
        `  ${row.repo} ${row.revertSha.slice(0, 12)} ${row.messageResolvableBy} ${role}`,
    )
  return [...lines, 'not linked to the right target:', ...missed].join('\n')
}

/** The limits of issue 3. */
function expectWithinLimits(findings: readonly Finding[], fullAtLeast: number): void {
  const full = ofKind(findings, 'full')
  const right = full.filter(isRight).length
  const negatives = ofKind(findings, 'intra-pr', 'not-a-revert')
  const taken = negatives.filter(({ counted, role }) => counted || role === 'revert')
  const relands = ofKind(findings, 'reland', 'revert-of-revert')
  const ofRightKind = relands.filter(({ row, role }) => role === row.kind).length
  console.info(
    `${table(findings)}\nfull: ${share(right, full.length)} right; negatives: ${share(taken.length, negatives.length)} taken for reverts; ` +
      `relands and reverts of reverts: ${share(ofRightKind, relands.length)} of the right kind`,
  )
  expect(right / full.length).toBeGreaterThanOrEqual(fullAtLeast)
  expect(taken.length / negatives.length).toBeLessThanOrEqual(0.02)
  expect(ofRightKind / relands.length).toBeGreaterThanOrEqual(0.9)
}

async function findAll(reading: 'corpus' | 'clones' | 'content'): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const [repo, rows] of corpus ?? []) {
    const clone = clones.get(repo)
    if (reading !== 'corpus' && clone === undefined) continue
    findings.push(
      ...(await findInCorpus(
        repo,
        rows,
        reading === 'corpus' || clone === undefined
          ? {}
          : { clone, byContent: reading === 'content' },
      )),
    )
  }
  return findings
}

describe('the labelled reverts of eight repositories', () => {
  test('from their messages alone', { timeout: 120_000 }, async ({ skip }) => {
    skip(corpus === null, 'the corpus ../shared/data/corpora/reverts.jsonl is absent')
    expectWithinLimits(await findAll('corpus'), 0.94)
  })

  test('from the messages of clones', { timeout: 900_000 }, async ({ skip }) => {
    skip(cloned.length === 0, 'name clones of its repositories in WHAT_SHIPPED_CLONES')
    expectWithinLimits(await findAll('clones'), 0.94)
  })

  test('with the content of clones', { timeout: 900_000 }, async ({ skip }) => {
    skip(cloned.length === 0, 'name clones of its repositories in WHAT_SHIPPED_CLONES')
    expectWithinLimits(await findAll('content'), 0.97)
  })
})
