import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type BranchCommitRecord,
  createPseudonyms,
  type DeliveryRecord,
  type PullRequestRecord,
  type RevertClaim,
  RevertLinks,
  type RevertTexts,
  readRevertClaims,
  titleKeys,
} from '../../src/delivery/index.ts'
import { aBot, aCommit, aRecord, aSha, hour } from '../support/a-record.ts'
import { propertyRuns } from '../support/property-runs.ts'

const pseudonyms = createPseudonyms(new Uint8Array(32))

interface Change extends Omit<RevertTexts, 'number'> {
  readonly number: number
  /** Hour of the merge. */
  readonly at: number
  readonly files?: number
  readonly tracked?: boolean
  readonly own?: readonly string[]
  readonly method?: 'squash' | 'merge'
  readonly differing?: Partial<PullRequestRecord>
}

/** A merged pull request with the claims that its texts make. Its squash commit is `aSha('merge N')`. */
function merged({
  number,
  at,
  files,
  tracked = true,
  own = [],
  ...rest
}: Change): PullRequestRecord {
  const { method = 'squash', differing, ...texts } = rest
  const record = aRecord({
    number,
    mergedAfter: at,
    base: { tracked },
    titleKeys: titleKeys(texts.title ?? `Change ${number}`, pseudonyms),
    commits: own.map((sha) => aCommit({ sha })),
    revertClaims: readRevertClaims({ repository: 'octo/widgets', ...texts, number }, pseudonyms),
    size: { total: { files: files ?? 2, additions: 9, deletions: 1 }, counted: null },
    ...differing,
  })
  return { ...record, merge: record.merge === null ? null : { ...record.merge, method } }
}

function pushed(sha: string, at: number, message: string, tracked = true): BranchCommitRecord {
  return {
    record: 'branch-commit',
    version: 1,
    source: 'github',
    repository: { id: 1, name: 'octo/widgets' },
    sha,
    committedAt: hour(at),
    branchTracked: tracked,
    bot: null,
    titleKeys: titleKeys(message.split('\n')[0] ?? '', pseudonyms),
    size: null,
    revertClaims: readRevertClaims({ message, number: null }, pseudonyms),
  }
}

function linked(...records: readonly DeliveryRecord[]): RevertLinks {
  const links = new RevertLinks()
  for (const record of records) links.add(record)
  return links
}

/** Links to a record in short: rung, who reverts, and what else there is to say. */
function short(links: RevertLinks, record: DeliveryRecord): string[] {
  return links
    .linksTo(record)
    .map(({ rung, by, partial, bulk, restoredBy, uncounted }) =>
      [
        rung,
        by.number === null ? 'pushed' : `#${by.number}`,
        partial ? 'partial' : [],
        bulk ? 'bulk' : [],
        restoredBy === null ? [] : `restored by #${restoredBy.number}`,
        uncounted === null ? [] : `uncounted: ${uncounted}`,
      ]
        .flat()
        .join(' '),
    )
}

const cache = merged({ number: 7, at: 1, title: 'feat: add a cache to the parser' })
const merge7 = aSha('merge 7')

