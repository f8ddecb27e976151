import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  gateThresholds,
  isPublishable,
} from '../../../src/comparison/disclosure/disclosure-gate.ts'
import { disclosedRepositories } from '../../../src/comparison/disclosure/shown-rows.ts'
import {
  type ChangeTable,
  cohort,
  mergeWindow,
  publishedAsOf,
  readinessWindow,
  releasedRepositories,
  type Span,
} from '../../../src/comparison/index.ts'
import { aChangeTable, monday, type Row } from '../../support/a-change-table.ts'
import { propertyRuns } from '../../support/property-runs.ts'
import { organisationsWithTeams } from '../../support/small-organisations.ts'

const day = 86_400_000
const week = 7 * day

/** Rows of a group in a window: of one cohort, by one clock. */
function rowsOf(table: ChangeTable, clock: 'ready' | 'merged', group: number, span: Span) {
  const [time, cohorts] =
    clock === 'ready' ? [table.readyAt, table.cohortAtReady] : [table.mergedAt, table.cohortAtMerge]
  return Array.from(time.keys()).filter((row) => {
    const at = time[row] ?? Number.NaN
    return cohorts[row] === group && at >= span.start && at < span.end
  })
}

function shownIn(table: ChangeTable, rows: readonly number[]): ReadonlySet<number> | null {
  const people = Int32Array.from(rows, (row) => table.person[row] ?? 0)
  if (!isPublishable(people)) return null
  const repositories = Int32Array.from(rows, (row) => table.repository[row] ?? 0)
  return disclosedRepositories(repositories, people, gateThresholds)
}

/** How many people moved among what is hidden, in and out, in each group that the whole shows both times; worked out anew. */
function movedInHidden(
  table: ChangeTable,
  [before, now]: readonly [number, number],
  isToldTwice: (repository: number) => boolean,
): number[] {
  const windows = { ready: readinessWindow, merged: mergeWindow } as const
  const groups = [cohort.aiRecorded, cohort.noneRecorded]
  return (['ready', 'merged'] as const).flatMap((clock) =>
    groups.flatMap((group) => {
      const [then, today] = [before, now].map((asOf) =>
        rowsOf(table, clock, group, windows[clock](asOf)),
      )
      if (then === undefined || today === undefined) return []
      const [shownThen, shownNow] = [shownIn(table, then), shownIn(table, today)]
      if (shownThen === null || shownNow === null) return []
      const isHidden = (row: number) => {
        const one = table.repository[row] ?? -1
        return !(isToldTwice(one) && shownThen.has(one) && shownNow.has(one))
      }
      const peopleOf = (rows: readonly number[]) =>
        new Set(rows.filter(isHidden).map((row) => table.person[row])).size
      const [wentOut, cameIn] = [
        then.filter((row) => !today.includes(row)),
        today.filter((row) => !then.includes(row)),
      ]
      return [peopleOf(wentOut), peopleOf(cameIn)]
    }),
  )
}

it('in what is hidden, nobody moved or enough people, from any earlier Monday on', () => {
  fc.assert(
    fc.property(
      organisationsWithTeams,
      fc.array(fc.uniqueArray(fc.integer({ min: 1, max: 4 })), { minLength: 3 }),
      (rows, weeksAgo) => {
        const table = aChangeTable(rows)
        const published = [1, 2, 3, 4].map((weeks) => monday - weeks * week)
        fc.pre(published.every((before) => mayFollow(table, before)))
        const repositories = new Map(
          table.repositories.map((_, number) => [
            number,
            new Set((weeksAgo[number] ?? []).map((weeks) => monday - weeks * week)),
          ]),
        )
        const released = releasedRepositories(table, monday, { published, repositories })
        for (const before of published) {
          const isToldTwice = (one: number) =>
            released.has(one) && repositories.get(one)?.has(before) === true
          expectNoneOrMany(movedInHidden(table, [before, monday], isToldTwice))
        }
        for (const [one, mondays] of repositories) {
          if (mondays.size === 0) continue
          const lastPublished = Math.max(...mondays)
          const own = publishedAsOf(table, monday, { repository: one, lastPublished })
          if (own !== monday) expect(released.has(one)).toBe(false)
        }
      },
    ),
    { numRuns: propertyRuns(60) },
  )
}, 60_000)

function mayFollow(table: ChangeTable, lastPublished: number): boolean {
  return publishedAsOf(table, monday, { lastPublished }) === monday
}

function expectNoneOrMany(moved: readonly number[]): void {
  for (const people of moved) expect(people === 0 || people >= gateThresholds.people).toBe(true)
}

