import { describe, expect, test } from 'vitest'
import {
  decideDeclaration,
  isCorrectable,
  saidCorrections,
} from '../../../src/app/check/decide-declaration.ts'
import type { Correction } from '../../../src/store/index.ts'

const day = 24 * 60 * 60_000

function said(id: string, by: string, differing: Partial<Correction> = {}): Correction {
  return {
    id,
    by,
    repositoryId: 1,
    number: 7,
    claim: 'assisted',
    role: 'writer',
    saidAt: 10,
    recordedAt: 11,
    undoneAt: null,
    ...differing,
  }
}

describe('a press of a button', () => {
  test.each([
    ['is the first word', [], { stands: true, undo: [] }],
    ['takes back the same word', [said('a', 'me')], { stands: false, undo: ['a'] }],
    [
      'replaces another word',
      [said('a', 'me', { claim: 'unassisted' })],
      { stands: true, undo: ['a'] },
    ],
    ["leaves other people's words alone", [said('a', 'you')], { stands: true, undo: [] }],
    [
      'says again what was taken back',
      [said('a', 'me', { undoneAt: 12 })],
      { stands: true, undo: [] },
    ],
    [
      'says nothing any more where it comes after a later one',
      [said('a', 'me', { claim: 'unassisted', saidAt: 21 })],
      { stands: false, undo: [] },
    ],
    ['is heard once', [said('new', 'me')], undefined],
    [
      'is heard once, also where it was taken back since',
      [said('new', 'me', { undoneAt: 12 })],
      undefined,
    ],
  ])('%s', (_, corrections, decision) => {
    expect(
      decideDeclaration(corrections, { id: 'new', claim: 'assisted', by: 'me', at: 20 }),
    ).toEqual(decision)
  })
})

test('a press that only took something back is nothing that was said', () => {
  const word = said('a', 'me', { undoneAt: 20 })
  const takenBack = said('b', 'me', { saidAt: 20, undoneAt: 20 })
  expect(saidCorrections([word, takenBack])).toEqual([word])
})

describe('a change can be corrected', () => {
  test.each([
    ['while it is open', null, 400 * day, true],
    ['for seven days after the merge', 100, 100 + 7 * day, true],
    ['and no longer', 100, 101 + 7 * day, false],
  ])('%s', (_, mergedAt, time, correctable) => {
    expect(isCorrectable(mergedAt, time)).toBe(correctable)
  })
})