describe('the ladder', () => {
  test.each<[string, Omit<RevertTexts, 'number'>, string]>([
    ["GitHub's description", { title: 'Undo', description: 'Reverts octo/widgets#7' }, 'R1 #9'],
    ["GitHub's branch", { title: 'Oops', branch: 'revert-7-cache' }, 'R1 #9'],
    ['a hash', { message: `Revert "x"\n\nThis reverts commit ${merge7}.` }, 'R2 #9'],
    [
      'a cut hash',
      { message: `Revert "x"\n\nThis reverts commit ${merge7.slice(0, 9)}.` },
      'R2 #9',
    ],
    ['a number in the title', { title: 'Revert #7' }, 'R3 #9'],
    ['the number of the quoted title', { message: 'Revert "x (#7)" (#9)' }, 'R3 #9'],
    ['the title', { title: 'Revert "feat: add a cache to the parser"' }, 'R3 #9'],
    ['the title without its prefix', { title: 'revert: add a cache to the parser' }, 'R3 #9'],
    [
      'the title with another prefix',
      { title: 'fix: revert "add a cache to the parser"' },
      'R3 #9',
    ],
    ['the start of the title', { title: 'Revert "feat: add a cache to the p…"' }, 'R3 #9'],
    ['a correction', { title: 'Tidy', description: 'x\n\nReverts-PR: #7' }, 'correction #9'],
  ])('%s', (_, texts, link) => {
    const links = linked(cache, merged({ number: 9, at: 5, ...texts }))
    expect(short(links, cache)).toEqual([link])
    expect(links.coverage()).toEqual({ revertLike: 1, resolved: 1 })
  })

  test('a link says when, by whom and how sure', () => {
    const links = linked(cache, merged({ number: 9, at: 5, title: 'Revert #7' }))
    expect(links.linksTo(cache)).toEqual([
      {
        rung: 'R3',
        confidence: 0.95,
        at: hour(5),
        by: { number: 9, sha: aSha('merge 9') },
        partial: false,
        bulk: false,
        restoredAt: null,
        restoredBy: null,
        uncounted: null,
      },
    ])
  })

  test('a commit pushed to the branch', () => {
    const commit = pushed(aSha('pushed'), 5, `Revert "x"\n\nThis reverts commit ${merge7}.`)
    expect(short(linked(cache, commit), cache)).toEqual(['R2 pushed'])
  })

  test('a hash of the pull request, squashed or merged', () => {
    const own = aSha('own')
    const revert = merged({
      number: 9,
      at: 5,
      message: `Revert "x"\n\nThis reverts commit ${own}.`,
    })
    for (const method of ['squash', 'merge'] as const) {
      const target = merged({ number: 7, at: 1, own: [own, aSha('own 2')], method })
      expect(short(linked(target, revert), target)).toEqual(['R2 #9'])
    }
  })

  test('of two that contained a commit the first brought it', () => {
    const own = aSha('own')
    const [first, second] = [
      merged({ number: 7, at: 2, own: [own] }),
      merged({ number: 6, at: 3, own: [own] }),
    ]
    const revert = merged({
      number: 9,
      at: 5,
      message: `Revert "x"\n\nThis reverts commit ${own}.`,
    })
    const links = linked(second, first, revert)
    expect([short(links, first), short(links, second)]).toEqual([['R2 #9'], []])
  })

  test('a hash cut so far that it could be two commits names none', () => {
    const [one, two] = [`aaaaaaa1${'0'.repeat(32)}`, `aaaaaaa2${'0'.repeat(32)}`]
    const target = merged({ number: 7, at: 1, own: [one, two] })
    const revert = (sha: string) =>
      merged({ number: 9, at: 5, message: `Revert "x"\n\nThis reverts commit ${sha}.` })
    expect(short(linked(target, revert('aaaaaaa1')), target)).toEqual(['R2 #9'])
    expect(short(linked(target, revert('aaaaaaa')), target)).toEqual([])
    expect(linked(target, revert('aaaaaaa')).coverage()).toEqual({ revertLike: 1, resolved: 0 })
  })

  test('a title names what landed in the 90 days before, and one change alone', () => {
    const title = 'Revert "feat: add a cache to the parser"'
    const late = merged({ number: 9, at: 1 + 91 * 24, title })
    expect(short(linked(cache, late), cache)).toEqual([])
    const again = merged({ number: 8, at: 2, title: 'feat: add a cache to the parser' })
    const links = linked(cache, again, merged({ number: 9, at: 5, title }))
    expect([short(links, cache), short(links, again)]).toEqual([[], []])
  })

  test('of two with the same title a revert means the one that stands', () => {
    const title = 'Revert "feat: add a cache to the parser"'
    const first = merged({ number: 8, at: 2, title })
    const again = merged({ number: 9, at: 3, title: 'feat: add a cache to the parser' })
    const second = merged({ number: 10, at: 4, title })
    const links = linked(cache, first, again, second)
    expect([short(links, cache), short(links, again)]).toEqual([['R3 #8'], ['R3 #10']])
  })

  test('content finds what a revert does not name, and alone it is in no rate', () => {
    const content: RevertClaim = {
      in: 'content',
      kind: 'revert',
      partial: false,
      aside: false,
      shas: [merge7],
      numbers: [],
      titles: [],
      coverage: 1,
    }
    const named = merged({ number: 9, at: 5, title: 'Revert that cache of ours' })
    const revertClaims = [...named.revertClaims, content]
    expect(short(linked(cache, { ...named, revertClaims }), cache)).toEqual(['R4 #9'])
    const silent = merged({ number: 9, at: 5, title: 'Tidy' })
    const alone = linked(cache, { ...silent, revertClaims: [content] })
    expect(short(alone, cache)).toEqual(['R4 #9 uncounted: content-only'])
    expect(alone.roleOf(silent)).toBeNull()
  })

  test('where two places disagree the hash is believed', () => {
    const second = merged({ number: 8, at: 2 })
    const message = `Revert "x (#8)" (#9)\n\nThis reverts commit ${merge7}.`
    const links = linked(cache, second, merged({ number: 9, at: 5, message }))
    expect([short(links, cache), short(links, second)]).toEqual([['R2 #9'], []])
  })
})

