import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { toolGroups } from '../../src/comparison/descriptions/describe-tools.ts'
import { isPublishable } from '../../src/comparison/disclosure/disclosure-gate.ts'
import { refreshedRepositories } from '../../src/comparison/disclosure/published-snapshot.ts'
import { mergedInTime } from '../../src/comparison/strata/choices.ts'
import { becameReady, keep, maturedMerges } from '../../src/comparison/strata/sample.ts'
import {
  assistances,
  type ChangeTable,
  tiers,
  unknown,
} from '../../src/comparison/table/change-table.ts'
import { severalTools, toolCodes } from '../../src/comparison/table/tool-codes.ts'
import { mergeWindow, readinessWindow } from '../../src/comparison/table/windows.ts'
import { buildReport } from '../../src/report/document/build-report.ts'
import type { Report } from '../../src/report/document/report-document.ts'
import { aChangeTable, monday, type Row } from '../support/a-change-table.ts'
import { propertyRuns } from '../support/property-runs.ts'
import { organisationsWithTeams, smallOrganisations } from '../support/small-organisations.ts'

// An attacker who holds the document adds and subtracts what it tells. Each test lists the groups of changes that the
// document tells of, works out every other group that follows, and looks up in the table who stands behind that.

const sides = ['aiRecorded', 'noneRecorded'] as const
const week = 7 * 86_400_000

function reportOf(table: ChangeTable): Report {
  return buildReport({
    table,
    asOf: monday,
    askedFor: monday,
    scope: { kind: 'organisation', name: 'harbour-lights', synthetic: true },
  })
}

function rowsOf(table: ChangeTable, passes: (row: number) => boolean): number[] {
  return [...table.person.keys()].filter(passes)
}

/** Nobody, or enough people with enough changes each. */
function expectSafe(table: ChangeTable, rows: readonly number[]) {
  const people = rows.map((row) => table.person[row] ?? -1)
  expect(rows.length === 0 || isPublishable(people)).toBe(true)
}

function readyCohort(table: ChangeTable, side: (typeof sides)[number]): number[] {
  const { start, end } = readinessWindow(monday)
  return rowsOf(table, (row) => {
    const time = table.readyAt[row] ?? Number.NaN
    return (
      time >= start && time < end && table.cohortAtReady[row] === (side === 'aiRecorded' ? 1 : 0)
    )
  })
}

const organisations = smallOrganisations.map((rows) => aChangeTable(rows))
const runs = { numRuns: propertyRuns(40) }

