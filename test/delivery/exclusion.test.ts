import { describe, expect, test } from 'vitest'
import { branchPurpose } from '../../src/delivery/branch-purpose.ts'
import { type ExclusionReason, exclusionReason } from '../../src/delivery/exclusion.ts'
import { isLongLivedBranch } from '../../src/delivery/long-lived-branch.ts'
import type { RevertClaim } from '../../src/delivery/record.ts'
import { changeFacts } from '../../src/delivery/recorded-facts.ts'
import type { RevertRole } from '../../src/delivery/revert-link.ts'
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

function reason(init: RecordInit, revertRole: RevertRole | null = null): ExclusionReason | null {
  const record = aRecord(init)
  const assessment = assessChange(changeFacts(record), marks)
  return exclusionReason(record, { assessment, marks, revertRole })
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
    ['a reland', { revertClaims: [claim({ kind: 'reland' })] }, null],
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
    ["a fork's long-lived head", { head: { name: 'main', longLived: true, fork: true } }, null],
    [
      'a long-lived head, not told of which repository',
      { head: { name: 'main', longLived: true, fork: null } },
      null,
    ],
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

describe('a revert', () => {
  const open = { mergedAfter: null }
  test.each<[string, RecordInit, RevertRole | null, ExclusionReason | null]>([
    ['by its title', { revertClaims: [claim({})] }, 'revert', 'revert'],
    ['by its branch', { revertClaims: [claim({ in: 'branch' })] }, 'revert', 'revert'],
    ['of a part', { revertClaims: [claim({ partial: true })] }, 'revert', null],
    ['of what was found to be a revert', { revertClaims: [claim({})] }, 'revert-of-revert', null],
    [
      'titled a reland, found to revert',
      { revertClaims: [claim({ kind: 'reland' })] },
      'reland',
      null,
    ],
    ['in passing', { revertClaims: [claim({ in: 'message', aside: true })] }, 'revert', null],
    ['found to be none', { revertClaims: [claim({})] }, null, null],
    ['not merged, by its title', { ...open, revertClaims: [claim({})] }, null, 'revert'],
    [
      'not merged, and of a revert',
      { ...open, revertClaims: [claim({}), claim({ kind: 'reland' })] },
      null,
      null,
    ],
    [
      'not merged, and of a part',
      { ...open, revertClaims: [claim({ partial: true })] },
      null,
      null,
    ],
  ])('%s', (_, init, role, expected) => {
    expect(reason(init, role)).toBe(expected)
  })
})

test.each([
  ['main', true],
  ['develop', true],
  ['release/1.2', true],
  ['release-7', true],
  ['stable/2024.1', true],
  ['support/4.7', true],
  ['branch-3.5', true],
  ['v2', true],
  ['1.x', true],
  ['1.2-stable', true],
  ['1234', false],
  ['test', false],
  ['testing', false],
  ['qa', false],
  ['edge', false],
  ['next', false],
  ['Branch_2260', false],
  ['branch-7', false],
  ['support/4711', false],
  ['maintenance-3', false],
])('%s lives on after a merge: %s', (name, longLived) => {
  expect(isLongLivedBranch(name)).toBe(longLived)
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