describe('no revert of anything merged', () => {
  test.each<[string, Change]>([
    ['of itself', { number: 9, at: 5, title: 'Revert #9' }],
    ['of what landed later', { number: 9, at: 0.5, title: 'Revert #7' }],
    [
      'of another repository',
      { number: 9, at: 5, title: 'x', description: 'Reverts octo/gadgets#7' },
    ],
    [
      'not merged',
      { number: 9, at: 5, title: 'Revert #7', differing: { merge: null, state: 'open' } },
    ],
    ['corrected', { number: 9, at: 5, title: 'Revert #7', labels: ['not-a-revert'] }],
    ['prose', { number: 9, at: 5, title: 'Tidy', description: 'We could revert #7 one day.' }],
  ])('%s', (_, change) => {
    const record = merged(change)
    expect(short(linked(cache, record), cache)).toEqual([])
  })

  test('a squash that repeats what its branch reverted of itself', () => {
    const [own, main] = [aSha('own'), merge7]
    const body = `* Try it\n\n* Revert "Try it"\n\nThis reverts commit ${own}.\n`
    const squash = merged({ number: 9, at: 5, own: [own], message: `Tidy (#9)\n\n${body}` })
    const links = linked(cache, squash)
    expect(links.roleOf(squash)).toBeNull()
    expect(links.coverage()).toEqual({ revertLike: 0, resolved: 0 })
    const both = `${body}\n* Revert "Cache"\n\nThis reverts commit ${main}.\n`
    const mixed = merged({ number: 9, at: 5, own: [own], message: `Tidy (#9)\n\n${both}` })
    expect(short(linked(cache, mixed), cache)).toEqual([])
    const only = `* Revert "Cache"\n\nThis reverts commit ${main}.\n`
    const revert = merged({ number: 9, at: 5, message: `Tidy (#9)\n\n${only}` })
    expect(short(linked(cache, revert), cache)).toEqual(['R2 #9'])
  })

  test("another repository's pull request with the same number", () => {
    const elsewhere = merged({
      number: 7,
      at: 1,
      differing: { repository: { id: 2, name: 'octo/gadgets' } },
    })
    const links = linked(elsewhere, merged({ number: 9, at: 5, title: 'Revert #7' }))
    expect(short(links, elsewhere)).toEqual([])
  })
})

describe('what came back', () => {
  const revert = merged({ number: 8, at: 2, title: 'Revert "feat: add a cache to the parser"' })

  test.each<[string, Omit<RevertTexts, 'number'>, string]>([
    [
      'a revert of the revert',
      { title: 'Revert "Revert "feat: add a cache to the parser""' },
      'revert-of-revert',
    ],
    ['by its number', { title: 'Revert #8' }, 'revert-of-revert'],
    ['a reland by title', { title: 'Reland "feat: add a cache to the parser"' }, 'reland'],
    ['a reland by number', { title: 'Cache again', description: 'Relands #7.' }, 'reland'],
    ['in passing', { title: 'Cache again', description: 'Reverts #8' }, 'reland'],
    [
      'a reland that names the revert',
      { title: 'Cache again', description: 'Was reverted in #8' },
      'reland',
    ],
  ])('%s', (_, texts, role) => {
    const back = merged({ number: 9, at: 5, ...texts })
    const links = linked(cache, revert, back)
    expect(short(links, cache)).toEqual(['R3 #8 restored by #9'])
    expect(short(links, revert)).toEqual([])
    expect([links.roleOf(cache), links.roleOf(revert), links.roleOf(back)]).toEqual([
      null,
      'revert',
      role,
    ])
  })

  test('a reland that is reverted in its turn is a change that was reverted', () => {
    const back = merged({ number: 9, at: 3, title: 'Reland "feat: add a cache to the parser"' })
    const again = merged({ number: 10, at: 4, title: 'Revert #9' })
    const links = linked(cache, revert, back, again)
    expect(short(links, cache)).toEqual(['R3 #8 restored by #9'])
    expect(short(links, back)).toEqual(['R3 #10'])
    expect(links.roleOf(again)).toBe('revert')
  })

  test('what was reverted after it came back is reverted twice', () => {
    const back = merged({ number: 9, at: 3, title: 'Revert #8' })
    const again = merged({ number: 10, at: 4, title: 'Revert #7' })
    expect(short(linked(cache, revert, back, again), cache)).toEqual([
      'R3 #8 restored by #9',
      'R3 #10',
    ])
  })
})

