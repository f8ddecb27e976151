import type { ReportComparison } from './report-comparison.ts'
import type { Report } from './report-document.ts'
import type { CohortValue, Count, Estimate } from './report-parts.ts'
import { visibleText } from './visible-text.ts'

type Group = '' | 'assisted' | 'other' | 'difference'

/** A line: a number, with its interval where it has one; or a text. Nothing stands for what is not shown. */
interface Row {
  readonly section: string
  readonly item: string
  readonly group: Group
  readonly value: number | string | null
  readonly low?: number | null
  readonly high?: number | null
  readonly unit: string
}

const columns = ['section', 'item', 'group', 'value', 'low', 'high', 'unit'] as const
const maximumText = 2_000

/**
 * The report's numbers as comma-separated values (RFC 4180), one a line, for a spreadsheet. A text that a spreadsheet would
 * take for a formula has an apostrophe before it; numbers are numbers, also below zero.
 */
export function renderCsv(report: Report): string {
  const rows = rowsOf(report).filter(({ value }) => value !== null)
  const lines = rows.map((row) => columns.map((column) => field(row[column] ?? '')).join(','))
  return [columns.join(','), ...lines, ''].join('\r\n')
}

/** What Excel, LibreOffice and Google Sheets take for the start of a formula (OWASP, CSV injection). */
const formula = /^[=+\-@\t\r＝＋－＠]/

