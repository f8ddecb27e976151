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

const week = 7 * 86_400_000

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

it('in what is hidden, nobody moved or enough people', () => {
  fc.assert(
    fc.property(organisationsWithTeams, fc.array(fc.nat(3), { minLength: 3 }), (rows, weeksAgo) => {
      const table = aChangeTable(rows)
      const before = monday - week
      fc.pre(publishedAsOf(table, monday, { lastPublished: before }) === monday)
      const repositories = new Map(
        table.repositories.map((_, number) => [
          number,
          monday - (1 + (weeksAgo[number] ?? 0)) * week,
        ]),
      )
      const released = releasedRepositories(table, monday, { lastPublished: before, repositories })
      const isToldTwice = (one: number) => released.has(one) && repositories.get(one) === before
      for (const people of movedInHidden(table, [before, monday], isToldTwice)) {
        expect(people === 0 || people >= gateThresholds.people).toBe(true)
      }
      for (const [one, lastPublished] of repositories) {
        const own = publishedAsOf(table, monday, { repository: one, lastPublished })
        if (own !== monday) expect(released.has(one)).toBe(false)
      }
    }),
    { numRuns: propertyRuns(60) },
  )
}, 60_000)

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
  const repositories = new Map(table.repositories.map((_, number) => [number, before]))
  const options = { lastPublished: before, repositories }
  const released = releasedRepositories(table, monday, options)
  const names = [...released].map((number) => table.repositories[number])
  // Nothing is told of Y by itself.
  expect(names).toEqual(['o/x', 'o/w', 'o/y'])
  const isToldTwice = (one: number) => released.has(one)
  for (const people of movedInHidden(table, [before, monday], isToldTwice)) {
    expect(people === 0 || people >= gateThresholds.people).toBe(true)
  }
  // All of them would have told it.
  const all = movedInHidden(table, [before, monday], () => true)
  expect(all.some((people) => people > 0 && people < gateThresholds.people)).toBe(true)
})

it('where nothing was published before, all may be', () => {
  const table = aChangeTable([
    ...changesOf('o/z', { people: 20, perWeek: 60 }),
    ...changesOf('o/y', { people: 1, perWeek: 2 }),
  ])
  const repositories = new Map([
    [0, undefined],
    [1, undefined],
  ])
  const options = { lastPublished: undefined, repositories }
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
  const repositories = new Map(table.repositories.map((_, number) => [number, before]))
  expect(releasedRepositories(table, monday, { lastPublished: before, repositories }).size).toBe(2)
})
