import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isPublishable } from '../../../src/comparison/disclosure/disclosure-gate.ts'
import {
  publishedAsOf,
  refreshedRepositories,
} from '../../../src/comparison/disclosure/published-snapshot.ts'
import {
  anchorBefore,
  anchorsBefore,
  recordsSince,
} from '../../../src/comparison/disclosure/snapshot-anchor.ts'
import type { ChangeTable } from '../../../src/comparison/table/change-table.ts'
import {
  funnelWindow,
  maturedWindow,
  mergeWindow,
  readinessWindow,
} from '../../../src/comparison/table/windows.ts'
import { aChangeTable, changesOfPeople, monday, type Row } from '../../support/a-change-table.ts'
import { propertyRuns } from '../../support/property-runs.ts'

const day = 86_400_000
const week = 7 * day

/** Eight people of each group, once every other day, so that each week moves enough of them. */
function steadyOrganisation(days = 400): Row[] {
  return Array.from({ length: days }, (_, index) =>
    (['aiRecorded', 'noneRecorded'] as const).flatMap((group) =>
      Array.from({ length: 4 }, (__, one) => ({
        person: `${group}${(4 * index + one) % 8}`,
        group,
        readyAt: monday - index * day - 3_600_000,
      })),
    ),
  ).flat()
}

/** Changes whose clocks lie in the last week before the as-of time, and none before. */
function inLastWeek(people: number): Row[] {
  return changesOfPeople({ changes: 10, people, prefix: 'new' }, (index) => ({
    group: 'aiRecorded',
    readyAt: monday - 14 * day - ((index % 6) + 1) * day,
    mergedAt: monday - ((index % 6) + 1) * day,
  }))
}

/** Every Monday in turn, with what was published before kept in mind. */
function publishedOneByOne(table: ChangeTable, asked: readonly number[]): number[] {
  const shown: number[] = []
  for (const asOf of asked) {
    shown.push(publishedAsOf(table, asOf, { lastPublished: shown.at(-1) ?? null }))
  }
  return shown
}