/** Every repository's changes, one person after the other, as long as it is at work. */
function changesOf(
  repository: string,
  team: { people: number; perWeek: number; from?: number; to?: number },
): Row[] {
  const { people, perWeek, from = monday - 40 * week, to = monday } = team
  return Array.from({ length: Math.round(((to - from) / week) * perWeek) }, (_, index) => ({
    person: `${repository} ${index % people}`,
    repository,
    readyAt: from + (index * week) / perWeek,
    hours: 20 + ((index * 7) % 50),
    group: Math.floor(index / people) % 2 === 1 ? 'aiRecorded' : 'noneRecorded',
  }))
}

it('a repository that is hidden for the sake of a small one does not tell what moved in that one', () => {
  // W is as large as others, and at rest; beside it works the one person of Y.
  const table = aChangeTable([
    ...changesOf('o/z', { people: 20, perWeek: 60 }),
    ...changesOf('o/x', { people: 20, perWeek: 60 }),
    ...changesOf('o/w', {
      people: 10,
      perWeek: 36,
      from: monday - 12 * week,
      to: monday - 5 * week,
    }),
    ...changesOf('o/y', { people: 1, perWeek: 30, from: monday - 6 * week }),
  ])
  const before = monday - week
  const repositories = new Map(table.repositories.map((_, number) => [number, new Set([before])]))
  const options = { published: [before], repositories }
  const released = releasedRepositories(table, monday, options)
  const names = [...released].map((number) => table.repositories[number])
  // Nothing is told of Y by itself.
  expect(names).toEqual(['o/x', 'o/w', 'o/y'])
  const isToldTwice = (one: number) => released.has(one)
  expectNoneOrMany(movedInHidden(table, [before, monday], isToldTwice))
  // All of them would have told it.
  const all = movedInHidden(table, [before, monday], () => true)
  expect(all.some((people) => people > 0 && people < gateThresholds.people)).toBe(true)
})

it('whoever was held back for a small one one week does not tell of it the next', () => {
  const one = { person: 'o/h 0', repository: 'o/h', hours: 20 } as const
  const [first, second] = [monday - 2 * week, monday - week]
  const table = aChangeTable([
    ...changesOf('o/s', { people: 20, perWeek: 60 }),
    ...changesOf('o/r', { people: 30, perWeek: 90 }),
    // A team that has gone, and one person who works on for some days.
    ...changesOf('o/h', {
      people: 10,
      perWeek: 40,
      from: monday - 9 * week,
      to: monday - 5 * week,
    }),
    ...[0, 1, 2].flatMap((days): Row[] => [
      { ...one, readyAt: first + days * day + 5_000, group: 'aiRecorded' },
      { ...one, readyAt: first + days * day + 9_000, group: 'noneRecorded' },
    ]),
  ])
  const mondays = new Map(table.repositories.map((_, number) => [number, new Set([first])]))
  const step = (asOf: number, published: readonly number[]) => {
    const released = releasedRepositories(table, asOf, { published, repositories: mondays })
    for (const number of released) mondays.get(number)?.add(asOf)
    return released
  }
  step(second, [first])
  const last = step(monday, [second, first])
  for (const before of [first, second]) {
    const isToldTwice = (number: number) =>
      last.has(number) && mondays.get(number)?.has(before) === true
    expectNoneOrMany(movedInHidden(table, [before, monday], isToldTwice))
  }
  // Shown again by all but the small one, it would have been told.
  const small = table.repositories.indexOf('o/h')
  const all = movedInHidden(table, [first, monday], (number) => number !== small)
  expect(all.some((people) => people > 0 && people < gateThresholds.people)).toBe(true)
})

it('where nothing was published before, all may be', () => {
  const table = aChangeTable([
    ...changesOf('o/z', { people: 20, perWeek: 60 }),
    ...changesOf('o/y', { people: 1, perWeek: 2 }),
  ])
  const repositories = new Map([
    [0, new Set<number>()],
    [1, new Set<number>()],
  ])
  const options = { published: [], repositories }
  expect(releasedRepositories(table, monday, options)).toEqual(new Set([0, 1]))
})

it('one attested change makes no repository small', () => {
  const rows = changesOf('o/z', { people: 20, perWeek: 60 })
  const [first, ...rest] = rows
  if (first === undefined) throw new Error('there is none')
  const attested: Row = {
    ...first,
    group: 'noneRecorded',
    assistance: 'unassisted',
    readyAt: monday - 10 * week,
  }
  const table = aChangeTable([attested, ...rest, ...changesOf('o/x', { people: 20, perWeek: 60 })])
  const before = monday - week
  const repositories = new Map(table.repositories.map((_, number) => [number, new Set([before])]))
  expect(releasedRepositories(table, monday, { published: [before], repositories }).size).toBe(2)
})
