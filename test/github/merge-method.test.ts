import { expect, test } from 'vitest'
import { type MergeTraces, mergeMethod } from '../../src/github/merge-method.ts'

const one = [{ sha: 'a', message: 'Add a cache' }]
const two = [...one, { sha: 'b', message: 'Finish it\n' }]
const github = 'noreply@github.com'
const person = 'dev@example.com'

function traces(
  merge: Partial<MergeTraces['merge']>,
  commits: MergeTraces['commits'],
  complete = true,
): MergeTraces {
  return {
    number: 7,
    complete,
    merge: { oid: 'm', message: 'Add a cache (#7)', parents: 1, committer: github, ...merge },
    commits,
  }
}

test.each([
  ['GitHub’s merge commit', traces({ parents: 2, message: 'Merge pull request #7' }, two), 'merge'],
  ['one with words of its own', traces({ parents: 2, message: 'Cache, part 1' }, two), 'merge'],
  [
    'one from before GitHub was its committer',
    traces({ parents: 2, message: 'Merge pull request #7 from a/b', committer: person }, two),
    'merge',
  ],
  [
    'one that a person or a bot pushed',
    traces({ parents: 2, message: 'Auto merge of #7', committer: 'bors@example.com' }, two),
    'push',
  ],
  ['a squash', traces({}, two), 'squash'],
  ['a squash whose commits are not known', traces({}, null), 'squash'],
  ['a squash of one commit with its own words', traces({ message: 'Add a cache' }, one), 'squash'],
  ['a rebase', traces({ message: 'Finish it', committer: person }, two), 'rebase'],
  ['a rebase by the merge queue', traces({ message: 'Finish it' }, two), 'rebase'],
  ['a rebase of one commit', traces({ message: 'Add a cache', committer: person }, one), 'rebase'],
  ['a fast-forward', traces({ oid: 'b', committer: person }, two), 'push'],
  ['a commit of a person, with nothing to compare', traces({ committer: person }, null), null],
  ['one commit, with a list that is cut off', traces({}, two, false), null],
  ['a merge, with a list that is cut off', traces({ parents: 2 }, two, false), 'merge'],
  ['a fast-forward to what a list has that is cut off', traces({ oid: 'b' }, two, false), 'push'],
  ['a commit without a committer', traces({ committer: undefined }, null), null],
  [
    'a squash on a GitHub Enterprise Server',
    traces({ committer: 'noreply@ghe.example.com' }, two),
    'squash',
  ],
] as const)('G20: %s', (_, given, method) => {
  expect(mergeMethod(given)).toBe(method)
})