describe('nothing hidden follows from', () => {
  test('the groups, their weeks and the shares of each week', () => {
    let partly = 0
    fc.assert(
      fc.property(organisations, (table) => {
        const { cohorts, weeks } = reportOf(table)
        for (const side of sides) {
          const cohort = readyCohort(table, side)
          if (cohorts[side] === null) {
            expect(weeks.every((one) => one[side] === null)).toBe(true)
            continue
          }
          expectSafe(table, cohort)
          const inWeek = (from: string) =>
            cohort.filter((row) => {
              const since = (table.readyAt[row] ?? Number.NaN) - Date.parse(from)
              return since >= 0 && since < week
            })
          const shown = weeks.filter((one) => one[side] !== null).map(({ from }) => inWeek(from))
          for (const rows of shown) expectSafe(table, rows)
          // Sums of shown weeks are safe as each of them is; the total less any of them holds all hidden ones.
          const known = new Set(shown.flat())
          expectSafe(
            table,
            cohort.filter((row) => !known.has(row)),
          )
          if (shown.length > 0 && shown.length < weeks.length) partly += 1
        }
        for (const { aiRecorded, noneRecorded, aiRecordedPercent } of weeks) {
          expect(aiRecordedPercent !== null).toBe(aiRecorded !== null && noneRecorded !== null)
        }
      }),
      runs,
    )
    expect(partly).toBeGreaterThan(0)
  })

  test('the answers and tiers of all merged changes, added and subtracted in any way', () => {
    let partly = 0
    fc.assert(
      fc.property(organisations, (table) => {
        const { coverage } = reportOf(table)
        const { start, end } = mergeWindow(monday)
        const merged = rowsOf(table, (row) => {
          const time = table.mergedAt[row] ?? Number.NaN
          return time >= start && time < end && table.cohortAtMerge[row] !== 2
        })
        if (coverage === null) return
        const answerOf = (row: number) => assistances[table.assistance[row] ?? 2] ?? 'undeclared'
        const tierOf = (row: number) =>
          table.tier[row] === unknown ? 'none' : (tiers[table.tier[row] ?? 0] ?? 'none')
        const atoms = [...Map.groupBy(merged, (row) => `${answerOf(row)} ${tierOf(row)}`)]
        const told = [
          atoms.map(() => 1),
          ...coverage.assistance
            .filter(({ percent }) => percent !== null)
            .map(({ assistance }) => atoms.map(([name]) => Number(name.startsWith(assistance)))),
          ...coverage.tiers
            .filter(({ percent }) => percent !== null)
            .map(({ tier }) => atoms.map(([name]) => Number(name.endsWith(tier)))),
        ].filter((query) => query.includes(1))
        for (const sum of combinations(told)) {
          if (!sum.every((count) => count === 0 || count === 1)) continue
          expectSafe(
            table,
            atoms.flatMap(([, rows], index) => (sum[index] === 1 ? rows : [])),
          )
        }
        const hidden = [...coverage.assistance, ...coverage.tiers].filter(
          ({ percent }) => percent === null,
        )
        if (hidden.length > 0 && hidden.length < 7) partly += 1
      }),
      runs,
    )
    expect(partly).toBeGreaterThan(0)
  })

  test('the tools, added to and subtracted from the tiers of the changes with AI recorded', () => {
    let reports = 0
    // Most tools leave marks of one tier; a few changes do not follow that.
    const toolsOf = ({ tier, person }: Row, index: number) => {
      if (index % 23 === 0) return ['cursor']
      if (index % 17 === 0) return ['aider', 'codex']
      if (tier === 'E3') return []
      return [tier === 'E1' ? 'devin' : /[02468]$/.test(person) ? 'claude-code' : 'cursor']
    }
    const tools = smallOrganisations.map((rows) =>
      aChangeTable(rows.map((row, index) => ({ ...row, tools: toolsOf(row, index) }))),
    )
    fc.assert(
      fc.property(tools, (table) => {
        const { coverage } = reportOf(table)
        if (coverage === null || coverage.tools.length === 0) return
        const { start, end } = mergeWindow(monday)
        const assisted = rowsOf(table, (row) => {
          const time = table.mergedAt[row] ?? Number.NaN
          const isIn = time >= start && time < end && table.cohortAtMerge[row] !== 2
          return isIn && table.assistance[row] === assistances.indexOf('assisted')
        })
        const toldTools = new Set(coverage.tools.map(({ tool }) => tool))
        const toolOf = (row: number) => {
          const code = table.tool[row] ?? unknown
          const tool =
            code === severalTools
              ? toolGroups.several
              : (toolCodes[code] ?? (code === unknown ? toolGroups.notTold : toolGroups.own))
          return toldTools.has(tool) ? tool : toolGroups.others
        }
        const tierOf = (row: number) => tiers[table.tier[row] ?? 0] ?? 'none'
        const atoms = [...Map.groupBy(assisted, (row) => `${tierOf(row)} ${toolOf(row)}`)]
        const told = [
          atoms.map(() => 1),
          // As if the tiers of these changes alone were told, which is more than the report tells.
          ...coverage.tiers
            .filter(({ percent }) => percent !== null)
            .map(({ tier }) => atoms.map(([name]) => Number(name.startsWith(`${tier} `)))),
          ...coverage.tools.map(({ tool }) =>
            atoms.map(([name]) => Number(name.endsWith(` ${tool}`))),
          ),
        ].filter((query) => query.includes(1))
        for (const sum of combinations(told)) {
          if (!sum.every((count) => count === 0 || count === 1)) continue
          expectSafe(
            table,
            atoms.flatMap(([, rows], index) => (sum[index] === 1 ? rows : [])),
          )
        }
        reports += 1
      }),
      runs,
    )
    expect(reports).toBeGreaterThan(0)
  })

  test('the mix of sizes', () => {
    let shown = 0
    fc.assert(
      fc.property(organisations, (table) => {
        const { sizes } = reportOf(table)
        if (sizes === null) return
        shown += 1
        for (const side of sides) {
          for (const { band } of sizes.bands) {
            const [from = 0, until = Number.POSITIVE_INFINITY] = band
              .replace('+', '')
              .split('-')
              .map(Number)
            const smallest = [0, 10, 50, 200, 500, 1_000]
            const isIn = (row: number) => {
              const lines = smallest[table.band[row] ?? 0] ?? 0
              return lines >= from && lines <= until
            }
            expectSafe(table, readyCohort(table, side).filter(isIn))
          }
        }
      }),
      runs,
    )
    expect(shown).toBeGreaterThan(0)
  })

  test('the repositories beside the whole', () => {
    let partly = 0
    fc.assert(
      fc.property(
        organisationsWithTeams.map((rows) => aChangeTable(rows)),
        (table) => {
          const { repositories } = reportOf(table)
          const refreshed = refreshedRepositories(table, monday)
          const all = becameReady(table, { asOf: monday })
          const ready = keep(all, mergedInTime(table))
          const samples = [ready, ready, maturedMerges(table, { asOf: monday })]
          for (const [index, { rows, assisted }] of samples.entries()) {
            const names = repositories
              .filter(({ comparisons }) => comparisons[index]?.estimate !== null)
              .map(({ name }) => name)
            const isShown = (row: number) =>
              names.includes(table.repositories[table.repository[row] ?? -1] ?? '')
            for (const group of [0, 1]) {
              const cohort = [...rows].filter((_, place) => assisted[place] === group)
              if (names.length > 0) {
                expectSafe(
                  table,
                  cohort.filter((row) => !isShown(row)),
                )
              }
              for (const name of names) {
                const number = table.repositories.indexOf(name)
                expect(refreshed.has(number)).toBe(true)
                expectSafe(
                  table,
                  cohort.filter((row) => table.repository[row] === number),
                )
              }
            }
            if (names.length > 0 && names.length < table.repositories.length) partly += 1
          }
        },
      ),
      { numRuns: propertyRuns(80) },
    )
    expect(partly).toBeGreaterThan(0)
  })

  test('all merged changes of a clone beside one of its groups', () => {
    let shown = 0
    const clones = smallOrganisations.map((rows) => aChangeTable(rows, { sources: ['git'] }))
    fc.assert(
      fc.property(clones, (table) => {
        const { cohorts, coverage } = reportOf(table)
        const { start, end } = mergeWindow(monday)
        const [other = [], assisted = []] = [0, 1].map((group) =>
          rowsOf(table, (row) => {
            const time = table.mergedAt[row] ?? Number.NaN
            return time >= start && time < end && table.cohortAtMerge[row] === group
          }),
        )
        if (cohorts.aiRecorded !== null) expectSafe(table, assisted)
        if (cohorts.noneRecorded !== null) expectSafe(table, other)
        if (coverage === null) return
        shown += 1
        expectSafe(table, assisted)
        expectSafe(table, other)
      }),
      runs,
    )
    expect(shown).toBeGreaterThan(0)
  })

  test('how many are set aside', () => {
    fc.assert(
      fc.property(organisations, (table) => {
        const { start, end } = readinessWindow(monday)
        const setAside = rowsOf(table, (row) => {
          const time = table.readyAt[row] ?? Number.NaN
          return time >= start && time < end && table.cohortAtReady[row] === 2
        })
        const told = reportOf(table).excluded.some(({ reason }) => reason === 'set-aside')
        if (told) expectSafe(table, setAside)
      }),
      runs,
    )
  })
})

