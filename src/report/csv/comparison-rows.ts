import type { ReportComparison } from '../document/report-comparison.ts'
import { cohorts } from '../text/cohorts.ts'
import {
  countRow,
  estimateRows,
  measureRows,
  plainRow,
  type Row,
  units,
  windowRows,
} from './csv-rows.ts'

/** All that is told of one comparison. */
export function comparisonRows(comparison: ReportComparison): Row[] {
  const { outcome, ratio, typical, events, maturing, samePeople, detectable } = comparison
  const { adjustedFor, people, attested } = comparison
  return [
    ...windowRows(outcome, comparison.window),
    ...statementRows(outcome, comparison),
    ...estimateRows(outcome, 'ratio', ratio),
    ...estimateRows(outcome, 'same people', samePeople?.estimate ?? null),
    plainRow(outcome, 'same people', '', samePeople?.people ?? null, 'text'),
    ...cohorts.flatMap((side) => [
      plainRow(outcome, 'typical', side, typical?.[side] ?? null, typicalUnit(typical)),
      plainRow(outcome, 'reverts', side, events?.[side] ?? null, 'changes'),
    ]),
    ...(maturing === 0 ? [] : [countRow(outcome, 'too young', '', maturing)]),
    plainRow(outcome, 'adjusted for', '', adjustedFor, 'text'),
    plainRow(outcome, 'people', '', people, 'text'),
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
    ...enoughRows(outcome, comparison.enough),
    ...sensitivityRows(outcome, comparison.sensitivity),
    ...(attested === null ? [] : statementRows(`${outcome}, attested`, attested)),
    ...comparison.measures.flatMap((measure) => measureRows(outcome, measure.id, measure)),
  ]
}

/** What is said, and of what. */
function statementRows(
  name: string,
  {
    verdict,
    statement,
    reason,
    estimate,
    comparable,
  }: Pick<ReportComparison, 'verdict' | 'statement' | 'reason' | 'estimate' | 'comparable'>,
): Row[] {
  return [
    plainRow(name, 'verdict', '', verdict, 'text'),
    plainRow(name, 'statement', '', statement, 'text'),
    plainRow(name, 'reason', '', reason, 'text'),
    ...estimateRows(name, 'difference', estimate),
    ...cohorts.flatMap((side) => {
      const counts = comparable?.[side] ?? null
      if (counts === null) return []
      return [
        countRow(name, 'comparable changes', side, counts.used),
        countRow(name, 'all changes', side, counts.all),
      ]
    }),
  ]
}

function enoughRows(name: string, enough: ReportComparison['enough']): Row[] {
  if (enough === null) return []
  return [
    plainRow(name, 'surer with', '', enough.text, 'text'),
    plainRow(name, 'surer with times the changes', '', enough.times, 'number'),
    plainRow(name, 'surer from', '', enough.from, 'text'),
  ]
}

function sensitivityRows(name: string, sensitivity: ReportComparison['sensitivity']): Row[] {
  if (sensitivity === null) return []
  const { undeclared, worstCase, tippingPercent, hidden } = sensitivity
  return [
    ...undeclared.flatMap(({ percent, estimate }) =>
      estimateRows(name, `if ${percent} percent are undeclared`, estimate),
    ),
    ...worstCase.flatMap(({ percent, unit, low, high }) => [
      plainRow(name, `lowest if ${percent} percent are undeclared`, 'difference', low, units[unit]),
      plainRow(
        name,
        `highest if ${percent} percent are undeclared`,
        'difference',
        high,
        units[unit],
      ),
    ]),
    plainRow(name, 'tipping share', 'noneRecorded', tippingPercent, 'percent'),
    plainRow(name, 'e-value of the difference', '', hidden?.estimate ?? null, 'number'),
    plainRow(name, 'e-value of the nearer end', '', hidden?.limit ?? null, 'number'),
  ]
}

function typicalUnit(typical: ReportComparison['typical']): string {
  return typical?.unit === 'per-1000' ? units['per-1000'] : (typical?.unit ?? '')
}
