import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { assessmentTable } from '../../src/cli/assessment-table.ts'
import { addToTotals, emptyTotals, type Totals } from '../../src/cli/assessment-totals.ts'
import {
  type CommitAssessment,
  type Evidence,
  indexRegistry,
  shippedRegistry,
  type Tier,
} from '../../src/provenance/index.ts'
import { findForbiddenWords } from '../support/forbidden-words.ts'
import { propertyRuns } from '../support/property-runs.ts'

const marks = indexRegistry(shippedRegistry())
const tiers: readonly Tier[] = ['E1', 'E2', 'E3', 'E4']

const nothing: CommitAssessment = {
  sha: undefined,
  tier: undefined,
  setAside: undefined,
  automation: undefined,
  assistance: 'undeclared',
  agentAuthored: false,
  tools: [],
  evidence: [],
  overruled: [],
  trailers: [],
  reason: 'nothing recorded',
  registry: marks.version,
}

function sign(tool: string, tier: Tier, claim: Evidence['claim'] = 'assisted'): Evidence {
  return { tool, mark: `${tool}/x`, tier, claim, where: { in: 'message' }, text: 'x' }
}

function totalsOf(...assessments: readonly Partial<CommitAssessment>[]): Totals {
  const totals = emptyTotals()
  for (const one of assessments) addToTotals(totals, { message: '' }, { ...nothing, ...one })
  return totals
}

function tableOf(totals: Totals): string {
  return assessmentTable(totals, marks, (text) => text)
}

const assisted = { assistance: 'assisted', tier: 'E2' } as const

describe('the totals', () => {
  test('count a merge apart, and nothing of it', () => {
    const totals = emptyTotals()
    const assessment = { ...nothing, ...assisted, evidence: [sign('codex', 'E2')] }
    addToTotals(totals, { message: '', parents: 2 }, assessment)
    expect(totals).toEqual({ ...emptyTotals(), merges: 1 })
  })

  test.each([[0], [1], [undefined]])('count a commit of %s parents', (parents) => {
    const totals = emptyTotals()
    addToTotals(totals, { message: '', ...(parents === undefined ? {} : { parents }) }, nothing)
    expect(totals).toEqual({ ...emptyTotals(), commits: 1, undeclared: 1 })
  })

  test("count a commit under each of its tools, by that tool's strongest sign", () => {
    const { tools } = totalsOf({
      ...assisted,
      evidence: [sign('codex', 'E4'), sign('codex', 'E2'), sign('cursor', 'E3')],
    })
    expect(tools).toEqual(
      new Map([
        ['codex', { E1: 0, E2: 1, E3: 0, E4: 0 }],
        ['cursor', { E1: 0, E2: 0, E3: 1, E4: 0 }],
      ]),
    )
  })

  test('show no tool for what is no AI use: suggestions, declarations of none, what lost', () => {
    const lost = sign('codex', 'E3')
    const { tools } = totalsOf(
      { evidence: [sign('coderabbit', 'E2', 'suggested')] },
      {
        assistance: 'unassisted',
        tier: 'E3',
        evidence: [sign('ai-assistance', 'E3', 'unassisted'), lost],
        overruled: [lost],
      },
    )
    expect(tools.size).toBe(0)
  })

  test.each<[keyof Totals['unrecorded'], Partial<CommitAssessment>]>([
    ['unreliable', { setAside: 'unreliable-mark', evidence: [sign('copilot-vscode', 'E4')] }],
    ['automation', { automation: 'dependabot', evidence: [sign('codex', 'E4')] }],
    ['suggested', { evidence: [sign('coderabbit', 'E2', 'suggested'), sign('codex', 'E4')] }],
    ['weak', { evidence: [sign('codex', 'E4')] }],
  ])('say that nothing is recorded because of: %s', (reason, assessment) => {
    const totals = totalsOf(assessment, {})
    expect(totals).toMatchObject({ commits: 2, undeclared: 2 })
    expect(totals.unrecorded).toEqual({ ...emptyTotals().unrecorded, [reason]: 1 })
  })
})

