import { describe, expect, test } from 'vitest'
import { findPullRequest } from '../../src/git/find-pull-request.ts'

describe('the pull request that a message names as its own', () => {
  test.each([
    [
      "GitHub's merge button",
      'Merge pull request #12 from octo/patch-1\n\nAdd a cache\n\nMore.',
      {
        number: 12,
        title: 'Add a cache',
        byHand: false,
        headOwner: 'octo',
        headBranch: 'patch-1',
      },
    ],
    [
      'the merge button, a branch with slashes',
      'Merge pull request #12 from octo/feature/one/two',
      {
        number: 12,
        title: 'Merge pull request #12 from octo/feature/one/two',
        byHand: false,
        headOwner: 'octo',
        headBranch: 'feature/one/two',
      },
    ],
    [
      'the squash button',
      'Add a cache (#12)\n\n* first\n* second (#3)',
      { number: 12, title: 'Add a cache', byHand: false },
    ],
    [
      'a pull request that was itself cherry-picked',
      'Add a cache (#12) (#15)',
      { number: 15, title: 'Add a cache (#12)', byHand: false },
    ],
    [
      "GitHub's revert of another",
      'Revert "Add a cache (#12)" (#13)',
      { number: 13, title: 'Revert "Add a cache (#12)"', byHand: false },
    ],
    [
      'Bitbucket Server',
      'Merge pull request #7 in PROJ/repo from feature/x to master\n\n* commit',
      { number: 7, title: '* commit', byHand: false, headBranch: 'feature/x' },
    ],
    [
      'Bitbucket Cloud',
      'Merged in feature/x (pull request #7)\n\nAdd a cache\n',
      { number: 7, title: 'Add a cache', byHand: false, headBranch: 'feature/x' },
    ],
    [
      'Gitea',
      'Merge pull request \'Add a "cache"\' (#7) from octo/x into main',
      {
        number: 7,
        title: 'Add a "cache"',
        byHand: false,
        headOwner: 'octo',
        headBranch: 'x',
      },
    ],
    [
      'GitLab',
      "Merge branch 'patch-1' into 'main'\n\nAdd a cache\n\nSee merge request group/sub/project!9\n",
      { number: 9, title: 'Add a cache', byHand: false, headBranch: 'patch-1' },
    ],
    [
      'Azure DevOps',
      'Merged PR 41: Add a cache',
      { number: 41, title: 'Add a cache', byHand: false },
    ],
    [
      'homu',
      'Auto merge of #7 - octo:patch-1, r=reviewer\n\nAdd a cache\n',
      {
        number: 7,
        title: 'Add a cache',
        byHand: true,
        headOwner: 'octo',
        headBranch: 'patch-1',
      },
    ],
    [
      'bors-ng',
      'Merge #7\n\n7: Add a cache r=reviewer a=octo\n\nText',
      { number: 7, title: 'Add a cache', byHand: true },
    ],
    [
      "Node.js' landing tool",
      'src: add a cache\n\nPR-URL: https://github.com/octo/widgets/pull/7\nReviewed-By: Somebody\n',
      { number: 7, title: 'src: add a cache', byHand: true },
    ],
  ])('%s', (_, message, expected) => {
    expect(findPullRequest(message)).toEqual(expected)
  })

  test.each([
    '',
    'Add a cache',
    'Fix #12',
    'Add (#12) a cache',
    'Revert "Add a cache (#12)"',
    'Revert "Merge pull request #12 from octo/patch-1"',
    'Merge #7 #8\n\n7: One\n8: Two',
    "Merge branch 'patch-1'",
    'Add a cache\n\n(#12)',
    'Add a cache (#0)',
    'Add a cache (#1234567890)',
    'Add a cache (#-1)',
    'Add a cache (#12',
    'See merge request !9 for more\n\nMerge pull request #12 from octo/x',
    'Merge pull request #12 from nowhere',
  ])('none in %j', (message) => {
    expect(findPullRequest(message)).toBeUndefined()
  })

  test('a subject of a megabyte takes no time to speak of', () => {
    expect(findPullRequest(`${' '.repeat(1_000_000)}(#1`)).toBeUndefined()
    expect(findPullRequest(`Merged in ${'(pull request #'.repeat(70_000)}`)).toBeUndefined()
  })
})
