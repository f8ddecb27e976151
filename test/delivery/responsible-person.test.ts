import { describe, expect, test } from 'vitest'
import {
  otherPerson,
  type ResponsibleBasis,
  responsiblePerson,
} from '../../src/delivery/responsible-person.ts'
import {
  aBot,
  aCommit,
  aPerson,
  aRecord,
  aSha,
  codingAgent,
  hour,
  personKey,
  type RecordInit,
  unknownActor,
} from '../support/a-record.ts'

const agentCommit = aCommit({
  author: { kind: 'known', name: 'Copilot', email: '198982749+Copilot@users.noreply.github.com' },
  authorAccount: codingAgent,
})
const coAuthored = aCommit({
  ...agentCommit,
  message: `…\n\nCo-authored-by: person <${personKey('co-author')}@person.invalid>\n`,
})
const agent: RecordInit = {
  author: codingAgent,
  commits: [agentCommit],
  merge: null,
  state: 'open',
}
const merge = aRecord().merge
const push = (hours: number, by: ReturnType<typeof aPerson>) => ({
  at: hour(hours),
  head: aSha(hours),
  before: null,
  forced: false,
  by,
})

describe('who is responsible', () => {
  test.each<[string, RecordInit, string, ResponsibleBasis]>([
    ['a person who opened it', {}, personKey('author'), 'author'],
    [
      'the assignee of an agent',
      { ...agent, assignees: [codingAgent, aPerson('starter')] },
      personKey('starter'),
      'assignee',
    ],
    [
      'of two assignees the one who is a co-author too',
      { ...agent, assignees: [aPerson('x'), aPerson('co-author')], commits: [coAuthored] },
      personKey('co-author'),
      'assignee',
    ],
    [
      'a co-author',
      { ...agent, assignees: [], commits: [coAuthored] },
      personKey('co-author'),
      'co-author',
    ],
    [
      'not a tool that is named as co-author',
      {
        ...agent,
        commits: [
          aCommit({
            ...agentCommit,
            message: '…\n\nCo-Authored-By: Claude <noreply@anthropic.com>\n',
          }),
        ],
      },
      'bot Copilot in 1',
      'nobody',
    ],
    [
      'who pushed first',
      { ...agent, pushes: [push(5, aPerson('second')), push(2, aPerson('first'))] },
      personKey('first'),
      'commit',
    ],
    [
      'who authored a commit',
      { ...agent, commits: [agentCommit, aCommit()] },
      personKey('author'),
      'commit',
    ],
    [
      'a self-declared author',
      { ...agent, commits: [aCommit({ authorAccount: null })] },
      personKey('author'),
      'commit',
    ],
    ['the merger', { ...agent, merge, state: 'merged' }, personKey('author'), 'merger'],
    ['nobody', agent, 'bot Copilot in 1', 'nobody'],
    [
      'nobody, assignees unknown',
      { ...agent, assignees: null, commits: null, pushes: null },
      'bot Copilot in 1',
      'nobody',
    ],
    ['not told, squashed', { author: null }, personKey('author'), 'author'],
    [
      'not told, rebased',
      { author: null, merge: merge && { ...merge, method: 'rebase' } },
      personKey('author'),
      'commit',
    ],
    [
      'a deleted account, by its commits',
      { author: unknownActor, merge: null, commits: [aCommit({ authorAccount: null })] },
      personKey('author'),
      'commit',
    ],
    [
      'a deleted account without commits',
      { author: unknownActor, merge: null, commits: [] },
      'unknown in 1',
      'nobody',
    ],
    [
      'in a clone without a name',
      { author: unknownActor, merge: null, commits: [], repository: { id: null, name: null } },
      'unknown in a repository',
      'nobody',
    ],
  ])('%s', (_, init, key, basis) => {
    expect(responsiblePerson(aRecord(init))).toMatchObject({ key, basis })
  })

  test.each([
    ['one', 'other'],
    ['other', 'one'],
  ])('of two assignees the co-author, be it %s', (coAuthor, other) => {
    const message = `…\n\nCo-authored-by: person <${personKey(coAuthor)}@person.invalid>\n`
    const record = aRecord({
      ...agent,
      assignees: [aPerson(other), aPerson(coAuthor)],
      commits: [{ ...agentCommit, message }],
    })
    expect(responsiblePerson(record)).toMatchObject({ key: personKey(coAuthor), basis: 'assignee' })
  })

  test('all changes of a bot for which nobody is found are those of one', () => {
    const keys = [3, 4].map((number) => responsiblePerson(aRecord({ ...agent, number })).key)
    expect(new Set(keys).size).toBe(1)
    const elsewhere = aRecord({ ...agent, repository: { id: 2, name: 'octo/other' } })
    expect(responsiblePerson(elsewhere).key).not.toBe(keys[0])
  })
})

describe('another person', () => {
  const responsible = responsiblePerson(aRecord())
  test.each([
    ['the responsible person', aPerson('author'), undefined],
    ['somebody else', aPerson('reviewer'), personKey('reviewer')],
    ['a bot', aBot('some-app[bot]'), undefined],
    ['a deleted account', unknownActor, 'unknown'],
  ])('%s', (_, actor, expected) => {
    expect(otherPerson(actor, responsible)).toBe(expected)
  })

  test('who only merged what an agent made is another person', () => {
    const merger = responsiblePerson(aRecord({ ...agent, merge, state: 'merged' }))
    expect(otherPerson(aPerson('author'), merger)).toBe(personKey('author'))
  })
})