describe('the snapshot that is shown', () => {
  test('is that of the week asked for when enough people moved', () => {
    const table = aChangeTable(steadyOrganisation())
    expect(publishedAsOf(table, monday)).toBe(monday)
    expect(publishedAsOf(table, monday + 3 * day)).toBe(monday)
  })

  test('of nothing is that of the week', () => {
    expect(publishedAsOf(aChangeTable([]), monday + day)).toBe(monday)
  })

  test('before the first change is that of the week', () => {
    const early = monday - 200 * week
    expect(publishedAsOf(aChangeTable(steadyOrganisation()), early)).toBe(early)
  })

  test.each([
    [2, monday - week],
    [4, monday - week],
    [5, monday],
  ])('with changes of %i people in the last week', (people, expected) => {
    // Everything else is long settled: it neither comes nor goes that week.
    const settled = (group: 'aiRecorded' | 'noneRecorded') =>
      changesOfPeople({ changes: 60, people: 10, prefix: group }, (index) => ({
        group,
        readyAt: monday - 95 * day + (index % 3) * day,
      }))
    const rows = [...settled('aiRecorded'), ...settled('noneRecorded'), ...inLastWeek(people)]
    const table = aChangeTable(rows)
    expect(publishedAsOf(table, monday, { lastPublished: monday - week })).toBe(expected)
    // Without memory it comes to the same here: the anchor is more than a week old, and nothing else has moved since.
    expect(publishedAsOf(table, monday)).toBe(expected)
  })

  test.each([
    [2, monday - week],
    [5, monday],
  ])('with changes of %i people gone out of the window in the last week', (people, expected) => {
    const settled = (['aiRecorded', 'noneRecorded'] as const).flatMap((group) =>
      changesOfPeople({ changes: 60, people: 10, prefix: group }, (index) => ({
        group,
        readyAt: monday - 95 * day + (index % 3) * day,
      })),
    )
    // The 13 weeks of readiness begin 105 days before the Monday, a week earlier for the one before.
    const gone = changesOfPeople({ changes: 10, people, prefix: 'old' }, (index) => ({
      group: 'aiRecorded',
      readyAt: monday - (107 + (index % 4)) * day,
    }))
    const table = aChangeTable([...settled, ...gone])
    expect(publishedAsOf(table, monday, { lastPublished: monday - week })).toBe(expected)
  })

  test('with changes of five people of which one merged in time: its time would follow', () => {
    const settled = (['aiRecorded', 'noneRecorded'] as const).flatMap((group) =>
      changesOfPeople({ changes: 20, people: 10, prefix: group }, (index) => ({
        group,
        readyAt: monday - 60 * day,
        hours: 20 + (index % 3),
      })),
    )
    const cameIn = (merged: number) =>
      aChangeTable([
        ...settled,
        ...changesOfPeople({ changes: 5, people: 5, prefix: 'aiRecorded' }, (index) => ({
          group: 'aiRecorded' as const,
          readyAt: monday - 16 * day,
          ...(index < merged ? { hours: 1 } : { hours: null }),
        })),
      ])
    const published = (merged: number) =>
      publishedAsOf(cameIn(merged), monday, { lastPublished: monday - week })
    expect([0, 1, 4, 5].map(published)).toEqual([monday, monday - week, monday - week, monday])
  })

  test.each([
    [0, monday],
    [1, monday - week],
    [4, monday - week],
    [5, monday],
    [6, monday - week],
    [10, monday],
  ])(
    'with ten people of whom %i attest, where attested changes are compared alone',
    (attested, expected) => {
      const settled = (group: 'aiRecorded' | 'noneRecorded', assistance?: 'unassisted') =>
        changesOfPeople({ changes: 40, people: 10, prefix: group }, (index) => ({
          group,
          readyAt: monday - (60 + (index % 3)) * day,
          ...(assistance && { assistance }),
        }))
      const cameIn = changesOfPeople(
        { changes: 10, people: 10, prefix: 'noneRecorded' },
        (index) => ({
          readyAt: monday - 34 * day,
          mergedAt: monday - 33 * day,
          ...(index < attested && { assistance: 'unassisted' as const }),
        }),
      )
      const rows = [...settled('aiRecorded'), ...settled('noneRecorded'), ...cameIn]
      const published = (some: readonly Row[]) =>
        publishedAsOf(aChangeTable(some), monday, { lastPublished: monday - week })
      // Of all others nobody is told to have attested: there is nothing that the ten could be cut by.
      if (attested === 0) expect(published(rows)).toBe(monday)
      expect(published([...rows, ...settled('noneRecorded', 'unassisted')])).toBe(expected)
    },
  )

  test('with attested changes too few to be compared alone: they hold nothing back', () => {
    const rows = (['aiRecorded', 'noneRecorded'] as const).flatMap((group) =>
      changesOfPeople({ changes: 60, people: 10, prefix: group }, () => ({
        group,
        readyAt: monday - 60 * day,
      })),
    )
    const cameIn = changesOfPeople(
      { changes: 10, people: 10, prefix: 'noneRecorded' },
      (index) => ({
        readyAt: monday - 34 * day,
        mergedAt: monday - 33 * day,
        ...(index < 3 && { assistance: 'unassisted' as const }),
      }),
    )
    const table = aChangeTable([...rows, ...cameIn])
    expect(publishedAsOf(table, monday, { lastPublished: monday - week })).toBe(monday)
  })

  test('with many people of a repository that was read too early to tell what became of them', () => {
    const settled = (['aiRecorded', 'noneRecorded'] as const).flatMap((group) =>
      changesOfPeople({ changes: 20, people: 10, prefix: group }, () => ({
        group,
        readyAt: monday - 60 * day,
      })),
    )
    const cameIn = { group: 'aiRecorded', readyAt: monday - 16 * day } as const
    const published = (readAt: number) =>
      publishedAsOf(
        aChangeTable([
          ...settled,
          { ...cameIn, person: 'aiRecorded0' },
          ...changesOfPeople({ changes: 6, people: 6, prefix: 'aiRecorded' }, () => ({
            ...cameIn,
            repository: 'a/two',
            readAt,
          })),
        ]),
        monday,
        { lastPublished: monday - week },
      )
    expect(published(monday)).toBe(monday)
    expect(published(monday - 10 * day)).toBe(monday - week)
  })

  test('waits until those who moved over several weeks are enough together', () => {
    const settled = (group: 'aiRecorded' | 'noneRecorded') =>
      changesOfPeople({ changes: 60, people: 10, prefix: group }, (index) => ({
        group,
        readyAt: monday - 95 * day + (index % 3) * day,
      }))
    // Two people a week, others each week; they merge at once, and become old enough to be described 14 days later.
    const moving = [3, 2, 1].flatMap((ago) =>
      changesOfPeople({ changes: 6, people: 2, prefix: `week${ago}-` }, () => ({
        group: 'aiRecorded',
        readyAt: monday - 14 * day - ago * week + day,
        mergedAt: monday - ago * week + day,
      })),
    )
    const table = aChangeTable([...settled('aiRecorded'), ...settled('noneRecorded'), ...moving])
    const shown = publishedOneByOne(
      table,
      [3, 2, 1, 0].map((ago) => monday - ago * week),
    )
    expect(shown).toEqual([monday - 3 * week, monday - 3 * week, monday - 3 * week, monday])
  })

  test('a group too small to be shown holds nothing back', () => {
    const rows = [
      ...steadyOrganisation().filter(({ group }) => group === 'noneRecorded'),
      ...inLastWeek(2),
    ]
    expect(publishedAsOf(aChangeTable(rows), monday)).toBe(monday)
  })

  test('with a higher threshold more people must have moved', () => {
    const table = aChangeTable(steadyOrganisation())
    const thresholds = { people: 9, changes: 20, personShare: 0.5 }
    // Eight people in each group never reach nine: nothing is shown, and nothing held back but all merged together.
    expect(publishedAsOf(table, monday, { thresholds })).toBe(monday)
  })
})

