import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ChangeAssessment, Evidence, Tier } from '../../../src/provenance/index.ts'
import { assistanceSummary, type SummaryContext } from '../../../src/report/index.ts'
import { findForbiddenWords } from '../../support/forbidden-words.ts'
import { maliciousTexts } from '../../support/malicious-inputs.ts'
import { markdownReaders, tagsOf, withoutCode } from '../../support/markdown-html.ts'
import { propertyRuns } from '../../support/property-runs.ts'

const sha = 'c0ffee'.padEnd(40, '0')

const context: SummaryContext = {
  repositoryUrl: 'https://github.com/acme/app',
  number: 7,
  labels: { assisted: 'ai:assisted', unassisted: 'ai:unassisted' },
  toolName: (id) => (id === 'claude-code' ? 'Claude Code' : id === 'label' ? 'not named' : id),
  notices: [],
}

const mark: Evidence = {
  tool: 'claude-code',
  mark: 'claude-code/co-author',
  tier: 'E2',
  claim: 'assisted',
  where: { in: 'message', line: 3, sha },
  text: 'Co-Authored-By: Claude <noreply@anthropic.com>',
}

const word: Evidence = {
  tool: 'label',
  mark: 'label/unassisted',
  tier: 'E3',
  claim: 'unassisted',
  where: { in: 'label' },
  text: 'ai:unassisted',
}

const assisted: ChangeAssessment = {
  assistance: 'assisted',
  agentAuthored: false,
  intensity: 'heavy',
  tier: 'E2',
  tools: ['claude-code'],
  assistedCommits: 3,
  totalCommits: 4,
  commits: [],
  evidence: [mark],
  overruled: [],
  setAside: null,
  complete: true,
  automation: null,
  reason: 'It carries the mark that an AI tool leaves. 3 of its 4 commits carry a sign of AI.',
  policy: null,
  registry: '2026-11-22',
}

const undeclared: ChangeAssessment = {
  ...assisted,
  assistance: 'undeclared',
  intensity: null,
  tier: null,
  tools: [],
  assistedCommits: 0,
  evidence: [],
  reason: 'Nothing is recorded, which does not show that no AI was used.',
}

const headlineOf = (assessment: ChangeAssessment) =>
  assistanceSummary(assessment, context).split('\n')[0]

const byteLength = (text: string) => Buffer.byteLength(text, 'utf8')

test('the whole summary of an assisted change', () => {
  expect(assistanceSummary(assisted, context)).toMatchInlineSnapshot(`
    "## AI recorded: AI-assisted

    It carries the mark that an AI tool leaves. 3 of its 4 commits carry a sign of AI.

    | Tool | Strongest sign | Intensity |
    | --- | --- | --- |
    | \` Claude Code \` | E2 a tool's own mark | heavy: 3 of 4 commits |

    ### What was found

    | Sign | Tool | It says | How sure | Where |
    | --- | --- | --- | --- | --- |
    | \` Co-Authored-By: Claude <noreply@anthropic.com> \` | \` Claude Code \` | AI was used | E2 a tool's own mark | [\`c0ffee0\`](https://github.com/acme/app/commit/c0ffee0000000000000000000000000000000000) message, line 3 |

    ### Is it wrong?

    Take a wrong label off, or put \` ai:assisted \` or \` ai:unassisted \` on. Or write \` AI-Assistance: none \`, \` AI-Assistance: assisted \` or \` AI-Assistance: agent \` on a line of its own in the description or a commit message. Your word is kept and shown. Against a tool's own mark it makes the change count neither as assisted nor as unassisted; what is attested stands.

    <sub>Read from the commits, description, branch, labels and notes of pull request 7, with registry 2026-11-22. This describes one change and judges nobody's work.</sub>"
  `)
})

test('the whole summary of a change of which nothing is known', () => {
  expect(assistanceSummary(undeclared, context)).toMatchInlineSnapshot(`
    "## No AI recorded

    Nothing is recorded, which does not show that no AI was used.

    ### Is it wrong?

    Take a wrong label off, or put \` ai:assisted \` or \` ai:unassisted \` on. Or write \` AI-Assistance: none \`, \` AI-Assistance: assisted \` or \` AI-Assistance: agent \` on a line of its own in the description or a commit message. Your word is kept and shown. Against a tool's own mark it makes the change count neither as assisted nor as unassisted; what is attested stands.

    <sub>Read from the commits, description, branch, labels and notes of pull request 7, with registry 2026-11-22. This describes one change and judges nobody's work.</sub>"
  `)
})

