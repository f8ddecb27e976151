import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Evidence } from '../../../src/provenance/index.ts'
import type { CheckContents, ScopeStatement } from '../../../src/report/check/check-contents.ts'
import { renderCheck } from '../../../src/report/check/render-check.ts'
import { aMarkedCommit, aReview, aSha, hour } from '../../support/a-record.ts'
import { anAssessment } from '../../support/an-assessment.ts'
import { findForbiddenWords, findWordsThatJudge } from '../../support/forbidden-words.ts'
import { maliciousTexts } from '../../support/malicious-inputs.ts'
import { markdownReaders, tagsOf, withoutCode } from '../../support/markdown-html.ts'
import { propertyRuns } from '../../support/property-runs.ts'
import { exampleReport, hiddenReport } from '../example-report.ts'
import { aCheck, changeAt } from './a-check.ts'

const merged = { commits: [aMarkedCommit()], reviews: [aReview()] }

const published = (report = exampleReport()): ScopeStatement => ({
  scope: 'repository',
  state: { kind: 'published', report },
})

const full: Partial<CheckContents> = {
  statements: [
    published(),
    { scope: 'organisation', state: { kind: 'reading', read: 412, total: 3120 } },
  ],
  declarations: [
    { claim: 'unassisted', by: 'author', at: hour(3), undoneAt: hour(30), after: 'ready' },
    { claim: 'agent-authored', by: 'writer', at: hour(4), undoneAt: null, after: null },
  ],
  missing: ['Labels could not be read: the App has no `issues: read`.'],
}

function mark(text: string, sha = aSha('first')): Evidence {
  return {
    tool: 'claude-code',
    mark: 'claude-code/co-author',
    tier: 'E2',
    claim: 'assisted',
    where: { in: 'message', line: 3, sha },
    text,
  }
}

describe('the title', () => {
  test.each([
    ['names the tools of the registry', aCheck(), 'AI recorded: AI-assisted · Claude Code'],
    [
      'says that nothing is recorded, not that there was no AI',
      aCheck({ assessment: anAssessment() }),
      'No AI recorded',
    ],
    [
      'says what an agent authored, of no named tool',
      aCheck({
        assessment: anAssessment({ assistance: 'assisted', agentAuthored: true, tools: ['label'] }),
      }),
      'AI recorded: authored by an agent',
    ],
    [
      'says that not everything was read',
      aCheck({ assessment: anAssessment({ complete: false }) }),
      'Not read in full',
    ],
  ])('%s', (_, contents, title) => {
    expect(renderCheck(contents).title).toBe(title)
  })

  test('counts tools past the third', () => {
    const tools = ['claude-code', 'cursor', 'aider', 'github-copilot', 'codex']
    const assessment = anAssessment({ assistance: 'assisted', tools })
    expect(renderCheck(aCheck({ assessment, toolName: (id) => id })).title).toBe(
      'AI recorded: AI-assisted · claude-code, cursor, aider and 2 more',
    )
  })
})

describe('this change', () => {
  test('is told with its evidence, its tier and its place', () => {
    const { summary } = renderCheck(aCheck())
    expect(summary).toContain('` Co-Authored-By: Claude <noreply@anthropic.com> `')
    expect(summary).toContain("E2 a tool's own mark")
    expect(summary).toContain(`/commit/${aMarkedCommit().sha}`)
  })

  test('has a timeline, each step with how long it took', () => {
    const lines = renderCheck(aCheck()).summary.split('\n')
    expect(lines).toContain('| Opened, ready for review | 2026-03-02 09:00 |  |')
    expect(lines.find((line) => line.startsWith('| First review by another person'))).toMatch(
      /h after it was ready \|$|min after it was ready \|$/,
    )
    expect(lines.find((line) => line.startsWith('| Merged'))).toMatch(/after it was ready \|$/)
  })

  test('tells its review rounds beside the timeline: a last one may come after the approval', () => {
    const reviews = [
      aReview({ commit: aSha('first'), state: 'approved' }),
      aReview({ commit: aSha('second'), submittedAt: hour(7) }),
    ]
    const summaryAt = (at: number) =>
      renderCheck(aCheck({}, { commits: [aMarkedCommit()], reviews }, { at })).summary
    expect(summaryAt(60)).toContain('\n\n2 review rounds until the merge.\n\n')
    expect(summaryAt(60)).toMatch(/\| Approved \|/)
    expect(summaryAt(6)).toContain('\n\n1 review round so far.\n\n')
  })

  const revert = {
    rung: 'R1',
    confidence: 1,
    at: hour(24 * 5),
    by: { number: 88, sha: null },
    partial: false,
    bulk: false,
    restoredAt: null,
    restoredBy: null,
    uncounted: null,
  } as const

  test.each([
    ['just merged', 60, [], 'Not reverted so far. It is looked at again 14 days after the merge.'],
    [
      'after 14 days',
      24 * 16,
      [],
      'Not reverted within 14 days of the merge. It is looked at again 30 days after the merge.',
    ],
    ['after 30 days', 24 * 33, [], 'Not reverted within 30 days of the merge.'],
    [
      'reverted',
      24 * 6,
      [revert],
      'Reverted on 7 March 2026 by [pull request 88](https://github.com/acme/app/pull/88).',
    ],
    [
      'reverted and brought back',
      24 * 9,
      [{ ...revert, restoredAt: hour(24 * 7) }],
      'It came back later.',
    ],
    [
      'reverted in part',
      24 * 6,
      [{ ...revert, partial: true, uncounted: 'partial' as const }],
      'A part of it was taken back, or maybe was.',
    ],
  ])('tells its fate: %s', (_, at, reverts, sentence) => {
    expect(renderCheck(aCheck({}, merged, { at, reverts })).summary).toContain(sentence)
  })

  test('tells no fate of an open one', () => {
    const change = changeAt({ ...merged, state: 'open', merge: null, closes: [] })
    expect(renderCheck(aCheck({ change })).summary).not.toMatch(/[Rr]everted/)
  })
})