describe('how much, and whether it counts', () => {
  test.each<[string, number, Partial<Change>, string]>([
    ['as many files', 2, { title: 'Revert #7', files: 2 }, 'R3 #9'],
    ['half of the files', 4, { title: 'Revert #7', files: 2 }, 'R3 #9'],
    ['fewer', 5, { title: 'Revert #7', files: 2 }, 'R3 #9 partial uncounted: partial'],
    ['a part of most files', 2, { title: 'Partially revert #7', files: 2 }, 'R3 #9 partial'],
    [
      'on a release branch',
      2,
      { title: 'Revert #7', tracked: false },
      'R3 #9 uncounted: untracked-branch',
    ],
  ])('%s', (_, files, texts, link) => {
    const target = merged({ number: 7, at: 1, files })
    expect(short(linked(target, merged({ number: 9, at: 5, ...texts })), target)).toEqual([link])
  })

  test('a part of an unknown size', () => {
    const revert = merged({
      number: 9,
      at: 5,
      title: 'Partially revert #7',
      differing: { size: null },
    })
    expect(short(linked(cache, revert), cache)).toEqual(['R3 #9 partial uncounted: partial'])
  })

  test('several changes at once', () => {
    const second = merged({ number: 8, at: 2 })
    const links = linked(cache, second, merged({ number: 9, at: 5, title: 'Revert #7 and #8' }))
    expect([short(links, cache), short(links, second)]).toEqual([['R3 #9 bulk'], ['R3 #9 bulk']])
  })

  test("a robot's rollback counts like anybody's: nothing tells a routine one", () => {
    const differing = { author: aBot('rollback[bot]') }
    const revert = merged({ number: 9, at: 5, title: 'Revert #7', differing })
    expect(short(linked(cache, revert), cache)).toEqual(['R3 #9'])
  })
})