test('the whole table', () => {
  const agent = { ...assisted, agentAuthored: true, evidence: [sign('gastown', 'E2')] }
  const claude = { ...assisted, evidence: [sign('claude-code', 'E2')] }
  const totals = totalsOf(
    ...Array.from({ length: 1_234 }, () => claude),
    { ...assisted, tier: 'E1', evidence: [sign('claude-code', 'E1'), sign('cursor', 'E1')] },
    agent,
    { ...claude, setAside: 'disputed' },
    { assistance: 'unassisted', tier: 'E1', evidence: [sign('git-ai', 'E1', 'unassisted')] },
    { assistance: 'unassisted', tier: 'E1', setAside: 'disputed', evidence: [] },
    ...Array.from({ length: 5_000 }, () => ({})),
    { automation: 'dependabot' },
    { evidence: [sign('coderabbit', 'E2', 'suggested')] },
    { evidence: [sign('codex', 'E4')] },
    { setAside: 'unreliable-mark', evidence: [sign('copilot-vscode', 'E4')] },
  )
  totals.merges = 12
  expect(tableOf(totals).replace(marks.version, 'DATE')).toMatchInlineSnapshot(`
    "6,243 commits read; 12 merges are not counted.

      AI recorded                               1,237      19.8 %
        authored by an agent                        1      <0.1 %
        disputed by a person, set aside             1      <0.1 %
      recorded as made without AI                   2      <0.1 %
        disputed by a person, set aside             1      <0.1 %
      nothing recorded                          5,004      80.2 %
        made by a bot that is no AI tool            1      <0.1 %
        an AI review suggestion was taken           1      <0.1 %
        weak signs only                             1      <0.1 %
        an unreliable mark only, set aside          1      <0.1 %

    Commits by tool and strongest sign             E1        E2        E3        E4
    Claude Code                                     1     1,235         ·         ·
    Cursor                                          1         ·         ·         ·
    Gas Town                                        ·         1         ·         ·
    GitHub Copilot in VS Code                       ·         ·         ·         1
    OpenAI Codex                                    ·         ·         ·         1
    All with AI recorded                            1     1,236         ·         ·
    All recorded as made without AI                 2         ·         ·         ·

    E1 attested by a platform or a note     E2 the mark that a tool leaves
    E3 declared by a person                 E4 weak, never enough alone
    A commit that shows several tools stands in the line of each.

    Nothing recorded does not mean that no AI was used: many tools leave no mark.
    Registry of DATE. In a pipe, this command writes each commit as JSON."
  `)
})

describe('the table', () => {
  test.each<[number, number, string]>([
    [0, 0, '0 commits read.'],
    [1, 1, '1 commit read; 1 merge is not counted.'],
    [1_000_000, 2_000, '1,000,000 commits read; 2,000 merges are not counted.'],
  ])('of %i commits and %i merges', (commits, merges, line) => {
    const [first] = tableOf({ ...emptyTotals(), commits, merges, undeclared: commits }).split('\n')
    expect(first).toBe(line)
  })

  test.each<[number, number, string]>([
    [0, 3, '0.0 %'],
    [1, 100_000, '<0.1 %'],
    [1, 8, '12.5 %'],
    [99_999, 100_000, '>99.9 %'],
    [3, 3, '100.0 %'],
  ])('gives %i of %i as %s', (value, commits, share) => {
    const totals = { ...emptyTotals(), commits, undeclared: value }
    const line = tableOf(totals)
      .split('\n')
      .find((one) => one.includes('nothing recorded'))
    expect(line?.trimEnd().endsWith(` ${share}`)).toBe(true)
  })

  test('shows a tool that the registry does not name, and no character that acts', () => {
    const table = tableOf(
      totalsOf({ ...assisted, evidence: [sign(`\u001b[31m\u202e${'x'.repeat(500)}`, 'E2')] }),
    )
    expect(table.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u)
    expect(table).toContain('<U+001B>[31m')
    expect(widest(table)).toBeLessThan(80)
  })

  test('has the tools in the order of their counts, then of their names', () => {
    const one = (tool: string) => ({ ...assisted, evidence: [sign(tool, 'E2')] })
    const table = tableOf(totalsOf(one('devin'), one('cursor'), one('amp'), one('cursor')))
    expect(table).toMatch(/\nCursor .*\nAmp .*\nDevin .*\nAll with AI recorded /)
  })

  test('fits 80 columns, with every AI tool of the registry in full and a number of seven digits each', () => {
    const tools = [...marks.tools.values()].filter(({ kind }) => kind !== 'automation')
    const counts = { E1: 9_999_999, E2: 9_999_999, E3: 9_999_999, E4: 9_999_999 }
    const totals: Totals = {
      ...emptyTotals(),
      commits: 99_999_999,
      merges: 99_999_999,
      agentAuthored: 9_999_999,
      disputed: 9_999_999,
      disputedUnassisted: 9_999_999,
      assisted: counts,
      unassisted: counts,
      undeclared: 9_999_999,
      unrecorded: {
        unreliable: 9_999_999,
        automation: 9_999_999,
        suggested: 9_999_999,
        weak: 9_999_999,
      },
      tools: new Map(tools.map(({ id }) => [id, counts])),
    }
    const table = tableOf(totals)
    expect(widest(table)).toBeLessThan(80)
    expect(findForbiddenWords(table)).toEqual([])
    for (const { name } of tools) expect(table).toContain(`\n${name} `)
  })

  function widest(table: string): number {
    return Math.max(...table.split('\n').map((line) => line.length))
  }
})