describe('the headline', () => {
  test.each<[string, Partial<ChangeAssessment>]>([
    ['## AI recorded: AI-assisted', {}],
    ['## AI recorded: authored by an agent', { agentAuthored: true }],
    ['## AI recorded: AI-assisted, but disputed', { setAside: 'disputed' }],
    ['## Recorded as made without AI', { assistance: 'unassisted', intensity: null }],
    [
      '## Recorded as made without AI, but disputed',
      { assistance: 'unassisted', setAside: 'disputed' },
    ],
    ['## No AI recorded', { assistance: 'undeclared', setAside: 'unreliable-mark' }],
    ['## Not read in full', { assistance: 'undeclared', complete: false }],
  ])('%s', (headline, differing) => {
    expect(headlineOf({ ...assisted, ...differing })).toBe(headline)
  })
})

describe('the signs', () => {
  const rows = (evidence: readonly Evidence[]) =>
    assistanceSummary({ ...assisted, evidence }, context)
      .split('\n')
      .filter((line) => line.startsWith('| `'))
      .slice(1)

  test('strongest first, with what each says, how sure it is and where it stands', () => {
    const branch: Evidence = { ...mark, tier: 'E4', where: { in: 'branch' }, text: 'claude/x' }
    const suggestion: Evidence = { ...mark, claim: 'suggested', text: 'Co-authored-by: bot' }
    const opener: Evidence = {
      ...mark,
      tier: 'E1',
      claim: 'agent-authored',
      where: { in: 'opener' },
      text: 'claude[bot]',
    }
    expect(rows([branch, word, suggestion, opener])).toEqual([
      '| ` claude[bot] ` | ` Claude Code ` | an agent authored it | E1 attested | account that opened it |',
      `| \` Co-authored-by: bot \` | \` Claude Code \` | a review suggestion was taken | E2 a tool's own mark | [\`c0ffee0\`](https://github.com/acme/app/commit/${sha}) message, line 3 |`,
      "| ` ai:unassisted ` | ` not named ` | no AI | E3 a person's word | label |",
      '| ` claude/x ` | ` Claude Code ` | AI was used | E4 weak, not counted | branch name |',
    ])
  })

  test('the same sign in many commits is one row', () => {
    const others = ['1', '2'].map((digit) => ({
      ...mark,
      where: { in: 'message' as const, line: 9, sha: digit.repeat(40) },
    }))
    expect(rows([mark, ...others])).toEqual([
      expect.stringContaining('message, line 3 and 2 more places |'),
    ])
  })

  test('a commit that is named by no whole sha is not linked', () => {
    const [row] = rows([{ ...mark, where: { in: 'message', line: 3, sha: 'c0ffee](x)' } }])
    expect(row).toContain("| E2 a tool's own mark | message, line 3 |")
  })

  test('forty at most', () => {
    const many = Array.from({ length: 45 }, (_, index) => ({ ...mark, text: `sign ${index}` }))
    expect(rows(many)).toHaveLength(40)
    expect(assistanceSummary({ ...assisted, evidence: many }, context)).toContain('… and 5 more.')
  })
})

test('tools: none named, ten at most', () => {
  const toolsOf = (tools: string[]) =>
    assistanceSummary({ ...assisted, tools }, context).split('\n')[6]
  expect(toolsOf([])).toMatch(/^\| not named \|/)
  expect(toolsOf(Array.from({ length: 12 }, (_, index) => `t${index}`))).toContain('and 2 more |')
})

test('what was left out and what the repository forbids', () => {
  const summary = assistanceSummary(
    { ...undeclared, policy: 'AI trailers are not allowed.' },
    {
      ...context,
      notices: Array.from({ length: 12 }, () => 'Notes were not read: give `contents: read`.'),
    },
  )
  expect(summary).toContain(
    'AI trailers are not allowed. Here the absence of a mark means nothing.',
  )
  expect(summary).toContain('> Notes were not read: give ` contents: read `.')
  expect(summary).toContain("> … and 2 more, in the job's log.")
})

