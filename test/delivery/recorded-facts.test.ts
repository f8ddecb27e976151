import { describe, expect, test } from 'vitest'
import { changeFacts, knownFacts } from '../../src/delivery/recorded-facts.ts'
import {
  assessChange,
  type ChangeFacts,
  indexRegistry,
  shippedRegistry,
} from '../../src/provenance/index.ts'
import {
  aBot,
  aCommit,
  aMarkedCommit,
  aPerson,
  aRecord,
  aSha,
  codingAgent,
  hour,
  personKey,
  type RecordInit,
  unknownActor,
} from '../support/a-record.ts'

const marks = indexRegistry(shippedRegistry())
const at = (hours: number) => Date.parse(hour(hours))
const known = (init: RecordInit, hours: number) => knownFacts(aRecord(init), at(hours))
const factsAt = (init: RecordInit, hours: number): ChangeFacts => known(init, hours).facts()
const shasAt = (init: RecordInit, hours: number) =>
  factsAt(init, hours).commits.map(({ sha }) => sha)

const label = (
  hours: number,
  action: 'added' | 'removed',
  by: 'us' | 'app' | 'person' = 'person',
) => ({
  label: 'ai-assisted',
  action,
  by,
  at: hour(hours),
})

test('a whole record becomes the facts of its pull request', () => {
  const record = aRecord({
    author: codingAgent,
    head: { name: 'copilot/…' },
    commits: [
      aCommit({
        verified: true,
        notes: { 'refs/notes/ai': '---' },
        committer: { kind: 'known', name: 'GitHub', email: 'noreply@github.com' },
      }),
    ],
    description: { marks: 'AI-Assistance: assisted', editedAt: hour(2) },
    labels: ['bug'],
    labelEvents: [{ label: 'bug', action: 'added', by: 'app', at: hour(1) }],
  })
  const person = personKey('author')
  expect(changeFacts(record)).toEqual({
    commits: [
      {
        sha: aSha('first'),
        message: '…\n',
        author: { name: 'person', email: `${person}@person.invalid` },
        committer: { name: 'GitHub', email: 'noreply@github.com' },
        authorAccount: { id: 0, login: person, bot: false },
        verified: true,
        parents: 1,
        authoredAt: at(-1),
        committedAt: at(-1),
        notes: new Map([['refs/notes/ai', '---']]),
      },
    ],
    complete: true,
    repository: 'octo/widgets',
    opener: { id: 198982749, login: 'Copilot', bot: false },
    branch: 'copilot/…',
    description: 'AI-Assistance: assisted',
    describedAt: at(2),
    labels: ['bug'],
    labelEvents: [{ label: 'bug', action: 'added', by: 'app', at: at(1) }],
    answerLabels: {
      assisted: 'ai:assisted',
      agentAuthored: 'ai:agent-authored',
      unassisted: 'ai:unassisted',
    },
    mergeCommit: {
      sha: aSha('merge 7'),
      message: '…\n',
      author: { name: 'person', email: `${person}@person.invalid` },
      authoredAt: at(24),
    },
  })
})

test('what cannot be known is left out', () => {
  const facts = changeFacts(
    aRecord({
      repository: { id: null, name: null },
      author: unknownActor,
      commits: null,
      description: null,
      labels: null,
      labelEvents: null,
      merge: null,
      state: 'open',
    }),
  )
  expect(facts).toMatchObject({ commits: [], complete: false, labels: [], labelEvents: [] })
  const told = Object.entries(facts).filter(([, fact]) => fact !== undefined)
  expect(told.map(([name]) => name).toSorted()).toEqual(
    ['answerLabels', 'commits', 'complete', 'labelEvents', 'labels'].toSorted(),
  )
})

test('a person is no mark, whoever it is', () => {
  const record = aRecord({ author: aPerson('author'), assignees: [aPerson('x')] })
  expect(assessChange(changeFacts(record), marks)).toMatchObject({
    assistance: 'undeclared',
    evidence: [],
    automation: null,
  })
})

