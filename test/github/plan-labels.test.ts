import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  answerLabels,
  type LabelState,
  planLabels,
  standingLabels,
} from '../../src/github/plan-labels.ts'
import type { ChangeAssessment, LabelEvent } from '../../src/provenance/index.ts'
import { anAssessment } from '../support/an-assessment.ts'

const settings = { prefix: 'ai:', tools: true }
const assisted = anAssessment({ assistance: 'assisted', tools: ['cursor'] })
const agent = anAssessment({ assistance: 'assisted', agentAuthored: true })
const unassisted = anAssessment({ assistance: 'unassisted' })

/** Who added (`+us`) or removed (`-person`) which label, oldest first; what stands follows from it. */
function stateOf(
  ...history: readonly (readonly [`${'+' | '-'}${LabelEvent['by']}`, string])[]
): LabelState {
  const events = history.map(
    ([what, label], at): LabelEvent => ({
      label,
      action: what.startsWith('+') ? 'added' : 'removed',
      by: what.slice(1) as LabelEvent['by'],
      at,
    }),
  )
  return { labels: labelsAfter(events), events }
}

function labelsAfter(events: readonly LabelEvent[]): string[] {
  const standing = new Map<string, string>()
  for (const { label, action } of events) {
    if (action === 'removed') standing.delete(label.toLowerCase())
    else if (!standing.has(label.toLowerCase())) standing.set(label.toLowerCase(), label)
  }
  return [...standing.values()]
}

describe('what goes on and what comes off', () => {
  test.each<{
    name: string
    assessment: ChangeAssessment
    state: LabelState
    add?: string[]
    remove?: string[]
  }>([
    {
      name: 'assisted',
      assessment: assisted,
      state: stateOf(),
      add: ['ai:assisted', 'ai:tool:cursor'],
    },
    { name: 'agent-authored', assessment: agent, state: stateOf(), add: ['ai:agent-authored'] },
    { name: 'unassisted', assessment: unassisted, state: stateOf(), add: ['ai:unassisted'] },
    { name: 'undeclared', assessment: anAssessment(), state: stateOf() },
    {
      name: 'the answer changed',
      assessment: agent,
      state: stateOf(['+us', 'ai:assisted'], ['+us', 'ai:tool:cursor']),
      add: ['ai:agent-authored'],
      remove: ['ai:assisted', 'ai:tool:cursor'],
    },
    {
      name: 'an answer is taken back',
      assessment: anAssessment(),
      state: stateOf(['+us', 'ai:assisted']),
      remove: ['ai:assisted'],
    },
    {
      name: 'not everything could be read',
      assessment: anAssessment({ complete: false }),
      state: stateOf(['+us', 'ai:assisted']),
    },
    {
      name: 'not everything could be read, and there is a sign',
      assessment: { ...agent, complete: false },
      state: stateOf(['+us', 'ai:assisted']),
      add: ['ai:agent-authored'],
      remove: ['ai:assisted'],
    },
    {
      name: 'disputed',
      assessment: { ...assisted, setAside: 'disputed' },
      state: stateOf(['+us', 'ai:assisted'], ['+person', 'ai:unassisted']),
      remove: ['ai:assisted'],
    },
    {
      name: 'a person set it',
      assessment: unassisted,
      state: stateOf(['+person', 'ai:assisted']),
      add: ['ai:unassisted'],
    },
    {
      name: 'a person set it again after us',
      assessment: unassisted,
      state: stateOf(
        ['+us', 'ai:assisted'],
        ['-person', 'ai:assisted'],
        ['+person', 'ai:assisted'],
      ),
      add: ['ai:unassisted'],
    },
    {
      name: 'an app set it',
      assessment: anAssessment(),
      state: stateOf(['+app', 'ai:assisted']),
    },
    {
      name: 'nobody knows who set it',
      assessment: anAssessment(),
      state: { labels: ['ai:assisted'], events: [] },
    },
    {
      name: 'a person took it off',
      assessment: agent,
      state: stateOf(['+us', 'ai:agent-authored'], ['-person', 'ai:agent-authored']),
    },
    {
      name: 'an app took it off',
      assessment: agent,
      state: stateOf(['+us', 'ai:agent-authored'], ['-app', 'ai:agent-authored']),
      add: ['ai:agent-authored'],
    },
    {
      name: 'it stands in other letters',
      assessment: agent,
      state: stateOf(['+us', 'AI:Agent-Authored'], ['+us', 'AI:Unassisted']),
      remove: ['AI:Unassisted'],
    },
  ])('$name', ({ assessment, state, add = [], remove = [] }) => {
    const plan = planLabels(assessment, state, settings)
    expect(plan.add.map(({ name }) => name)).toEqual(add)
    expect(plan.remove).toEqual(remove)
  })

  test('tools get no label unless they are asked for', () => {
    const { add } = planLabels(assisted, stateOf(), { ...settings, tools: false })
    expect(add.map(({ name }) => name)).toEqual(['ai:assisted'])
  })

  test('a name is never longer than GitHub takes', () => {
    const longest = anAssessment({
      assistance: 'assisted',
      tools: ['a'.repeat(30), 'b'.repeat(31)],
    })
    const { add } = planLabels(longest, stateOf(), { prefix: 'fifteen-letters', tools: true })
    expect(add.map(({ name }) => name.length)).toEqual([23, 50])
  })
})