describe('whatever the text', () => {
  const place = fc.constantFrom<Evidence['where']['in']>(
    'author',
    'message',
    'branch',
    'label',
    'note',
  )
  const hostileSummary = (text: string, where: Evidence['where']['in']) =>
    assistanceSummary(
      {
        ...assisted,
        tools: ['hostile', 'claude-code'],
        evidence: [{ ...mark, tool: 'hostile', where: { in: where, line: 2, sha }, text }, word],
        overruled: [word],
      },
      {
        ...context,
        labels: { assisted: text, unassisted: 'ai:unassisted' },
        toolName: (id) => (id === 'hostile' ? text : id),
      },
    )

  describe.each(markdownReaders)('read by %s', (_, toHtml) => {
    const notice = (text: string) =>
      toHtml(
        assistanceSummary(undeclared, { ...context, notices: [`The file was not used: ${text}`] }),
      )

    test.each(maliciousTexts.map(({ name, text }) => [name, text]))('%s', (_, text) => {
      expect(withoutCode(toHtml(hostileSummary(text, 'message')))).toBe(
        withoutCode(toHtml(hostileSummary('harmless', 'message'))),
      )
      expect(tagsOf(notice(text))).toEqual(tagsOf(notice('harmless')))
    })

    test('any text', () => {
      fc.assert(
        fc.property(fc.string({ unit: 'binary' }), place, (text, where) => {
          expect(withoutCode(toHtml(hostileSummary(text, where)))).toBe(
            withoutCode(toHtml(hostileSummary('harmless', where))),
          )
          expect(tagsOf(notice(text))).toEqual(tagsOf(notice('harmless')))
        }),
        { numRuns: propertyRuns(500) },
      )
    })
  })
})

describe('the size', () => {
  const longest = ['🤖', '`', '\u200b', 'ü', '|', 'क्'].map((one) => one.repeat(200))

  test.each(longest.map((text) => [text.slice(0, 2), text]))('with ten thousand %j', (_, text) => {
    const evidence = Array.from({ length: 10_000 }, (_, index) => ({
      ...mark,
      tier: `E${(index % 4) + 1}` as Tier,
      text: `${index} ${text}`,
    }))
    const summary = assistanceSummary(
      {
        ...assisted,
        evidence,
        overruled: evidence,
        tools: Array.from({ length: 100 }, (_, index) => `${index}${text}`),
        policy: 'AI trailers are not allowed.',
      },
      {
        ...context,
        toolName: (id) => `${id} ${text}`,
        labels: { assisted: text, unassisted: text },
        notices: Array.from({ length: 1_000 }, () => `x ${text} x `.repeat(10)),
      },
    )
    expect(byteLength(summary)).toBeLessThan(65_535)
    expect(summary.isWellFormed()).toBe(true)
    expect(summary).toMatch(/… and [\d]+ more\.\n/)
    expect(summary).toMatch(/<\/sub>$/)
  })

  test('where not even one row fits', () => {
    const summary = assistanceSummary(assisted, {
      ...context,
      repositoryUrl: `https://github.com/${'x'.repeat(70_000)}`,
    })
    expect(byteLength(summary)).toBeLessThan(65_535)
    expect(summary).toContain('### What was found\n\n… and 1 more.')
  })
})

test('only words that judge nobody', () => {
  const choices = fc.record({
    assistance: fc.constantFrom('assisted', 'unassisted', 'undeclared'),
    agentAuthored: fc.boolean(),
    intensity: fc.constantFrom('light', 'heavy', null),
    tier: fc.constantFrom('E1', 'E2', 'E3', 'E4', null),
    setAside: fc.constantFrom('disputed', 'unreliable-mark', null),
    claim: fc.constantFrom<Evidence['claim']>(
      'agent-authored',
      'assisted',
      'unassisted',
      'suggested',
      'assisted-withdrawn',
      'unassisted-withdrawn',
    ),
  })
  fc.assert(
    fc.property(choices, ({ claim, ...choice }) => {
      const summary = assistanceSummary(
        { ...assisted, ...choice, evidence: [{ ...mark, claim }, word] } as ChangeAssessment,
        context,
      )
      expect(findForbiddenWords(summary)).toEqual([])
    }),
    { numRuns: propertyRuns(500) },
  )
})
