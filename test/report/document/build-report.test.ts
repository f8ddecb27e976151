import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anchorBefore } from '../../../src/comparison/disclosure/snapshot-anchor.ts'
import { publishedAsOf } from '../../../src/comparison/index.ts'
import type { ReportInput } from '../../../src/report/document/build-report.ts'
import { ReportSchema } from '../../../src/report/document/report-document.ts'
import { aChangeTable, changesOfPeople, monday, type Row } from '../../support/a-change-table.ts'
import { findForbiddenWords, findWordsThatJudge } from '../../support/forbidden-words.ts'
import { root } from '../../support/repository.ts'
import { anyRows, smallOrganisations } from '../../support/small-organisations.ts'
import { reportOf, twoGroups } from '../built-reports.ts'

const day = 86_400_000
/** What holds for the report of any changes at all. */
function expectSound(table: ReportInput['table'], init: Partial<ReportInput> = {}) {
  const report = reportOf(table, init)
  expect(ReportSchema.parse(report)).toEqual(report)
  const json = JSON.stringify(report)
  expect(json).not.toMatch(/person-key|NaN|Infinity|undefined|-0[,}\]]/)
  expect(findForbiddenWords(json)).toEqual([])
  expect(findWordsThatJudge(json)).toEqual([])
  const terms = report.definitions.map(({ term }) => term)
  const shown = [
    ...report.comparisons.flatMap(({ title, measures }) => [title, ...measures.map(labelOf)]),
    ...report.quantiles.map(labelOf),
    ...(report.integrity?.measures ?? []).map(labelOf),
  ]
  expect(terms).toEqual(expect.arrayContaining(shown))
  expect(new Set(terms).size).toBe(terms.length)
  return report
}

function labelOf({ label }: { readonly label: string }): string {
  return label
}

/** Two repositories whose rows an anchor shows, of which the second has moved by two people since the Monday before. */
function twoRepositories(): Row[] {
  return ['o/busy', 'o/quiet'].flatMap((repository) =>
    Array.from({ length: 60 }, (_, ago) =>
      (['aiRecorded', 'noneRecorded'] as const).flatMap((group) =>
        Array.from({ length: 10 }, (__, index) => ({
          person: `${repository}${repository === 'o/quiet' && ago < 9 ? index % 2 : index}`,
          repository,
          group,
          readyAt: anchor - (ago + 1) * 7 * day + (index % 7) * day,
          hours: 20 + ((index * 7 + ago) % 11),
        })),
      ),
    ).flat(),
  )
}
/** A Monday whose report is made whatever has moved, where nothing is remembered. */
const anchor = anchorBefore(monday)

test('where the last report is known, an anchor shows no repository of which too few people moved', () => {
  const table = aChangeTable(twoRepositories(), { asOf: anchor })
  const namesOf = (lastPublished?: number) =>
    reportOf(table, { asOf: anchor, askedFor: anchor, lastPublished }).repositories.map(
      ({ name }) => name,
    )
  expect(namesOf()).toEqual(['o/busy', 'o/quiet'])
  expect(namesOf(anchor - 7 * day)).toEqual(['o/busy'])
})

test('where both groups are shown and few of them were merged, the headline says that', () => {
  const rows = (['aiRecorded', 'noneRecorded'] as const).flatMap((group) =>
    changesOfPeople({ changes: 100, people: 20, prefix: group }, (index) => ({
      group,
      readyAt: monday - (20 + (index % 50)) * day,
      hours: group === 'aiRecorded' && index > 2 ? null : 30,
    })),
  )
  const report = expectSound(aChangeTable(rows))
  expect(report.cohorts.aiRecorded).toEqual({ changes: 100, people: '20+' })
  expect(report.headline).toMatch(
    /^Nothing can be compared: among the changes that were merged and followed for long enough, a group/,
  )
  expect(report.warnings.map(({ text }) => text)).toContainEqual(
    expect.stringMatching(/^Not shown: .*, or too few of its changes were merged\.$/),
  )
})

