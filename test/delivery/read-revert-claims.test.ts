import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  createPseudonyms,
  type RevertClaim,
  type RevertTexts,
  readRevertClaims,
  titleKeys,
} from '../../src/delivery/index.ts'
import { maliciousTexts } from '../support/malicious-inputs.ts'

const pseudonyms = createPseudonyms(new Uint8Array(32))
const sha = '9fceb02d0ae598e95dc970b74767f19372d61af8'
const other = '676104e5ac2c1f3d5a215868b2ce0d2c1a6a9a2b'

function read(texts: RevertTexts): RevertClaim[] {
  return readRevertClaims({ repository: 'octo/widgets', ...texts }, pseudonyms)
}

/** What a claim says, with the title that its keys are of. */
function said(texts: RevertTexts, ...titles: readonly string[]): string[] {
  const names = new Map(titles.map((title) => [titleKeys(title, pseudonyms).whole, title]))
  return read(texts).map(({ in: place, kind, partial, aside, shas, numbers, titles: quoted }) =>
    [
      `${place}:`,
      partial ? 'partial' : [],
      aside ? 'aside' : [],
      kind,
      shas.map((each) => each.slice(0, 7)),
      numbers.map((number) => `#${number}`),
      quoted.map(({ whole }) => (whole === null ? 'torn' : (names.get(whole) ?? 'other'))),
    ]
      .flat(2)
      .join(' '),
  )
}

describe("GitHub's revert pull request", () => {
  test('by its branch, its title and its description', () => {
    const texts = {
      title: 'Revert "Add a cache"',
      description: 'Reverts octo/widgets#7',
      branch: 'revert-7-add-a-cache',
    }
    expect(said(texts, 'Add a cache')).toEqual([
      'branch: revert #7',
      'title: revert Add a cache',
      'description: revert #7',
    ])
  })

  test('as a squash commit carries it: the last number is its own', () => {
    const message = 'Revert "Add a cache (#7)" (#9)\n\nReverts octo/widgets#7\n'
    expect(said({ message }, 'Add a cache')).toEqual([
      'title: revert #7 Add a cache',
      'message: revert #7',
    ])
  })

  test('as a merge commit carries it: the title is below', () => {
    const message = 'Merge pull request #9 from octo/revert-7-add-a-cache\n\nRevert "Add a cache"\n'
    expect(said({ message }, 'Add a cache')).toEqual([
      'branch: revert #7',
      'title: revert Add a cache',
    ])
  })
})

describe('titles', () => {
  test.each([
    ['Revert "Add a cache (#7)" (#9)', ['title: revert #7 Add a cache']],
    ['Reverts "Add a cache (#7)" (#9)', ['title: revert #7 Add a cache']],
    ["fix(core): revert 'Add a cache' (#9)", ['title: revert Add a cache']],
    ['[camera] Revert "Add a cache" (#9)', ['title: revert Add a cache']],
    ['revert: Add a cache (#7) (#9)', ['title: revert #7 Add a cache']],
    ['revert(core): Add a cache (#9)', ['title: revert Add a cache']],
    ['revert(core): revert "Add a cache" (#9)', ['title: revert Add a cache']],
    ['ci: revert - Add a cache (#7) (#9)', ['title: revert #7 Add a cache']],
    ['Roll back Add a cache', ['title: revert Add a cache']],
    ['Back out "Add a cache"', ['title: revert Add a cache']],
    ['Revert #7 (#9)', ['title: revert #7']],
    ['Revert PR #7 and #8 (#9)', ['title: revert #7 #8']],
    ['Add a file (Revert #7) (#9)', []],
    [`revert ${sha} (#9)`, ['title: revert 9fceb02']],
    ['Revert "Merge pull request #7 from octo/cache"', ['title: revert #7 other']],
    ['Partially revert "Add a cache" (#9)', ['title: partial revert Add a cache']],
    ['Revert part of "Add a cache" (#9)', ['title: partial revert Add a cache']],
    ['Revert "Add the first of many caches that reme… (#9)', ['title: revert torn']],
    ['Revert "Add a cache (#7… (#9)', ['title: revert torn']],
    ['Revert "Add a cache for #3" (#9)', ['title: revert other']],
    ['Reland "Add a cache (#7)" (#9)', ['title: reland #7 Add a cache']],
    ['Re-land: Add a cache (#9)', ['title: reland Add a cache']],
    ['Reapply "Add a cache"', ['title: reland Add a cache']],
    ['Add a cache (reland) (#9)', ['title: reland Add a cache']],
    ['Add a cache (Reland #7) (#9)', ['title: reland #7 Add a cache']],
    ['Revert^2 "Add a cache"', ['title: reland Add a cache']],
    ['Revert^3 "Add a cache"', ['title: revert Add a cache']],
    [
      'Revert "Revert "Add a cache (#7)" (#8)" (#9)',
      ['title: revert #8 Revert Add a cache', 'title: reland #7 Add a cache'],
    ],
    ['Revert "Reland "Add a cache"" (#9)', ['title: revert Reland Add a cache']],
    ['Revert "Revert "Revert "Add a cache"""', ['title: revert other']],
    ['Fix file revert on abort (#9)', []],
    ['Add an undo button (#9)', []],
    ['Reverting allowed in the editor', ['title: revert other']],
    ['feat: rollback-safe migrations (#9)', []],
    ['Rebase and reapplying', []],
  ])('%s', (message, claims) => {
    expect(said({ message }, 'Add a cache', 'Revert Add a cache', 'Reland Add a cache')).toEqual(
      claims,
    )
  })

  test('the rest of a cut title stands in the text', () => {
    const message = 'Revert "Add the first of many caches that reme… (#9)\n\n…mber (#7)"\n'
    expect(said({ message }, 'Add the first of many caches that remember')).toEqual([
      'title: revert #7 Add the first of many caches that remember',
    ])
  })

  test("the last number of a pull request's title is no number of its own", () => {
    expect(said({ title: 'revert: Add a cache (#7)' }, 'Add a cache')).toEqual([
      'title: revert #7 Add a cache',
    ])
    expect(said({ message: 'Revert "Add a cache" (#7)', number: 9 }, 'Add a cache')).toEqual([
      'title: revert #7 Add a cache',
    ])
  })
})