test('the numbers add up, whatever the commits', () => {
  const claim = fc.constantFrom<Evidence['claim']>(
    'agent-authored',
    'assisted',
    'unassisted',
    'suggested',
  )
  const evidence = fc.array(
    fc
      .tuple(fc.constantFrom('codex', 'cursor', 'git-ai'), fc.constantFrom(...tiers), claim)
      .map(([tool, tier, said]) => sign(tool, tier, said)),
    { maxLength: 4 },
  )
  const strong = fc.constantFrom<Tier>('E1', 'E2', 'E3')
  const assessment = fc
    .record({
      answer: fc.oneof(
        fc.record({ assistance: fc.constantFrom('assisted', 'unassisted'), tier: strong }),
        fc.constant({ assistance: 'undeclared' as const }),
      ),
      agentAuthored: fc.boolean(),
      evidence,
      rest: fc.record(
        {
          setAside: fc.constantFrom('disputed', 'unreliable-mark'),
          automation: fc.constant('dependabot'),
        },
        { requiredKeys: [] },
      ),
    })
    .map(({ answer, rest, ...facts }): CommitAssessment => {
      return { ...nothing, ...answer, ...facts, ...rest }
    })
  const commit = fc.record({ message: fc.constant(''), parents: fc.nat({ max: 3 }) })
  const history = fc.array(fc.tuple(commit, assessment))
  fc.assert(
    fc.property(history, (commits) => {
      const totals = emptyTotals()
      for (const [one, answer] of commits) addToTotals(totals, one, answer)
      const lines = tableOf(totals).split('\n')
      const number = (start: string) => {
        const line = lines.find((text) => text.startsWith(start))
        return line === undefined ? 0 : Number(/ {2,}([\d,]+)/.exec(line.slice(start.length))?.[1])
      }
      const recorded = number('  AI recorded')
      const without = number('  recorded as made without AI')
      const none = number('  nothing recorded')
      expect(totals.commits + totals.merges).toBe(commits.length)
      expect(recorded + without + none).toBe(totals.commits)
      expect(number('    authored by an agent')).toBeLessThanOrEqual(recorded)
      expect(
        number('    made by a bot that is no AI tool') +
          number('    an AI review suggestion was taken') +
          number('    weak signs only') +
          number('    an unreliable mark only, set aside'),
      ).toBeLessThanOrEqual(none)
      const cells = (start: string) =>
        lines
          .find((text) => text.startsWith(start))
          ?.slice(39)
          .trim()
          .split(/ +/)
          .map((cell) => (cell === '·' ? 0 : Number(cell))) ?? []
      const add = (values: readonly number[]) => values.reduce((total, one) => total + one, 0)
      if (lines.some((text) => text.startsWith('All with AI recorded'))) {
        expect(add(cells('All with AI recorded'))).toBe(recorded)
        expect(add(cells('All recorded as made without AI'))).toBe(without)
      }
    }),
    { numRuns: propertyRuns(200) },
  )
})
