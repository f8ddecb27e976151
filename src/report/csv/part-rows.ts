import type { Report } from '../document/report-document.ts'
import type { CohortValue } from '../document/report-parts.ts'
import { cohorts } from '../text/cohorts.ts'
import {
  bothRows,
  countRow,
  countRows,
  measureRows,
  plainRow,
  type Row,
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

function quantileRows({
  id,
  window,
  aiRecorded,
  noneRecorded,
}: Report['quantiles'][number]): Row[] {
  const both = (read: (side: NonNullable<typeof aiRecorded>) => CohortValue | null) => ({
    aiRecorded: aiRecorded === null ? null : read(aiRecorded),
    noneRecorded: noneRecorded === null ? null : read(noneRecorded),
  })
  const name = `durations: ${id}`
  return [
    ...windowRows(name, window),
    ...(aiRecorded === null ? [] : [countRow(name, 'changes', 'aiRecorded', aiRecorded.changes)]),
    ...(noneRecorded === null
      ? []
      : [countRow(name, 'changes', 'noneRecorded', noneRecorded.changes)]),
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
  const { aiRecorded, noneRecorded } = funnel
  const share = (stage: 'merged' | 'surviving') => ({
    aiRecorded: aiRecorded?.[stage] ?? null,
    noneRecorded: noneRecorded?.[stage] ?? null,
  })
  return [
    ...windowRows('what shipped', funnel.window),
    ...cohorts.flatMap((side) => {
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
    ...rates.flatMap(({ days, aiRecorded, noneRecorded }) =>
      bothRows('reverts by age', `${days} days`, { aiRecorded, noneRecorded }, 'per 1,000'),
    ),
  ]
}

function mergedRows(merged: Report['merged']): Row[] {
  if (merged === null) return []
  return [
    ...windowRows('merged', merged.window),
    ...countRows('merged', merged.changes),
    ...merged.hours.flatMap((hours, index) => {
      const share = (side: readonly CohortValue[] | null) => side?.[index] ?? null
      const both = {
        aiRecorded: share(merged.aiRecorded),
        noneRecorded: share(merged.noneRecorded),
      }
      return bothRows('merged', `${hours} hours`, both, 'percent')
    }),
  ]
}

function sizeRows(sizes: Report['sizes']): Row[] {
  if (sizes === null) return []
  return [
    ...windowRows('sizes', sizes.window),
    ...countRows('sizes', sizes.changes),
    ...sizes.bands.flatMap(({ band, aiRecordedPercent, noneRecordedPercent }) => [
      plainRow('sizes', `${band} lines`, 'aiRecorded', aiRecordedPercent, 'percent'),
      plainRow('sizes', `${band} lines`, 'noneRecorded', noneRecordedPercent, 'percent'),
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

function weekRows({
  from,
  aiRecorded,
  noneRecorded,
  aiRecordedPercent,
}: Report['weeks'][number]): Row[] {
  return [
    ...(aiRecorded === null
      ? []
      : [countRow('weeks', `${from} changes`, 'aiRecorded', aiRecorded.changes)]),
    ...(noneRecorded === null
      ? []
      : [countRow('weeks', `${from} changes`, 'noneRecorded', noneRecorded.changes)]),
    ...bothRows(
      'weeks',
      `${from} median`,
      { aiRecorded: aiRecorded?.median ?? null, noneRecorded: noneRecorded?.median ?? null },
      'hours',
    ),
    plainRow('weeks', `${from} share`, 'aiRecorded', aiRecordedPercent, 'percent'),
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
    ...coverage.tools.map(({ tool, percent }) =>
      plainRow('tools of AI recorded', tool, '', percent, 'percent'),
    ),
  ]
}