test('each repository has snapshots of its own', () => {
  const busy = steadyOrganisation().map((row) => ({ ...row, repository: 'o/busy' }))
  const quiet = steadyOrganisation()
    .filter(({ readyAt = 0 }) => readyAt < monday - 60 * day)
    .concat(inLastWeek(2))
    .map((row) => ({ ...row, repository: 'o/quiet' }))
  const table = aChangeTable([...busy, ...quiet])
  expect([...refreshedRepositories(table, monday)]).toEqual([0])
  expect(publishedAsOf(table, monday, { repository: 0 })).toBe(monday)
  expect(publishedAsOf(table, monday, { repository: 1 })).toBeLessThan(monday)
})

test('attested changes hold no repository back beside the others: nothing is told of them there', () => {
  // All attest until 60 days ago, and then one alone.
  const rows = steadyOrganisation().map((row) => ({
    ...row,
    ...((row.person === 'noneRecorded0' || (row.readyAt ?? 0) < monday - 60 * day) && {
      assistance: 'unassisted' as const,
    }),
  }))
  const table = aChangeTable(rows)
  expect(publishedAsOf(table, monday)).toBeLessThan(monday)
  expect([...refreshedRepositories(table, monday)]).toEqual([0])
})

test('the anchors whose walks pass what could be subtracted reach over 26 weeks', () => {
  for (const asOf of Array.from({ length: 20 }, (_, ago) => monday - ago * week)) {
    const anchors = anchorsBefore(asOf)
    expect(anchors[0]).toBe(anchorBefore(asOf))
    expect(asOf - (anchors.at(-1) ?? asOf)).toBeGreaterThanOrEqual(26 * week)
    expect(asOf - (anchors.at(-2) ?? asOf)).toBeLessThan(26 * week)
    for (const anchor of anchors) expect(anchorBefore(anchor)).toBe(anchor)
  }
})

const smallOrganisations = fc
  .array(
    fc.record({
      person: fc.integer({ min: 0, max: 8 }).map(String),
      group: fc.constantFrom('aiRecorded', 'noneRecorded', 'setAside'),
      readyAt: fc.integer({ min: -330, max: -1 }).map((days) => monday + days * day),
      hours: fc.constantFrom(1, 30, 200),
    }),
    { minLength: 500, maxLength: 600 },
  )
  // People come and go: of every second three weeks there are only three.
  .map((rows) =>
    aChangeTable(
      rows.filter(
        ({ person, readyAt }) => Number(person) < 3 || Math.floor(readyAt / (3 * week)) % 2 === 0,
      ) as Row[],
    ),
  )