test('a limit is never the smallest or the largest time, and a quantile has enough changes behind it', () => {
  fc.assert(
    fc.property(organisations, (table) => {
      const { quantiles } = reportOf(table)
      for (const side of sides) {
        const hours = readyCohort(table, side)
          .map((row) => ((table.mergedAt[row] ?? 0) - (table.readyAt[row] ?? 0)) / 3_600_000)
          .filter((value) => value <= 14 * 24)
          .sort((one, other) => one - other)
        const shown = quantiles.find(({ id }) => id === 'cycle-time')?.[side] ?? null
        if (shown === null) continue
        expect(hours.length).toBeGreaterThanOrEqual(20)
        expect(shown.p75 !== null).toBe(hours.length >= 50)
        // Rounded to two digits a limit may fall on the extreme, but only where a shown one lies inside.
        const inside = hours.filter(
          (value) => value > (hours[0] ?? 0) && value < (hours.at(-1) ?? 0),
        )
        const digits = (value: number) => Number(value.toPrecision(2))
        for (const { low, high } of [shown.median, shown.p75, shown.p90].filter(
          (one) => one !== null,
        )) {
          for (const limit of [low, high]) {
            if (limit !== null) expect(inside.map(digits)).toContain(limit)
          }
        }
      }
    }),
    runs,
  )
})

/** Every sum of the queries, each taken once, not at all, or away. */
function* combinations(queries: readonly (readonly number[])[]): Generator<readonly number[]> {
  const [first, ...rest] = queries
  if (first === undefined) {
    yield []
    return
  }
  for (const sum of combinations(rest)) {
    for (const sign of [-1, 0, 1]) {
      yield first.map((count, index) => sign * count + (sum[index] ?? 0))
    }
  }
}
