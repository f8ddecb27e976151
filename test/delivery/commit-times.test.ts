import { describe, expect, test } from 'vitest'
import { commitTimes } from '../../src/delivery/commit-times.ts'
import { aCommit, aRecord, aSha, hour, type RecordInit } from '../support/a-record.ts'

const commit = (name: string, committedHours: number | null, seenHours: number | null = null) =>
  aCommit({
    sha: aSha(name),
    committedAt: committedHours === null ? null : hour(committedHours),
    seenAt: seenHours === null ? null : hour(seenHours),
  })
const push = (
  hours: number,
  head: string,
  before: string | null,
  forced: boolean | null = null,
) => ({
  at: hour(hours),
  head: aSha(head),
  before: before === null ? null : aSha(before),
  forced,
  by: null,
})

/** For each commit the hours since which it is known, with `~` where no server told it. */
function times(init: RecordInit): string[] {
  const record = aRecord(init)
  const since = commitTimes(record)
  return (record.commits ?? []).map((one) => {
    const { at, told } = since(one)
    return `${told ? '' : '~'}${(at - Date.parse(hour(0))) / 3_600_000}`
  })
}

const three = [commit('a', -2), commit('b', 3), commit('c', 6)]

describe('since when commits are known', () => {
  test.each<[string, RecordInit, string[]]>([
    ['by their dates', { commits: three }, ['0', '~3', '~6']],
    ['without a date', { commits: [commit('a', null)] }, ['~0']],
    ['by when they were seen', { commits: [commit('a', -2, 0), commit('b', 3, 5)] }, ['0', '5']],
    [
      'by their pushes',
      { source: 'webhooks', commits: three, pushes: [push(4, 'b', 'a'), push(8, 'c', 'b')] },
      ['0', '4', '8'],
    ],
    [
      'the first push replaced what was there from the opening',
      { source: 'webhooks', commits: three, pushes: [push(8, 'c', 'b')] },
      ['0', '0', '8'],
    ],
    [
      'even where it was dated by that push',
      {
        source: 'webhooks',
        commits: [commit('a', -2, 8), commit('b', 3, 8)],
        pushes: [push(8, 'b', 'a')],
      },
      ['0', '8'],
    ],
    ['no push at all: everything', { source: 'webhooks', commits: three }, ['0', '0', '0']],
    [
      'pushes were lost',
      { source: 'webhooks', truncated: ['timeline'], commits: three, pushes: [push(8, 'c', 'b')] },
      ['0', '~3', '~6'],
    ],
    [
      'only force pushes are told: not later than they',
      {
        commits: [commit('a', -2), commit('b', 9), commit('c', 20)],
        pushes: [push(8, 'b', 'x', true)],
      },
      ['0', '~8', '~20'],
    ],
    [
      'a clone',
      { createdAt: null, source: 'git', pushes: null, commits: [commit('a', -2)] },
      ['~-2'],
    ],
  ])('%s', (_, init, expected) => {
    expect(times(init)).toEqual(expected)
  })
})
