import type { Report } from '../document/report-document.ts'
import type { CohortValue } from '../document/report-parts.ts'
import {
  bothRows,
  countRow,
  countRows,
  measureRows,
  plainRow,
  type Row,
  sides,
  windowRows,
} from './csv-rows.ts'

/** What describes the changes beside the comparisons: all parts without a verdict. */
export function partRows(report: Report): Row[] {
  return [
    ...report.quantiles.flatMap(quantileRows),
    ...funnelRows(report.funnel),
    ...revertRows(report.reverts),
    ...mergedRows(report.merged),
    ...report.weeks.flatMap(weekRows),
    ...coverageRows(report.coverage),
    ...sizeRows(report.sizes),
    ...integrityRows(report.integrity),
  ]
}

function quantileRows({ id, window, assisted, other }: Report['quantiles'][number]): Row[] {
  const both = (read: (side: NonNullable<typeof assisted>) => CohortValue | null) => ({
    assisted: assisted === null ? null : read(assisted),
    other: other === null ? null : read(other),
  })
  const name = `durations: ${id}`
  return [
    ...windowRows(name, window),
    ...(assisted === null ? [] : [countRow(name, 'changes', 'assisted', assisted.changes)]),
    ...(other === null ? [] : [countRow(name, 'changes', 'other', other.changes)]),
    ...bothRows(
      name,
      'median',
      both(({ median }) => median),
      'hours',
    ),
    ...bothRows(
      name,
      '75 percent within',
      both(({ p75 }) => p75),
      'hours',
    ),
    ...bothRows(
      name,
      '90 percent within',
      both(({ p90 }) => p90),
      'hours',
    ),
  ]
}

function funnelRows(funnel: Report['funnel']): Row[] {
  if (funnel === null) return []
  const { assisted, other } = funnel
  const share = (stage: 'merged' | 'surviving') => ({
    assisted: assisted?.[stage] ?? null,
    other: other?.[stage] ?? null,
  })
  return [
    ...windowRows('what shipped', funnel.window),
    ...sides.flatMap((side) => {
      const shipped = funnel[side]
      return shipped === null ? [] : [countRow('what shipped', 'ready', side, shipped.ready)]
    }),
    ...bothRows('what shipped', 'merged', share('merged'), 'percent'),
    ...bothRows('what shipped', 'surviving', share('surviving'), 'percent'),
  ]
}

function revertRows(reverts: Report['reverts']): Row[] {
  if (reverts === null) return []
  const { window, changes, rates } = reverts
  return [
    ...windowRows('reverts by age', window),
    ...countRows('reverts by age', changes),
    ...rates.flatMap(({ days, assisted, other }) =>
      bothRows('reverts by age', `${days} days`, { assisted, other }, 'per 1,000'),
    ),
  ]
}

function mergedRows(merged: Report['merged']): Row[] {
  if (merged === null) return []
  return [
    ...windowRows('merged', merged.window),
    ...countRows('merged', merged.changes),
    ...merged.hours.flatMap((hours, index) =>
      sides.map((side) =>
        plainRow('merged', `${hours} hours`, side, merged[side]?.[index] ?? null, 'percent'),
      ),
    ),
  ]
}

function sizeRows(sizes: Report['sizes']): Row[] {
  if (sizes === null) return []
  return [
    ...windowRows('sizes', sizes.window),
    ...countRows('sizes', sizes.changes),
    ...sizes.bands.flatMap(({ band, assistedPercent, otherPercent }) => [
      plainRow('sizes', `${band} lines`, 'assisted', assistedPercent, 'percent'),
      plainRow('sizes', `${band} lines`, 'other', otherPercent, 'percent'),
    ]),
  ]
}

function integrityRows(integrity: Report['integrity']): Row[] {
  if (integrity === null) return []
  return [
    ...windowRows('integrity', integrity.window),
    ...integrity.measures.flatMap((measure) => measureRows('integrity', measure.id, measure)),
  ]
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
    ...windowRows('recorded', coverage.window),
    countRow('recorded', 'changes', '', coverage.changes),
    ...coverage.assistance.map(({ assistance, percent }) =>
      plainRow('recorded', assistance, '', percent, 'percent'),
    ),
    ...coverage.tiers.map(({ tier, percent }) =>
      plainRow('strongest evidence', tier, '', percent, 'percent'),
    ),
  ]
}
