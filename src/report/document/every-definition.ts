import { type CompanionId, gateThresholds } from '../../comparison/index.ts'
import { companionLabels } from './companion-measure.ts'
import { integrityWords } from './integrity-measures.ts'
import { type OutcomeId, outcomeWords } from './outcome-words.ts'
import { spanWords } from './quantile-parts.ts'
import { reportDefinitions } from './report-definitions.ts'
import type { Report } from './report-document.ts'
import { wholePercent } from './rounding.ts'

/** Beside which comparison each number stands. */
const beside: Readonly<Record<CompanionId, OutcomeId>> = {
  'merged-within-14-days': 'cycle-time',
  'no-rounds': 'review-rounds',
  'merged-unreviewed': 'review-rounds',
  'changes-requested': 'review-rounds',
  'later-pushes': 'review-rounds',
  'later-lines': 'review-rounds',
  threads: 'review-rounds',
}

/** The definitions of a report that holds every part, under the method's own thresholds. */
export function everyDefinition(): Report['definitions'] {
  const { people, changes, personShare } = gateThresholds
  return reportDefinitions({
    comparisons: (['cycle-time', 'review-rounds', 'reverts'] as const).map((outcome) => ({
      outcome,
      ...outcomeWords[outcome],
      measures: named(companionLabels).filter(({ id }) => beside[id] === outcome),
    })),
    quantiles: Object.values(spanWords),
    integrity: {
      measures: named(integrityWords).map(({ id, label: { label } }) => ({ id, label })),
    },
    ...{ merged: {}, reverts: {}, funnel: {}, coverage: {}, sizes: {} },
    ...{ weeks: [0], repositories: [0], excluded: [0] },
    settings: { people, changes, largestPersonPercent: wholePercent(personShare) },
  })
}

function named<Id extends string, Label>(labels: Readonly<Record<Id, Label>>) {
  return (Object.keys(labels) as Id[]).map((id) => ({ id, label: labels[id] }))
}