test("a bot without a number is known by its login, and a bot's name alone is no app's", () => {
  const agent = aRecord({ author: aBot('copilot-swe-agent[bot]') })
  expect(assessChange(changeFacts(agent), marks).agentAuthored).toBe(true)
  expect(changeFacts(aRecord({ author: aBot('k8s-ci-robot') })).opener?.bot).toBe(false)
})

describe('commits known until a time', () => {
  const pushed = aMarkedCommit({ seenAt: hour(5), committedAt: hour(1) })
  const dated = aMarkedCommit({ committedAt: hour(5) })
  test.each<[string, RecordInit, number, number]>([
    ['before its push', { commits: [pushed] }, 4, 0],
    ['at its push', { commits: [pushed] }, 5, 1],
    ["before its committer's date", { commits: [dated] }, 4, 0],
    ["at its committer's date", { commits: [dated] }, 5, 1],
    ['older than the opening', { commits: [aMarkedCommit({ committedAt: hour(-99) })] }, 0, 1],
    ['without any date', { commits: [aMarkedCommit({ committedAt: null })] }, 0, 1],
    [
      'of a clock that runs ahead, at the merge',
      { commits: [aMarkedCommit({ committedAt: hour(99) })] },
      24,
      1,
    ],
    [
      'of a clock that runs ahead, before it',
      { commits: [aMarkedCommit({ committedAt: hour(99) })] },
      23,
      0,
    ],
  ])('%s', (_, init, hours, commits) => {
    expect(shasAt(init, hours)).toHaveLength(commits)
  })

  test('those that were replaced later were there', () => {
    const former = aMarkedCommit({ sha: aSha('former'), seenAt: hour(0) })
    const init: RecordInit = {
      commits: [aCommit({ seenAt: hour(6) })],
      formerCommits: [former],
      pushes: [
        { at: hour(6), head: aSha('first'), before: aSha('former'), forced: true, by: null },
      ],
    }
    expect(shasAt(init, 3)).toEqual([aSha('former')])
    expect(shasAt(init, 7)).toEqual([aSha('first')])
    expect(shasAt({ ...init, pushes: [] }, 24)).toEqual([aSha('first')])
    expect(changeFacts(aRecord(init)).commits.map(({ sha }) => sha)).toEqual([aSha('first')])
  })

  test('with a replaced commit these are not all its facts alone', () => {
    const init: RecordInit = {
      mergedAfter: null,
      formerCommits: [aMarkedCommit({ sha: aSha('former'), seenAt: hour(0) })],
    }
    expect(known(init, 3).whole).toBe(false)
    expect(known({ ...init, formerCommits: [] }, 3).whole).toBe(true)
  })

  test.each<[string, RecordInit, number, boolean]>([
    ['pushed before the opening', {}, 0, false],
    ['a push is told', { commits: [pushed] }, 2, false],
    ["only the committer's date", { commits: [dated] }, 2, true],
    ["only the committer's date, at the merge", { commits: [dated] }, 24, false],
    ['a description edited later', { description: { marks: '…', editedAt: hour(3) } }, 2, true],
    ['a label of which no event is told', { labels: ['bug'] }, 2, true],
  ])('approximate: %s', (_, init, hours, expected) => {
    expect(known(init, hours).approximate).toBe(expected)
  })
})

