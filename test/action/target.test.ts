import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findTarget } from '../../src/action/target.ts'

const sha = 'a'.repeat(40)

describe('a pull request', () => {
  test.each([
    ['pull_request', { pull_request: { number: 7 } }],
    ['pull_request_target', { action: 'closed', pull_request: { number: 7, title: '#8' } }],
    ['merge_group', { merge_group: { head_ref: `refs/heads/gh-readonly-queue/main/pr-7-${sha}` } }],
    [
      'merge_group',
      { merge_group: { head_ref: `gh-readonly-queue/release/1/pr-7-${'b'.repeat(64)}` } },
    ],
    [
      'merge_group',
      { merge_group: { head_ref: `refs/heads/gh-readonly-queue/x/pr-8-${sha}/pr-7-${sha}` } },
    ],
  ])('%s %j', (event, payload) => {
    expect(findTarget(event, payload, undefined)).toEqual({ kind: 'pull-request', number: 7 })
  })

  test('that is given goes before any event', () => {
    const payload = { pull_request: { number: 8 } }
    expect(findTarget('pull_request', payload, 7)).toEqual({ kind: 'pull-request', number: 7 })
  })
})

describe('a commit', () => {
  test.each([
    { ref: 'refs/heads/main', after: sha },
    { ref: 'refs/heads/a/b', after: sha, deleted: false },
  ])('push %j', (payload) => {
    expect(findTarget('push', payload, undefined)).toEqual({ kind: 'commit', sha })
  })
})

describe('nothing', () => {
  test.each([
    ['pull_request', {}],
    ['pull_request', null],
    ['pull_request', { pull_request: { number: '7' } }],
    ['pull_request', { pull_request: { number: 0 } }],
    ['merge_group', { merge_group: {} }],
    ['merge_group', { merge_group: { head_ref: 'refs/heads/gh-readonly-queue/main/pr-7-abc' } }],
    ['push', { ref: 'refs/tags/v1', after: sha }],
    ['push', { ref: 'refs/heads/main', after: '0'.repeat(40), deleted: true }],
    ['push', []],
    ['workflow_dispatch', { inputs: { number: '7' } }],
    ['issue_comment', { issue: { number: 7 } }],
    ['', undefined],
  ])('%s %j', (event, payload) => {
    expect(findTarget(event, payload, undefined).kind).toBe('nothing')
  })

  test('whatever the payload is, there is an answer', () => {
    const events = ['pull_request', 'pull_request_target', 'merge_group', 'push', 'other']
    fc.assert(
      fc.property(fc.constantFrom(...events), fc.jsonValue(), (event, payload) => {
        expect(findTarget(event, payload, undefined).kind).toMatch(
          /^(nothing|commit|pull-request)$/,
        )
      }),
    )
  })
})
