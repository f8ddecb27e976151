import { describe, expect, it } from 'vitest'
import type { PullRequestRecord } from '../../src/delivery/record.ts'
import { tellsAllPushes } from '../../src/delivery/tells-all-pushes.ts'
import { aRecord, aSha, hour } from '../support/a-record.ts'

type Push = NonNullable<PullRequestRecord['pushes']>[number]

function aPush(at: number, before: string | null, head: string): Push {
  return {
    at: hour(at),
    head: aSha(head),
    before: before === null ? null : aSha(before),
    forced: null,
    by: null,
  }
}

describe('all pushes are told', () => {
  const head = { sha: aSha('third'), firstSha: aSha('first') }
  const whole = [aPush(1, 'first', 'second'), aPush(2, 'second', 'third')]

  it('from the head that it was opened with to the one that it has', () => {
    expect(tellsAllPushes(aRecord({ head, pushes: whole }))).toBe(true)
    const untouched = { sha: aSha('first'), firstSha: aSha('first') }
    expect(tellsAllPushes(aRecord({ head: untouched, pushes: [] }))).toBe(true)
  })

  it.each([
    ['the first is missing', whole.slice(1)],
    ['the last is missing', whole.slice(0, 1)],
    ['none is known', []],
    ['they cannot be known', null],
  ])('not where %s', (_, pushes) => {
    expect(tellsAllPushes(aRecord({ head, pushes }))).toBe(false)
  })

  it('not where nobody tells what it was opened with', () => {
    expect(tellsAllPushes(aRecord({ head: { sha: aSha('third') }, pushes: whole }))).toBe(false)
  })
})