/** Nine to fourteen people with a few changes of each cohort a week: most weeks move fewer than five of them. */
const fewPeople: fc.Arbitrary<Row[]> = fc
  .record({
    people: fc.integer({ min: 9, max: 14 }),
    seed: fc.integer({ min: 1, max: 2 ** 31 - 2 }),
  })
  .map(({ people, seed }) => {
    let state = seed
    const draw = () => {
      state = (state * 48_271) % 2_147_483_647
      return state / 2_147_483_647
    }
    return Array.from({ length: 90 }, (_, ago) =>
      Array.from({ length: 2 + Math.floor(6 * draw()) }, () =>
        (['aiRecorded', 'noneRecorded'] as const).map((group) => ({
          person: String(Math.floor(people * draw() ** 1.3)),
          group,
          readyAt: monday - (ago + 1) * week + Math.floor(6 * draw()) * day,
          hours: 5,
        })),
      ).flat(),
    ).flat()
  })

const mondays = Array.from({ length: 60 }, (_, index) => monday - (59 - index) * week)

describe('for any small organisation', () => {
  test('it never lies in the future, never goes back, and stays when asked for itself', () => {
    fc.assert(
      fc.property(smallOrganisations, (table) => {
        const shown = mondays.map((asOf) => publishedAsOf(table, asOf))
        const kept = publishedOneByOne(table, mondays)
        for (const [index, asked] of mondays.entries()) {
          for (const chain of [shown, kept]) {
            const one = chain[index] ?? 0
            expect(one).toBeLessThanOrEqual(asked)
            expect(one).toBeGreaterThanOrEqual(chain[index - 1] ?? one)
          }
          const one = shown[index] ?? 0
          expect(publishedAsOf(table, one)).toBe(one)
          expect(publishedAsOf(table, asked, { lastPublished: asked })).toBe(asked)
        }
      }),
      { numRuns: propertyRuns(10), endOnFailure: true },
    )
  })

  test('subtracting a shown snapshot from the next tells of 5 people or nobody, each way', () => {
    const windows = [readinessWindow, funnelWindow, maturedWindow, mergeWindow]
    fc.assert(
      fc.property(smallOrganisations, (table) => {
        const sinceAnchor = mondays.filter((asOf) => asOf >= anchorBefore(monday))
        const chains = [
          publishedOneByOne(table, mondays),
          sinceAnchor.map((asOf) => publishedAsOf(table, asOf)),
        ].map((chain) => [...new Set(chain)])
        for (const shown of chains)
          for (const [index, window] of windows.entries()) {
            const [clock, cohorts] =
              index < 2
                ? [table.readyAt, table.cohortAtReady]
                : [table.mergedAt, table.cohortAtMerge]
            for (const group of [0, 1]) {
              const membersAt = (asOf: number) => {
                const { start, end } = window(asOf)
                return [...table.person.keys()].filter((row) => {
                  const time = clock[row] ?? Number.NaN
                  return time >= start && time < end && cohorts[row] === group
                })
              }
              const peopleOf = (rows: number[]) => rows.map((row) => table.person[row] ?? -1)
              const told = shown.map(membersAt).filter((rows) => isPublishable(peopleOf(rows)))
              for (const [later, rows] of told.entries()) {
                const before = told[later - 1]
                if (before === undefined) continue
                const came = new Set(peopleOf(rows.filter((row) => !before.includes(row))))
                const went = new Set(peopleOf(before.filter((row) => !rows.includes(row))))
                for (const { size } of [came, went]) expect(size === 0 || size >= 5).toBe(true)
              }
            }
          }
      }),
      { numRuns: propertyRuns(10), endOnFailure: true },
    )
  })

  test('where the last snapshot is known, subtracting the rows of a repository tells of 5 people or nobody', () => {
    fc.assert(
      fc.property(fewPeople, (rows) => {
        const table = aChangeTable(rows)
        const shown = mondays.filter((asOf, index) => {
          const lastPublished = mondays[index - 1] ?? null
          return refreshedRepositories(table, asOf, { lastPublished }).has(0)
        })
        for (const [index, asOf] of shown.entries()) {
          for (const before of shown.slice(0, index)) {
            if (asOf - before < 26 * week) expectApart(rows, before, asOf)
          }
        }
      }),
      { numRuns: propertyRuns(10), endOnFailure: true },
    )
  })

  test('the order of the records does not matter', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            person: fc.integer({ min: 0, max: 8 }).map(String),
            group: fc.constantFrom('aiRecorded', 'noneRecorded'),
            readyAt: fc.integer({ min: -330, max: -1 }).map((days) => monday + days * day),
          }),
          { minLength: 40, maxLength: 300 },
        ),
        (rows) => {
          expect(publishedAsOf(aChangeTable(rows.toReversed() as Row[]), monday)).toBe(
            publishedAsOf(aChangeTable(rows as Row[]), monday),
          )
        },
      ),
      { numRuns: 50 },
    )
  })
})