describe('below the title', () => {
  const title = 'Revert "Add a cache"'

  test.each([
    [`This reverts commit ${sha}.`, ['9fceb02']],
    [`This reverts commits ${sha} and ${other}.`, ['9fceb02 676104e']],
    [`This reverts commit ${sha}, ${other.slice(0, 10)}.`, ['9fceb02 676104e']],
    [`This reverts commit ${sha}, reversing\nchanges made to ${other}.`, ['9fceb02']],
    [`This reverts commit\nhttps://github.com/octo/widgets/commit/${sha}.`, ['9fceb02']],
    ['This reverts commit 9fceb02.', ['9fceb02']],
    ['This reverts commit defaced.', []],
    ['Reverts #7', ['#7']],
    ['Reverts: octo/widgets#7', ['#7']],
    ['Reverts https://github.com/octo/widgets/pull/7', ['#7']],
    ['Reverts [#7](https://github.com/octo/widgets/pull/7)', ['#7']],
    ['Reverts octo/gadgets#7', []],
    ['Reverts #7…', []],
    ['Revert the changes from #7 and #8', ['#7 #8']],
    ['> Reverts #7', []],
    ['```\nReverts #7\n```', []],
    ['<!-- Reverts #7 -->', []],
    ['If it breaks, revert #7', []],
    ['Refs: 676104e, 9fceb02', ['676104e 9fceb02']],
    ['To be relanded in #9. Relands #9', []],
  ])('%j', (body, names) => {
    const claims = said({ message: `${title}\n\n${body}\n`, number: 10 })
    expect(claims.slice(1)).toEqual(names.map((each) => `message: revert ${each}`))
  })

  test.each([
    ['Reland of #7, which was reverted in #8.', ['reland #7', 'reland #8']],
    ['Relands #7', ['reland #7']],
    [`This reverts commit ${sha}.`, ['revert 9fceb02']],
    [`This reverts commit ${sha} and reinstates #7`, ['revert 9fceb02', 'reland #7']],
    ['Partially reverts #7', ['partial revert #7']],
    ['This reverts parts of #7', ['partial revert #7']],
    ['Reverts a change (#7) that broke it', []],
    [`* Revert "A wrong turn"\n\nThis reverts commit ${sha}.\n\n* Reverts #7`, ['revert 9fceb02']],
  ])('under a title that says nothing, %j is said in passing', (body, claims) => {
    const expected = claims.map((each) =>
      each.startsWith('partial ')
        ? `message: partial aside ${each.slice(8)}`
        : `message: aside ${each}`,
    )
    expect(said({ message: `Tidy the parser (#10)\n\n${body}\n` })).toEqual(expected)
  })

  test("a merged pull request's own commits are said in passing, by their hashes", () => {
    const commits = [
      `Revert "Add a cache"\n\nThis reverts commit ${sha}.\n`,
      'Reverts #7\n\nReverts #7',
    ]
    expect(said({ message: 'Tidy the parser (#10)', commits })).toEqual([
      'message: aside revert 9fceb02',
    ])
  })

  test('of an unknown repository every number is its own', () => {
    const texts = { title, description: 'Reverts octo/gadgets#7' }
    expect(readRevertClaims(texts, pseudonyms).at(-1)?.numbers).toEqual([7])
  })
})

describe('a person puts it right', () => {
  test.each([
    [{ title: 'Tidy', description: 'Text.\n\nReverts-PR: #7' }, ['correction: revert #7']],
    [{ message: 'Tidy\n\nReverts-PR: #7, #8\n' }, ['correction: revert #7 #8']],
    [{ title: 'Tidy', labels: ['Reverts-PR: #7'] }, ['correction: revert #7']],
    [{ title: 'Revert "Add a cache"', labels: ['Not-a-revert'] }, ['correction: not-a-revert']],
    [{ message: 'Revert "Add a cache"\n\nNot-a-revert: true\n' }, ['correction: not-a-revert']],
    [{ message: 'Tidy\n\nNot-a-revert: no\n' }, []],
    [{ message: 'Tidy\n\nReverts-PR: none\n' }, []],
  ])('%j', (texts, claims) => {
    expect(said(texts)).toEqual(claims)
  })
})

test('no claim holds any of the text', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[xyz]{4,12}( [xyz]{4,12}){0,9}$/), (text) => {
      const message = `Revert "${text}" (#9)\n\nReverts ${text} #7 ${text}\n\nThis reverts commit ${sha}: ${text}\n`
      expect(JSON.stringify(read({ message, title: `Revert ${text}`, branch: text }))).not.toMatch(
        /[xyz]{4}/,
      )
    }),
  )
})

test('hostile texts are read at once and give claims that a record can hold', () => {
  const repeated = ['Revert "', 'reverts #1 ', 'revert.', '(#1)', '[x](', '"', '<!--', '* a\n']
  const texts = [
    ...maliciousTexts.map(({ text }) => text),
    ...repeated.map((text) => text.repeat(30_000)),
  ]
  for (const text of texts)
    for (const { shas, numbers } of read({ title: text, description: text, message: text })) {
      expect(shas.every((each) => /^[0-9a-f]{7,64}$/.test(each))).toBe(true)
      expect(numbers.every((number) => Number.isSafeInteger(number) && number > 0)).toBe(true)
    }
})
