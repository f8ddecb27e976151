import { describe, expect, test } from 'vitest'
import { branchPurpose } from '../../src/delivery/branch-purpose.ts'
import { type ExclusionReason, exclusionReason } from '../../src/delivery/exclusion.ts'
import type { RevertClaim } from '../../src/delivery/record.ts'
import { changeFacts } from '../../src/delivery/recorded-facts.ts'
import { assessChange, indexRegistry, shippedRegistry } from '../../src/provenance/index.ts'
import {
  aBot,
  aCommit,
  aMarkedCommit,
  aRecord,
  codingAgent,
  type RecordInit,
} from '../support/a-record.ts'

const marks = indexRegistry(shippedRegistry())

function reason(init: RecordInit): ExclusionReason | null {
  const record = aRecord(init)
  return exclusionReason(record, assessChange(changeFacts(record), marks), marks)
}

const dependabot = aBot('dependabot[bot]', 49699333)
const claim = (differing: Partial<RevertClaim>): RevertClaim => ({
  in: 'title',
  kind: 'revert',
  partial: false,
  aside: false,
  shas: [],
  numbers: [3],
  titles: [],
  coverage: null,
  ...differing,
})
const sized = (additions: number, deletions: number): RecordInit => {
  const size = { files: 1, additions, deletions }
  return { size: { total: size, counted: size } }
}

describe('why a change is not counted', () => {
  test.each<[string, RecordInit, ExclusionReason | null]>([
    ['an ordinary one', {}, null],
    ['a dependency bot', { author: dependabot }, 'bot'],
    [
      'a person who opened what a bot committed',
      {
        commits: [
          aCommit({
            author: {
              kind: 'known',
              name: 'dependabot[bot]',
              email: '49699333+dependabot[bot]@users.noreply.github.com',
            },
            authorAccount: dependabot,
          }),
        ],
      },
      'bot',
    ],
    [
      "a release bot that packs others' marked commits",
      { author: aBot('release-please[bot]', 55107282), commits: [aMarkedCommit()] },
      'bot',
    ],
    ['an app that nobody knows', { author: aBot('some-app[bot]', 77) }, 'bot'],
    [
      'the same with AI recorded',
      { author: aBot('some-app[bot]', 77), commits: [aMarkedCommit()] },
      null,
    ],
    ['a workflow', { author: aBot('github-actions[bot]', 41898282) }, 'bot'],
    [
      'a workflow with AI recorded',
      { author: aBot('github-actions[bot]', 41898282), commits: [aMarkedCommit()] },
      null,
    ],
    ['an agent that works by itself', { author: codingAgent }, null],
    ['a revert by its title', { revertClaims: [claim({})] }, 'revert'],
    ['a revert by its branch', { revertClaims: [claim({ in: 'branch' })] }, 'revert'],
    ['a part', { revertClaims: [claim({ partial: true })] }, 'revert'],
    ['a reland', { revertClaims: [claim({ kind: 'reland' })] }, null],
    ['a revert of a revert', { revertClaims: [claim({}), claim({ kind: 'reland' })] }, null],
    ['said in passing', { revertClaims: [claim({ in: 'message', aside: true })] }, null],
    ['by its content alone', { revertClaims: [claim({ in: 'content', coverage: 1 })] }, null],
    [
      'a person says that it is none',
      { revertClaims: [claim({}), claim({ in: 'correction', kind: 'not-a-revert' })] },
      null,
    ],
    [
      "another change's branch as base",
      { base: { tracked: false, longLived: false, name: null } },
      'stacked',
    ],
    [
      'a base of which nothing is told',
      { base: { tracked: false, longLived: null, name: null } },
      'stacked',
    ],
    [
      'a release branch as base',
      { base: { tracked: false, longLived: true, name: 'release/1.2' } },
      'untracked-base',
    ],
    ['not told whether the base is tracked', { base: { tracked: null } }, null],
    ['a long-lived head', { head: { name: 'develop', longLived: true } }, 'merge-back'],
    ['a merge queue', { head: { name: 'gh-readonly-queue/…' } }, 'merge-queue'],
    ['no line', sized(0, 0), 'no-lines'],
    ['one line', sized(0, 1), null],
    [
      'only lines that do not count',
      {
        size: {
          total: { files: 1, additions: 9, deletions: 0 },
          counted: { files: 0, additions: 0, deletions: 0 },
        },
      },
      null,
    ],
    ['not told how many lines', { size: null }, null],
  ])('%s', (_, init, expected) => {
    expect(reason(init)).toBe(expected)
  })
})

test.each([
  ['gh-readonly-queue/main/pr-7-0123', 'merge-queue'],
  ['mergify/merge-queue/abc', 'merge-queue'],
  ['mergify/bp/stable/pr-7', 'backport'],
  ['backport-7-to-stable', 'backport'],
  ['cherry-pick/7', 'backport'],
  ['release-please--branches--main', 'release'],
  ['changeset-release/main', 'release'],
  ['release/v1.2.3', 'release'],
  ['backmerge/1.2', 'merge-back'],
  ['release-notes', undefined],
  ['backporting-guide', undefined],
  ['feature/x', undefined],
])('the purpose of %s', (name, purpose) => {
  expect(branchPurpose(name)).toBe(purpose)
})