describe('labels known until a time', () => {
  test.each<[string, RecordInit, number, string[]]>([
    ['before it was put on', { labels: ['ai-assisted'], labelEvents: [label(5, 'added')] }, 4, []],
    ['after', { labels: ['ai-assisted'], labelEvents: [label(5, 'added')] }, 5, ['ai-assisted']],
    [
      'before it was taken off',
      { labels: [], labelEvents: [label(1, 'added'), label(5, 'removed')] },
      4,
      ['ai-assisted'],
    ],
    ['after that', { labels: [], labelEvents: [label(1, 'added'), label(5, 'removed')] }, 6, []],
    [
      'taken off, its putting on not told',
      { labels: [], labelEvents: [label(5, 'removed')] },
      4,
      ['ai-assisted'],
    ],
    [
      'on and off and on',
      {
        labels: ['ai-assisted'],
        labelEvents: [label(6, 'added'), label(1, 'added'), label(5, 'removed')],
      },
      5,
      [],
    ],
    ['no event told', { labels: ['ai-assisted'], labelEvents: null }, 0, ['ai-assisted']],
    ['only events told', { labels: null, labelEvents: [label(1, 'added')] }, 5, ['ai-assisted']],
    ['in other letters', { labels: ['AI-Assisted'], labelEvents: [label(5, 'added')] }, 4, []],
    [
      'an app, within a week of the merge',
      { labels: ['ai-assisted'], labelEvents: [label(24 * 8, 'added', 'app')] },
      1e4,
      ['ai-assisted'],
    ],
    [
      'an app, more than a week after the merge',
      { labels: ['ai-assisted'], labelEvents: [label(24 * 8 + 1, 'added', 'app')] },
      1e4,
      [],
    ],
    [
      'a person, more than a week after the merge',
      { labels: ['ai-assisted'], labelEvents: [label(24 * 9, 'added')] },
      1e4,
      ['ai-assisted'],
    ],
  ])('%s', (_, init, hours, expected) => {
    expect(factsAt(init, hours).labels).toEqual(expected)
  })

  test('an event is known when it happened', () => {
    const labelEvents = [label(5, 'added'), label(6, 'removed')]
    expect(factsAt({ labels: [], labelEvents }, 5).labelEvents).toHaveLength(1)
  })
})

describe('the rest known until a time', () => {
  const description = { marks: 'AI-Assistance: assisted', editedAt: hour(5) }
  test.each<[string, RecordInit, number, boolean]>([
    ['never edited', { description: { ...description, editedAt: null } }, 0, true],
    ['edited later', { description }, 4, false],
    ['edited before', { description }, 5, true],
  ])('a description %s', (_, init, hours, expected) => {
    expect(factsAt(init, hours).description !== undefined).toBe(expected)
  })

  test('the merge commit from the merge on', () => {
    expect(factsAt({}, 23).mergeCommit).toBeUndefined()
    expect(factsAt({}, 24).mergeCommit).toBeDefined()
  })

  test('who opened it and the branch from the start', () => {
    expect(factsAt({ head: { name: 'codex/…' } }, 0)).toMatchObject({
      opener: { bot: false },
      branch: 'codex/…',
    })
  })

  test('where nothing came later these are all its facts', () => {
    const record = aRecord({
      labels: ['bug'],
      labelEvents: [{ ...label(1, 'added'), label: 'bug' }],
    })
    expect(knownFacts(record, at(24)).whole).toBe(true)
    expect(knownFacts(record, at(24)).facts()).toEqual(changeFacts(record))
    expect(knownFacts(record, at(24)).beforeMerge).toBe(false)
    expect(knownFacts(record, at(23))).toMatchObject({ whole: true, beforeMerge: true })
  })
})

describe('declarations', () => {
  const declared = { claim: 'assisted', by: 'writer', at: hour(1), undoneAt: hour(3) } as const
  const stands = (hours: number) => factsAt({ declarations: [declared] }, hours).declarations

  test.each([
    ['before', 0.5, undefined],
    ['when it was made', 1, [{ claim: 'assisted', at: at(1) }]],
    ['until it was taken back', 2.9, [{ claim: 'assisted', at: at(1) }]],
    ['from then on', 3, undefined],
  ])('are known %s', (_, hours, expected) => {
    expect(stands(hours)).toEqual(expected)
  })

  test.each([
    [0.5, false],
    [2, false],
    [3, true],
  ])('at hour %d of what was taken back at hour 3 everything is known: %s', (hours, whole) => {
    expect(known({ declarations: [declared], state: 'open', merge: null }, hours).whole).toBe(whole)
  })
})