describe('records in any order', () => {
  test('the latest reading counts, and a pull request for its own commit', () => {
    const earlier = merged({
      number: 9,
      at: 5,
      title: 'Revert #8',
      differing: { readAt: hour(100) },
    })
    const later = merged({ number: 9, at: 5, title: 'Revert #7', differing: { readAt: hour(200) } })
    const commit = pushed(aSha('merge 9'), 5, 'Revert #7')
    for (const records of [
      [cache, earlier, later, commit],
      [commit, later, earlier, cache],
    ]) {
      const links = linked(...records)
      expect(short(links, cache)).toEqual(['R3 #9'])
      expect(links.coverage()).toEqual({ revertLike: 1, resolved: 1 })
    }
  })

  test('a clone that knows no number of the repository', () => {
    const fromGit = { ...cache, repository: { id: null, name: 'Octo/Widgets' } }
    const links = linked(fromGit, merged({ number: 9, at: 5, title: 'Revert #7' }))
    expect(short(links, fromGit)).toEqual(['R3 #9'])
    expect(short(links, cache)).toEqual(['R3 #9'])
  })

  test('a revert that comes later updates its target', () => {
    const links = linked(cache)
    expect(short(links, cache)).toEqual([])
    links.add(merged({ number: 9, at: 5, title: 'Revert #7' }))
    expect(short(links, cache)).toEqual(['R3 #9'])
    links.add(merged({ number: 10, at: 6, title: 'Revert #9' }))
    expect(short(links, cache)).toEqual(['R3 #9 restored by #10'])
  })

  /** How often claims are looked at while each record is added and asked about at once. */
  function looksAtClaims(records: readonly PullRequestRecord[]): number {
    let looks = 0
    const links = new RevertLinks()
    for (const record of records) {
      const revertClaims = record.revertClaims.map(({ numbers, ...claim }) => ({
        ...claim,
        get numbers() {
          looks += 1
          return numbers
        },
      }))
      const watched = { ...record, revertClaims }
      links.add(watched)
      links.linksTo(watched)
    }
    const reverts = records.filter(({ revertClaims }) => revertClaims.length > 0).length
    expect(links.coverage()).toEqual({ revertLike: reverts, resolved: reverts })
    return looks
  }

  test.each([
    ['oldest', (records: PullRequestRecord[]) => records],
    ['newest', (records: PullRequestRecord[]) => records.toReversed()],
  ])('from the %s on, a record has only those looked at again that it can touch', (_, order) => {
    const history = (count: number) =>
      order(
        Array.from({ length: count }, (_, index) =>
          merged({
            number: index + 1,
            at: index + 1,
            title: index % 2 === 0 ? `Change ${index}` : `Revert #${index}`,
          }),
        ),
      )
    expect(looksAtClaims(history(400))).toBe(4 * looksAtClaims(history(100)))
  })

  test.each([
    ['oldest', (records: PullRequestRecord[]) => records],
    ['newest', (records: PullRequestRecord[]) => records.toReversed()],
  ])('from the %s on, a chain in which each reverts the one before is no more work', (_, order) => {
    const chain = (count: number) =>
      order(
        Array.from({ length: count }, (_, index) =>
          merged({
            number: index + 1,
            at: index + 1,
            title: index === 0 ? 'Change' : `Revert #${index}`,
          }),
        ),
      )
    expect(looksAtClaims(chain(400)) / looksAtClaims(chain(100))).toBeLessThan(4.2)
  })

  describe('whatever they say', () => {
    const titles = ['Add a cache to it', 'Fix the parser of it']
    const change = (number: number) =>
      fc
        .record({
          verb: fc.constantFrom('', 'Revert', 'Reland', 'Revert "Revert'),
          of: fc.integer({ min: 1, max: 12 }),
          how: fc.constantFrom('number', 'title', 'hash'),
          title: fc.constantFrom(...titles),
          at: fc.integer({ min: 1, max: 40 }),
        })
        .map(({ verb, of, how, title, at }) => {
          const named = how === 'number' ? `#${of}` : `"${title}"`
          const body = how === 'hash' ? `\n\nThis reverts commit ${aSha(`merge ${of}`)}.` : ''
          const message = verb === '' ? title : `${verb} ${named}${body}`
          return merged({ number, at, message, title: message.split('\n')[0] ?? '' })
        })
    const history = fc.tuple(...Array.from({ length: 12 }, (_, index) => change(index + 1)))
    const shuffled = history.chain((records) =>
      fc.tuple(fc.constant(records), fc.shuffledSubarray([...records], { minLength: 12 })),
    )

    test('the same links from every order', () => {
      fc.assert(
        fc.property(shuffled, ([records, others]) => {
          const [one, other] = [linked(...records), linked()]
          for (const record of others) {
            other.add(record)
            other.linksTo(record)
          }
          for (const record of records) {
            expect(other.linksTo(record)).toEqual(one.linksTo(record))
            expect(other.roleOf(record)).toBe(one.roleOf(record))
            for (const { at, by } of one.linksTo(record)) {
              expect(by.number).not.toBe(record.number)
              expect(Date.parse(at)).not.toBeNaN()
            }
          }
          expect(other.coverage()).toEqual(one.coverage())
        }),
      )
    })

    test('what is asked in between is answered as if all had been added at once', () => {
      const questions = fc.array(fc.nat(11), { minLength: 12, maxLength: 12 })
      fc.assert(
        fc.property(shuffled, questions, ([, records], asked) => {
          const links = linked()
          for (const [index, record] of records.entries()) {
            links.add(record)
            const about = records[(asked[index] ?? 0) % (index + 1)] ?? record
            const known = linked(...records.slice(0, index + 1))
            // Has everything settled, the first to land first.
            known.coverage()
            expect(links.linksTo(about)).toEqual(known.linksTo(about))
            expect(links.roleOf(about)).toBe(known.roleOf(about))
          }
        }),
        { numRuns: propertyRuns(100) },
      )
    })
  })
})
