import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Report } from '../../src/report/document/report-document.ts'
import { parseReport, renderJson } from '../../src/report/json-report.ts'
import { aChangeTable, monday, type Row } from '../support/a-change-table.ts'
import { propertyRuns } from '../support/property-runs.ts'
import { organisationsWithTeams, smallOrganisations } from '../support/small-organisations.ts'
import { builtReports, reportOf } from './built-reports.ts'
import { reportFormats } from './report-texts.ts'

// What is hidden must be in no format. A format knows the document and nothing else; and the document is the same, whatever stands
// in a hidden group.

const day = 86_400_000
const runs = { numRuns: propertyRuns(30) }

/** Of everything, or of one of its repositories. */
function reportOn(rows: readonly Row[], repository?: string): Report {
  const table = aChangeTable(rows)
  if (repository === undefined) return reportOf(table)
  const number = table.repositories.indexOf(repository)
  const scope = {
    kind: 'repository',
    name: repository,
    repository: number,
    synthetic: true,
  } as const
  return reportOf(table, { scope })
}

/** Another outcome of a change, as ready and as surely merged as it was. */
function changed(row: Row): Row {
  const { readyAt = 0, hours = null, rounds = 0 } = row
  const isFarFromEdges = readyAt > monday - 95 * day && readyAt < monday - 45 * day
  const { revertedAfter: _, ...rest } = row
  return {
    ...rest,
    ...(hours !== null && isFarFromEdges ? { hours: ((hours * 31) % 211) + 0.25 } : {}),
    rounds: rounds + 3,
    redrafted: row.redrafted !== true,
    ...(row.revertedAfter === undefined && hours !== null ? { revertedAfter: 2 } : {}),
  }
}

const sides = ['aiRecorded', 'noneRecorded'] as const

/** Too few people are left in a group for any part of it ever to be shown. */
function withFew(rows: readonly Row[], isIn: (row: Row) => boolean): Row[] {
  const few = [...new Set(rows.filter(isIn).map(({ person }) => person))].slice(0, 4)
  return rows.filter((row) => !isIn(row) || few.includes(row.person))
}

describe('what becomes of changes in a hidden group changes not a byte', () => {
  test.each(sides)('of the report of everything, %s, in any format', (side) => {
    let shown = 0
    fc.assert(
      fc.property(organisationsWithTeams, (all) => {
        const isIn = (row: Row) => row.group === side
        const rows = withFew(all, isIn)
        const before = reportOn(rows)
        expectSame(before, reportOn(rows.map((row) => (isIn(row) ? changed(row) : row))))
        if (sides.some((one) => before.cohorts[one] !== null)) shown += 1
      }),
      runs,
    )
    expect(shown).toBeGreaterThan(0)
  })

  test.each(sides)('of the report of a repository, %s, in any format', (side) => {
    let shown = 0
    fc.assert(
      fc.property(organisationsWithTeams, (all) => {
        const [name = ''] = all.map(({ repository = '' }) => repository)
        const isIn = (row: Row) => row.repository === name && row.group === side
        const rows = withFew(all, isIn)
        const before = reportOn(rows, name)
        const after = rows.map((row) => (isIn(row) ? changed(row) : row))
        expectSame(before, reportOn(after, name))
        if (sides.some((one) => before.cohorts[one] !== null)) shown += 1
      }),
      runs,
    )
    expect(shown).toBeGreaterThan(0)
  })
})

test('what becomes of changes in a shown group does change the report', () => {
  const rows = fc.sample(organisationsWithTeams, { numRuns: 10, seed: 7 })
  const told = rows.filter((all) => {
    const before = reportOn(all)
    return before.cohorts.aiRecorded !== null && before.cohorts.noneRecorded !== null
  })
  expect(told.length).toBeGreaterThan(0)
  for (const all of told) {
    expect(renderJson(reportOn(all.map(changed)))).not.toBe(renderJson(reportOn(all)))
  }
})

function expectSame(before: Report, after: Report): void {
  for (const [format, render] of reportFormats) {
    expect(render(after), format).toBe(render(before))
  }
}

describe('every format, its charts and their attributes too, is made of the JSON document alone', () => {
  const reread = (report: Report): Report => {
    const read = parseReport(renderJson(report))
    if (read === undefined) throw new Error('the document cannot be read')
    return read
  }

  test.each(builtReports)('of %s', (_, report) => {
    expectSame(report, reread(report))
  })

  test('of any small organisation', () => {
    fc.assert(
      fc.property(smallOrganisations, (rows) => {
        const report = reportOn(rows)
        expectSame(report, reread(report))
      }),
      runs,
    )
  })
})