function field(value: number | string): string {
  if (typeof value === 'number') return String(value)
  // Excel takes a file for UTF-8 only where a mark begins it, which other readers take for a part of the first name.
  const shown = visibleText(value, maximumText).replaceAll('−', '-')
  const safe = formula.test(value) || formula.test(shown) ? `'${shown}` : shown
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

function rowsOf(report: Report): Row[] {
  return [
    ...aboutRows(report),
    ...report.comparisons.flatMap(comparisonRows),
    ...report.quantiles.flatMap(quantileRows),
    ...funnelRows(report.funnel),
    ...report.reverts.flatMap(({ days, assisted, other }) =>
      bothRows('reverts', `${days} days`, { assisted, other }, 'per 1,000'),
    ),
    ...mergedRows(report.merged),
    ...report.weeks.flatMap(weekRows),
    ...coverageRows(report.coverage),
    ...(report.sizes ?? []).flatMap(({ band, assistedPercent, otherPercent }) => [
      plainRow('sizes', `${band} lines`, 'assisted', assistedPercent, 'percent'),
      plainRow('sizes', `${band} lines`, 'other', otherPercent, 'percent'),
    ]),
    ...report.integrity.flatMap((measure) => measureRows('integrity', measure.id, measure)),
    ...report.repositories.flatMap(({ name, comparisons }) =>
      comparisons.flatMap(({ outcome, estimate }) =>
        estimateRows(`repository: ${name}`, outcome, estimate),
      ),
    ),
    ...report.excluded.map(({ reason, changes }) => countRow('excluded', reason, '', changes)),
    ...report.warnings.map(({ code, text }) => plainRow('warning', code, '', text, 'text')),
    ...report.notes.map((note) => plainRow('note', '', '', note, 'text')),
  ]
}

function aboutRows({
  scope,
  asOf,
  kept,
  headline,
  method,
  registry,
  version,
  cohorts,
}: Report): Row[] {
  const about = (item: string, value: string | null) => plainRow('report', item, '', value, 'text')
  return [
    about('scope', scope.name),
    about('kind', scope.kind),
    about('made up', scope.synthetic ? 'yes' : 'no'),
    about('as of', asOf),
    about('due since', kept?.since ?? null),
    about('headline', headline),
    about('method', method),
    about('registry', registry),
    plainRow('report', 'version', '', version, 'number'),
    ...(['assisted', 'other'] as const).flatMap((side) => {
      const cohort = cohorts[side]
      if (cohort === null) return []
      return [
        countRow('cohorts', 'changes', side, cohort.changes),
        plainRow('cohorts', 'people', side, cohort.people, 'text'),
      ]
    }),
  ]
}

const units = { percent: 'percent', points: 'points', 'per-1000': 'per 1,000' } as const

function comparisonRows(comparison: ReportComparison): Row[] {
  const { outcome, estimate, ratio, typical, samePeople, comparable, detectable } = comparison
  const sides = (['assisted', 'other'] as const).flatMap((side) => {
    const counts = comparable?.[side] ?? null
    if (counts === null) return []
    return [
      countRow(outcome, 'comparable changes', side, counts.used),
      countRow(outcome, 'all changes', side, counts.all),
    ]
  })
  return [
    plainRow(outcome, 'verdict', '', comparison.verdict, 'text'),
    plainRow(outcome, 'statement', '', comparison.statement, 'text'),
    plainRow(outcome, 'reason', '', comparison.reason, 'text'),
    ...estimateRows(outcome, 'difference', estimate),
    ...estimateRows(outcome, 'ratio', ratio),
    ...estimateRows(outcome, 'same people', samePeople?.estimate ?? null),
    ...(['assisted', 'other'] as const).map((side) =>
      plainRow(outcome, 'typical', side, typical?.[side] ?? null, typicalUnit(typical)),
    ),
    ...sides,
    ...(detectable === null
      ? []
      : [
          plainRow(
            outcome,
            'could be seen below',
            'difference',
            detectable.low,
            units[detectable.unit],
          ),
          plainRow(
            outcome,
            'could be seen above',
            'difference',
            detectable.high,
            units[detectable.unit],
          ),
        ]),
    ...(comparison.sensitivity?.undeclared ?? []).flatMap(({ percent, estimate: one }) =>
      estimateRows(outcome, `if ${percent} percent are undeclared`, one),
    ),
    ...comparison.measures.flatMap((measure) => measureRows(outcome, measure.id, measure)),
  ]
}

function typicalUnit(typical: ReportComparison['typical']): string {
  return typical?.unit === 'per-1000' ? units['per-1000'] : (typical?.unit ?? '')
}

function quantileRows({ id, assisted, other }: Report['quantiles'][number]): Row[] {
  const both = (read: (side: NonNullable<typeof assisted>) => CohortValue | null) => ({
    assisted: assisted === null ? null : read(assisted),
    other: other === null ? null : read(other),
  })
  return [
    ...(assisted === null ? [] : [countRow(id, 'changes', 'assisted', assisted.changes)]),
    ...(other === null ? [] : [countRow(id, 'changes', 'other', other.changes)]),
    ...bothRows(
      id,
      'median',
      both(({ median }) => median),
      'hours',
    ),
    ...bothRows(
      id,
      '75 percent within',
      both(({ p75 }) => p75),
      'hours',
    ),
    ...bothRows(
      id,
      '90 percent within',
      both(({ p90 }) => p90),
      'hours',
    ),
  ]
}

function funnelRows(funnel: Report['funnel']): Row[] {
  return (['assisted', 'other'] as const).flatMap((side) => {
    const shipped = funnel?.[side] ?? null
    if (shipped === null) return []
    return [
      countRow('what shipped', 'ready', side, shipped.ready),
      plainRow('what shipped', 'merged', side, shipped.mergedPercent, 'percent'),
      plainRow('what shipped', 'surviving', side, shipped.survivingPercent, 'percent'),
    ]
  })
}

function mergedRows(merged: Report['merged']): Row[] {
  return (merged?.hours ?? []).flatMap((hours, index) =>
    (['assisted', 'other'] as const).map((side) =>
      plainRow('merged', `${hours} hours`, side, merged?.[side]?.[index] ?? null, 'percent'),
    ),
  )
}

function weekRows({ from, assisted, other, assistedPercent }: Report['weeks'][number]): Row[] {
  return [
    ...(assisted === null
      ? []
      : [countRow('weeks', `${from} changes`, 'assisted', assisted.changes)]),
    ...(other === null ? [] : [countRow('weeks', `${from} changes`, 'other', other.changes)]),
    ...bothRows(
      'weeks',
      `${from} median`,
      { assisted: assisted?.median ?? null, other: other?.median ?? null },
      'hours',
    ),
    plainRow('weeks', `${from} share`, 'assisted', assistedPercent, 'percent'),
  ]
}

function coverageRows(coverage: Report['coverage']): Row[] {
  if (coverage === null) return []
  return [
    countRow('recorded', 'changes', '', coverage.changes),
    ...coverage.assistance.map(({ assistance, percent }) =>
      plainRow('recorded', assistance, '', percent, 'percent'),
    ),
    ...coverage.tiers.map(({ tier, percent }) =>
      plainRow('strongest evidence', tier, '', percent, 'percent'),
    ),
  ]
}

function measureRows(section: string, item: string, measure: Report['integrity'][number]): Row[] {
  return [
    ...bothRows(section, item, measure, measure.unit),
    ...estimateRows(section, item, measure.difference),
  ]
}

function bothRows(
  section: string,
  item: string,
  sides: { readonly assisted: CohortValue | null; readonly other: CohortValue | null },
  unit: string,
): Row[] {
  return (['assisted', 'other'] as const).map((group) => ({
    ...{ section, item, group, unit, value: null },
    ...sides[group],
  }))
}

function estimateRows(section: string, item: string, estimate: Estimate | null): Row[] {
  if (estimate === null) return []
  return [{ section, item, group: 'difference', ...estimate, unit: units[estimate.unit] }]
}

function plainRow(
  section: string,
  item: string,
  group: Group,
  value: Row['value'],
  unit: string,
): Row {
  return { section, item, group, value, unit }
}

/** Changes, rounded; of 1 to 4 it is only told that they are fewer than 5. */
function countRow(section: string, item: string, group: Group, changes: Count): Row {
  return { section, item, group, value: changes ?? 'fewer than 5', unit: 'changes' }
}