describe('whatever happened before', () => {
  const names = [
    ...Object.values(answerLabels('ai:')),
    'AI:Assisted',
    'ai:tool:cursor',
    'ai:tool:amp',
    'ai:other',
    'bug',
  ]
  const events = fc
    .array(
      fc.record({
        label: fc.constantFrom(...names),
        action: fc.constantFrom<LabelEvent['action']>('added', 'removed'),
        by: fc.constantFrom<LabelEvent['by']>('us', 'app', 'person'),
      }),
      { maxLength: 12 },
    )
    .map((list) => list.map((event, at): LabelEvent => ({ ...event, at })))
  const assessments = fc.record({
    assistance: fc.constantFrom<ChangeAssessment['assistance']>(
      'assisted',
      'unassisted',
      'undeclared',
    ),
    agentAuthored: fc.boolean(),
    tools: fc.subarray(['amp', 'cursor']),
    setAside: fc.constantFrom<ChangeAssessment['setAside']>(null, 'disputed'),
    complete: fc.boolean(),
  })
  const cases = fc.record({ events, differing: assessments, tools: fc.boolean() })

  const lastOf = (label: string, history: readonly LabelEvent[]) =>
    history.findLast((event) => event.label.toLowerCase() === label.toLowerCase())

  test('no label is taken off that another set last, none put on that a person took off', () => {
    fc.assert(
      fc.property(cases, ({ events: history, differing, tools }) => {
        const state = { labels: labelsAfter(history), events: history }
        const plan = planLabels(anAssessment(differing), state, { prefix: 'ai:', tools })
        for (const label of plan.remove) {
          expect(lastOf(label, history)).toMatchObject({ by: 'us', action: 'added' })
          expect(label).toMatch(/^ai:(assisted|agent-authored|unassisted|tool:.*)$/i)
        }
        for (const { name } of plan.add) {
          const last = lastOf(name, history)
          expect(last?.by === 'person' && last.action === 'removed').toBe(false)
          expect(labelsAfter(history).map((label) => label.toLowerCase())).not.toContain(name)
        }
      }),
    )
  })

  test('done once, nothing is left to do, and one answer of ours stands at most', () => {
    fc.assert(
      fc.property(cases, ({ events: history, differing, tools }) => {
        const settings = { prefix: 'ai:', tools }
        const assessment = anAssessment(differing)
        const state = { labels: labelsAfter(history), events: history }
        const plan = planLabels(assessment, state, settings)
        const done = [
          ...plan.remove.map((label) => ({ label, action: 'removed' as const })),
          ...plan.add.map(({ name: label }) => ({ label, action: 'added' as const })),
        ].map((event, index): LabelEvent => ({ ...event, by: 'us', at: history.length + index }))
        const after = [...history, ...done]
        const then = { labels: labelsAfter(after), events: after }
        expect(planLabels(assessment, then, settings)).toEqual({ add: [], remove: [] })
        expect(standingLabels(state, plan, settings)).toEqual(
          standingLabels(then, { add: [], remove: [] }, settings),
        )
        const answersOfOurs = then.labels.filter(
          (label) =>
            Object.values(answerLabels('ai:')).includes(label.toLowerCase()) &&
            lastOf(label, after)?.by === 'us',
        )
        const settled = assessment.complete || assessment.assistance !== 'undeclared'
        if (settled) expect(answersOfOurs.length).toBeLessThanOrEqual(1)
      }),
    )
  })
})