describe('a report', () => {
  test('of two groups shows every part', () => {
    const report = expectSound(aChangeTable(twoGroups(), { excluded: ['bot', 'bot', 'no-lines'] }))
    expect(report.cohorts).toEqual({
      window: { from: '2026-03-09', until: '2026-06-08' },
      clock: 'ready',
      aiRecorded: { changes: 390, people: '5-9' },
      noneRecorded: { changes: 390, people: '5-9' },
    })
    expect(report.quantiles.map(({ id }) => id)).toEqual([
      'cycle-time',
      'pickup',
      'review',
      'merge-wait',
      'authored-to-merged',
    ])
    // Eight people: no ninth decile.
    expect(report.quantiles[0]?.aiRecorded?.p75).not.toBeNull()
    expect(report.quantiles[0]?.aiRecorded?.p90).toBeNull()
    expect(report.merged?.aiRecorded?.at(-1)).toMatchObject({ value: 100, high: 100 })
    for (const { value, low, high } of [
      ...(report.merged?.aiRecorded ?? []),
      ...(report.merged?.noneRecorded ?? []),
    ]) {
      expect(low).toBeLessThanOrEqual(value)
      expect(high).toBeGreaterThanOrEqual(value)
      expect(Number(high) - Number(low)).toBeGreaterThan(0)
    }
    expect(report.reverts?.rates.map(({ days }) => days)).toEqual([7, 14, 30, 90])
    expect(report.weeks).toHaveLength(13)
    expect(report.weeks.map(({ aiRecordedPercent }) => aiRecordedPercent)).toEqual(
      Array(13).fill(50),
    )
    expect(report.funnel?.noneRecorded).toMatchObject({
      ready: 180,
      merged: { value: 100, high: 100 },
      surviving: { value: 100, high: 100 },
    })
    expect(report.coverage?.assistance.map(({ percent }) => percent)).toEqual([50, 0, 50])
    expect(report.sizes?.bands.map(({ aiRecordedPercent }) => aiRecordedPercent)).toEqual([
      0, 100, 0, 0, 0, 0,
    ])
    expect(report.integrity?.measures.map(({ id }) => id)).toEqual([
      'ai-after-start',
      'redrafted',
      'changes-per-week',
    ])
    expect(report.excluded).toEqual([
      { reason: 'bot', label: 'Made by dependency, release, merge or format bots', changes: null },
      { reason: 'no-lines', label: 'Without a changed line', changes: null },
    ])
    expect(report.kept).toBeNull()
  })

  test('of any small organisation is valid and tells of no person', () => {
    fc.assert(
      fc.property(smallOrganisations, (rows) => {
        expectSound(aChangeTable(rows))
      }),
      { numRuns: 60 },
    )
  })

  test('of whatever a table may hold is valid and tells of no person', () => {
    fc.assert(
      fc.property(
        anyRows,
        fc.constantFrom('github' as const, 'git' as const),
        fc.integer({ min: 1, max: 5 }),
        (rows, source, people) => {
          const table = aChangeTable(rows, { sources: [source] })
          const thresholds = { people, changes: 5, personShare: 0.9 }
          const asOf = publishedAsOf(table, monday, { thresholds })
          expectSound(table, { asOf, thresholds })
        },
      ),
      { numRuns: 150 },
    )
  })

  test.each<[string, Row[]]>([
    ['nothing', []],
    ['one cohort', twoGroups().filter(({ group }) => group === 'aiRecorded')],
    ['one person', twoGroups().map((row) => ({ ...row, person: 'person-key-1' }))],
    ['identical values', twoGroups(() => ({ hours: 24 }))],
    ['nothing merged', twoGroups(() => ({ hours: null }))],
    ['everything set aside', twoGroups(() => ({ group: 'setAside' }))],
    ['everything reverted at once', twoGroups(() => ({ revertedAfter: 0 }))],
    ['everything in the future', twoGroups(() => ({ readyAt: monday + 400 * day }))],
    ['absurd durations', twoGroups((index) => ({ mergedAt: Date.UTC(1 + index * 20, 0, 1) }))],
    ['no sizes', twoGroups(() => ({ band: null }))],
  ])('of %s is valid', (_, rows) => {
    expectSound(aChangeTable(rows))
    expectSound(aChangeTable(rows, { sources: ['git'] }))
  })

  test('of nothing says so', () => {
    const report = expectSound(aChangeTable([], { sources: [] }))
    expect(report.headline).toBe(
      'Nothing can be compared: a group, or what it leaves of the whole, has fewer than 5 people or 20 changes, or one person made more than half of it.',
    )
    expect(report.registry).toBe('2026-06-01')
    expect(report.coverage).toBeNull()
  })

  test('of everything left out tells how much', () => {
    const excluded = Array<'bot'>(40).fill('bot')
    expect(expectSound(aChangeTable([], { excluded })).excluded).toMatchObject([
      { reason: 'bot', changes: 40 },
    ])
  })

  test('is the same whatever the order of the records', () => {
    const shuffled = twoGroups().toSorted((one, other) => (one.hours ?? 0) - (other.hours ?? 0))
    expect(reportOf(aChangeTable(shuffled))).toEqual(reportOf(aChangeTable(twoGroups())))
  })

  test('leaves what happened after its time aside', () => {
    const later = twoGroups().map((row) => ({
      ...row,
      person: `${row.person}later`,
      readyAt: monday + day,
    }))
    const table = aChangeTable([...twoGroups(), ...later])
    expect(reportOf(table)).toEqual(reportOf(aChangeTable(twoGroups())))
  })

  test('of an older snapshot says what was asked for', () => {
    const report = expectSound(aChangeTable(twoGroups()), {
      asOf: monday - 14 * day,
      askedFor: monday + 3 * day,
    })
    expect(report.asOf).toBe('2026-06-08T00:00:00Z')
    expect(report.kept?.since).toBe('2026-06-22T00:00:00Z')
  })

  test('of one repository among others is about that one', () => {
    const rows = [
      ...twoGroups().map((row) => ({ ...row, repository: 'o/one' })),
      ...twoGroups((index) => ({ repository: 'o/two', hours: 2 + index })),
    ]
    const one = { kind: 'repository', name: 'o/one', repository: 0, synthetic: false } as const
    const report = expectSound(aChangeTable(rows), { scope: one })
    expect(report.cohorts.aiRecorded?.changes).toBe(390)
    expect(report.repositories).toEqual([])
    expect(report.scope.repositories).toBe(1)
  })

  test('of a repository that the table does not hold is none', () => {
    const rows = ['o/one', 'o/two'].flatMap((repository) => twoGroups(() => ({ repository })))
    const scope = { kind: 'repository', name: 'o/none', synthetic: false } as const
    for (const repository of [undefined, 2, -1, 0.5]) {
      expect(() => reportOf(aChangeTable(rows), { scope: { ...scope, repository } })).toThrow(
        'The table holds 2 repositories and none of number',
      )
    }
  })

  test('of an organisation tells its repositories apart', () => {
    const rows = ['o/one', 'o/two'].flatMap((repository) => twoGroups(() => ({ repository })))
    const { repositories } = expectSound(aChangeTable(rows))
    expect(repositories.map(({ name }) => name)).toEqual(['o/one', 'o/two'])
  })

  test('explains what it shows, and where it is written out', () => {
    const rows = ['o/one', 'o/two'].flatMap((repository) => twoGroups(() => ({ repository })))
    const { definitions } = expectSound(aChangeTable(rows, { excluded: ['bot'] }))
    for (const { term, text, more } of definitions) {
      expect(text.length).toBeGreaterThan(term.length)
      expect(existsSync(join(root, more))).toBe(true)
    }
    const shown = [
      'Time to merge',
      'Merged within 14 days',
      'Review rounds',
      'Reverts',
      'Comparable changes',
      'Smallest difference that would show',
      'Same people',
      'Undeclared use',
      'Share merged',
      'Weeks',
      'Ready, merged, surviving',
      'Evidence coverage',
      'Sizes',
      'Repositories',
      'Left out',
      'Rounding',
    ]
    expect(definitions.map(({ term }) => term)).toEqual(expect.arrayContaining(shown))
  })

  test('of a clone is about merges', () => {
    const report = expectSound(aChangeTable(twoGroups(), { sources: ['git'] }))
    expect(report.weeks).toHaveLength(26)
    expect(report.funnel).toBeNull()
    expect(report.merged).toBeNull()
    expect(report.quantiles.map(({ id }) => id)).toEqual(['authored-to-merged'])
    expect(report.reverts).not.toBeNull()
    expect(report.warnings.map(({ code }) => code)).toContain('no-reviews')
  })
})