describe('a source that reads only the last months', () => {
  /** What a reading begun then holds. */
  const readSince = (rows: readonly Row[], since: number, asOf: number) =>
    aChangeTable(
      rows.filter(({ readyAt = 0 }) => readyAt >= since && readyAt < asOf),
      { asOf },
    )

  test('publishes what a file of everything does', () => {
    fc.assert(
      fc.property(fewPeople, (rows) => {
        for (const asOf of mondays.slice(-10)) {
          const known = readSince(rows, recordsSince(asOf), asOf)
          const all = readSince(rows, Number.NEGATIVE_INFINITY, asOf)
          expect(publishedAsOf(known, asOf)).toBe(publishedAsOf(all, asOf))
        }
      }),
      { numRuns: propertyRuns(10), endOnFailure: true },
    )
  })

  test('with the last snapshot kept in mind never lets few people be told by subtraction', () => {
    fc.assert(
      fc.property(fewPeople, (rows) => {
        let last: number | null = null
        for (const asOf of mondays.slice(-30)) {
          const known = readSince(rows, recordsSince(asOf, last), asOf)
          const next: number = publishedAsOf(known, asOf, { lastPublished: last })
          if (last !== null && next !== last) {
            expect(next).toBeGreaterThan(last)
            expectApart(rows, last, next)
          }
          last = next
        }
      }),
      { numRuns: propertyRuns(10), endOnFailure: true },
    )
  })

  test('refreshes after 26 weeks whatever moved: nothing is shared any more', () => {
    const old = changesOfPeople({ changes: 60, people: 10 }, () => ({
      readyAt: monday - 40 * week,
    }))
    const rows = [...old, ...inLastWeek(2)].map((row) => ({ ...row, group: 'aiRecorded' as const }))
    const shownAfter = (weeks: number) =>
      publishedAsOf(aChangeTable(rows), monday, { lastPublished: monday - weeks * week })
    expect(shownAfter(26)).toBe(monday)
  })

  test('reads as far back as the windows of what the new snapshot is held against', () => {
    const reach = (last?: number) => (monday - recordsSince(monday, last)) / week
    expect(reach()).toBe(26 + 8)
    expect(reach(monday - 3 * week)).toBe(26 + 8)
    expect(reach(monday - 20 * week)).toBe(26 + 20)
    expect(reach(monday - 26 * week)).toBe(26 + 8)
    for (const asOf of mondays) {
      expect(mergeWindow(anchorBefore(asOf)).start).toBeGreaterThanOrEqual(recordsSince(asOf))
    }
  })
})

/** What two snapshots tell together of merged changes: nobody, or at least five people who came in, each cohort by itself. */
function expectApart(rows: readonly Row[], before: number, now: number) {
  for (const group of ['aiRecorded', 'noneRecorded']) {
    const mergedIn = ({ start, end }: { start: number; end: number }) =>
      rows.filter((row) => {
        const merged = (row.readyAt ?? 0) + (row.hours ?? 0) * 3_600_000
        return row.group === group && merged >= start && merged < end
      })
    const [then, since] = [mergedIn(mergeWindow(before)), mergedIn(mergeWindow(now))]
    if (![then, since].every((some) => isPublishable(some.map(({ person }) => person)))) continue
    const came = new Set(since.filter((row) => !then.includes(row)).map(({ person }) => person))
    const went = new Set(then.filter((row) => !since.includes(row)).map(({ person }) => person))
    for (const { size } of [came, went]) expect(size === 0 || size >= 5).toBe(true)
  }
}