describe('what people declared', () => {
  test('is told by role and day, never by name, with what it changes', () => {
    const { summary } = renderCheck(aCheck(full))
    expect(summary).toContain(
      'The author declared on 2 March 2026: made without AI. It was taken back on 3 March 2026. It came after the change was ready for review',
    )
    expect(summary).toContain(
      'Somebody with write access declared on 2 March 2026: authored by an agent.',
    )
  })

  test('can be corrected for 7 days after the merge', () => {
    expect(renderCheck(aCheck({ open: true })).summary).toContain('Is it wrong?')
    expect(renderCheck(aCheck({ open: false })).summary).toContain('The time for corrections')
  })
})

describe('the statements', () => {
  test('give three verdicts with their intervals, and a picture of them', () => {
    const { summary } = renderCheck(aCheck(full))
    for (const { title, statement } of exampleReport().comparisons) {
      expect(summary).toContain(`* **${title}**: `)
      expect(summary).toContain(statement.split(' ').slice(0, 3).join(' '))
    }
    expect(summary).toContain('with 95 % intervals')
    expect(summary).toContain('Difference +2.8 per 1,000 (−5.9 to +11.5), 95 % interval.')
    expect(summary.match(/−18 % \(−30 % to −4 %\)/g)).toHaveLength(1)
    expect(summary).toMatch(/```text\n[^`]*●[^`]*no difference[^`]*```/)
  })

  test('of an organisation whose past is being read say how far it is', () => {
    expect(renderCheck(aCheck(full)).summary).toContain('are being read: 412 of 3,120.')
  })

  test('say what is awaited', () => {
    const statements = [
      { scope: 'repository', state: { kind: 'awaited', due: '2026-03-16T02:00:00.000Z' } },
    ] as const
    expect(renderCheck(aCheck({ statements })).summary).toContain(
      'the next are due on 16 March 2026',
    )
  })

  test('draw nothing of what is hidden', () => {
    const { summary } = renderCheck(aCheck({ statements: [published(hiddenReport())] }))
    expect(summary).not.toContain('```')
    expect(summary).not.toContain('●')
  })
})

describe('limits and safety', () => {
  test('stays within what GitHub takes, whatever was found', () => {
    const evidence = Array.from({ length: 60 }, (_, index) =>
      mark('`'.repeat(200) + '\u{1f600}'.repeat(200), aSha(index)),
    )
    const { summary } = renderCheck(
      aCheck({ ...full, assessment: anAssessment({ evidence, reason: 'x '.repeat(400) }) }),
    )
    expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(65_535)
    expect(summary).toContain('### This change')
  })

  test.each(maliciousTexts.map(({ name, text }) => [name, text] as const))(
    'is inert: %s',
    (_, text) => {
      const report = exampleReport()
      const scope = { ...report.scope, name: text }
      const warnings = [{ code: 'one', text: `In ${text} nothing was read.` }]
      const contents = aCheck({
        assessment: anAssessment({ evidence: [mark(text)], reason: `It says ${text}.` }),
        missing: [text],
        toolName: () => text,
        statements: [published({ ...report, scope, warnings })],
      })
      const plain = aCheck({
        assessment: anAssessment({ evidence: [mark('plain')], reason: 'It says plain.' }),
        missing: ['plain'],
        toolName: () => 'plain',
        statements: [
          published({ ...report, warnings: [{ code: 'one', text: 'In plain nothing.' }] }),
        ],
      })
      for (const [, read] of markdownReaders) {
        const html = read(renderCheck(contents).summary)
        expect(tagsOf(withoutCode(html)).toSorted()).toEqual(
          tagsOf(withoutCode(read(renderCheck(plain).summary))).toSorted(),
        )
      }
    },
  )

  test('has no word that it must not have', () => {
    for (const contents of [aCheck(full), aCheck({ statements: [published(hiddenReport())] })]) {
      const { title, summary } = renderCheck(contents)
      expect(findForbiddenWords(`${title}\n${summary}`)).toEqual([])
      expect(findWordsThatJudge(summary.replace(/judges nobody's work/, ''))).toEqual([])
    }
  })

  test('any title fits in 255 characters and any number of signs in the limit', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'binary', maxLength: 200 }), { maxLength: 80 }),
        (texts) => {
          const evidence = texts.map((text, index) => mark(text, aSha(index)))
          const { title, summary } = renderCheck(aCheck({ assessment: anAssessment({ evidence }) }))
          expect(title.length).toBeLessThanOrEqual(255)
          expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(65_535)
        },
      ),
      { numRuns: propertyRuns(30) },
    )
  })
})
