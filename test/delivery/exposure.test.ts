import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { exposureAt } from '../../src/delivery/exposure.ts'
import { changeFacts, knownFacts } from '../../src/delivery/recorded-facts.ts'
import { assessChange, indexRegistry, shippedRegistry } from '../../src/provenance/index.ts'
import {
  aCommit,
  aMarkedCommit,
  aRecord,
  aSha,
  codingAgent,
  hour,
  type RecordInit,
} from '../support/a-record.ts'
import { propertyRuns } from '../support/property-runs.ts'
import { randomRecord } from '../support/random-record.ts'

const marks = indexRegistry(shippedRegistry())

function exposure(init: RecordInit, hours: number) {
  const record = aRecord(init)
  const whole = assessChange(changeFacts(record), marks)
  return exposureAt(record, Date.parse(hour(hours)), { marks, whole })
}

const badDays = aCommit({
  message: '…\n\nCo-authored-by: Copilot <copilot@github.com>\n',
  authoredAt: '2026-05-01T10:00:00Z',
  committedAt: hour(-1),
})
const disputed = { marks: 'AI-Assistance: none', editedAt: null }

describe('the group by what was known', () => {
  test.each<[string, RecordInit, number, string]>([
    ['nothing', {}, 0, 'none-recorded'],
    ["a tool's mark in a commit", { commits: [aMarkedCommit()] }, 0, 'ai-recorded'],
    [
      'the same, pushed later',
      { commits: [aMarkedCommit({ seenAt: hour(3) })] },
      0,
      'none-recorded',
    ],
    [
      'the same, at the merge',
      { commits: [aMarkedCommit({ seenAt: hour(3) })] },
      24,
      'ai-recorded',
    ],
    ['opened by an agent', { author: codingAgent, commits: [] }, 0, 'ai-recorded'],
    ['a branch alone is not enough', { head: { name: 'codex/…' } }, 0, 'none-recorded'],
    [
      'declared without AI',
      { commits: [aCommit({ message: '…\n\nAI-Assistance: none\n' })] },
      0,
      'none-recorded',
    ],
    ['a mark of bad days', { commits: [badDays] }, 0, 'set-aside'],
    ['disputed', { commits: [aMarkedCommit()], description: disputed }, 0, 'set-aside'],
    [
      'disputed later',
      { commits: [aMarkedCommit()], description: { ...disputed, editedAt: hour(5) } },
      0,
      'ai-recorded',
    ],
    [
      "a vendor's label after the merge",
      {
        labels: ['claude-code-assisted'],
        labelEvents: [{ label: 'claude-code-assisted', action: 'added', by: 'app', at: hour(30) }],
      },
      24,
      'none-recorded',
    ],
    ['declared in the check', { declarations: [said('assisted', -0.5)] }, 0, 'ai-recorded'],
    [
      'declared after the clock started',
      { declarations: [said('assisted', 1)] },
      0,
      'none-recorded',
    ],
    [
      'declared, and taken back later',
      { declarations: [said('assisted', -0.5, 3)] },
      0,
      'ai-recorded',
    ],
    [
      'declared and taken back before',
      { declarations: [said('assisted', -0.5, -0.2)] },
      0,
      'none-recorded',
    ],
    [
      "declared against a tool's mark",
      { commits: [aMarkedCommit()], declarations: [said('unassisted', -0.5)] },
      0,
      'set-aside',
    ],
    ['only in the squash message, before the merge', { merge: squashed() }, 23, 'none-recorded'],
    ['only in the squash message, at the merge', { merge: squashed() }, 24, 'ai-recorded'],
  ])('%s', (_, init, hours, group) => {
    expect(exposure(init, hours).group).toBe(group)
  })
})

function said(claim: 'assisted' | 'unassisted', from: number, until?: number) {
  const undoneAt = until === undefined ? null : hour(until)
  return { claim, by: 'author' as const, at: hour(from), undoneAt }
}

function squashed() {
  const { merge } = aRecord()
  if (merge === null) throw new Error('the record of these tests is merged')
  return { ...merge, message: '…\n\nCo-Authored-By: Claude <noreply@anthropic.com>\n' }
}

test('it keeps the answer of that time, to compare attested changes by themselves', () => {
  const none = aCommit({ message: '…\n\nAI-Assistance: none\n' })
  const later = aMarkedCommit({ sha: aSha('later'), seenAt: hour(3) })
  expect(exposure({ commits: [{ ...none, seenAt: hour(0) }, later] }, 0)).toEqual({
    group: 'none-recorded',
    assistance: 'unassisted',
    agentAuthored: false,
    intensity: null,
    approximate: false,
  })
})

test('intensity and authorship are those of that time too', () => {
  const commits = [
    aMarkedCommit(),
    ...['a', 'b'].map((name) => aCommit({ sha: aSha(name), seenAt: hour(5) })),
  ]
  expect(exposure({ commits }, 0).intensity).toBe('heavy')
  expect(exposure({ commits }, 24).intensity).toBe('light')
})

test('it is as if what was known had been assessed anew', () => {
  const messages = fc.constantFrom(
    null,
    '…\n',
    '…\n\nCo-authored-by: Copilot <copilot@github.com>\n',
    '…\n\nCo-Authored-By: Claude <noreply@anthropic.com>\n',
  )
  const hours = fc.integer({ min: -10, max: 500 })
  const shas = fc.constantFrom(null, aSha('merge'), aSha('first'))
  fc.assert(
    fc.property(randomRecord, hours, messages, shas, (random, hours, message, commit) => {
      const { merge } = random
      const record = merge === null ? random : { ...random, merge: { ...merge, message, commit } }
      const at = Date.parse(hour(hours))
      const whole = assessChange(changeFacts(record), marks)
      const { assistance, agentAuthored, intensity } = assessChange(
        knownFacts(record, at).facts(),
        marks,
      )
      expect(exposureAt(record, at, { marks, whole })).toMatchObject({
        assistance,
        agentAuthored,
        intensity,
      })
    }),
    { numRuns: propertyRuns(500) },
  )
})
