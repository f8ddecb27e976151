import type { Measure, ReportComparison } from '../document/report-comparison.ts'
import {
  comparisonFacts,
  samePeopleText,
  undeclaredHeadings,
  undeclaredRows,
} from './comparison-facts.ts'
import { estimateText } from './estimate-text.ts'
import {
  countText,
  figure,
  isOf,
  NO_NUMBER,
  NOT_SHOWN,
  shortEstimateText,
  valueText,
} from './figures.ts'
import { measureHeadings } from './measure-headings.ts'
import { type Block, type Fact, facts, list, type Section, table, text } from './report-section.ts'

/** One of the three statements: what may be said, on what it rests, and what belongs beside it. */
export function comparisonSection(comparison: ReportComparison): Section {
  const { title, statement, reason, estimate, notes, measures } = comparison
  const samePeople = samePeopleText(comparison)
  return {
    title,
    blocks: [
      { kind: 'text', text: statement, strong: true },
      ...(reason === null ? [] : [text(reason)]),
      ...(estimate === null ? [] : [{ kind: 'interval', estimate } satisfies Block]),
      ...facts([
        estimate && { label: 'Difference', text: `${estimateText(estimate)}, 95 % interval` },
        typicalFact(comparison),
        comparedFact(comparison.comparable),
        samePeople === null ? null : { label: 'Same people', text: samePeople },
      ]),
      ...measureTable(measures),
      ...list(notes),
    ],
  }
}

/** How that statement was made, and what could undo it. */
export function explainedComparison(comparison: ReportComparison): Section {
  const { title, definition, attested } = comparison
  return {
    title: `${title}: how it was compared`,
    blocks: [
      text(definition),
      ...facts(comparisonFacts(comparison)),
      ...table(undeclaredHeadings, undeclaredRows(comparison)),
      ...(attested === null
        ? []
        : [
            text(`Against changes attested to be unassisted alone: ${attested.statement}`),
            ...facts([comparedFact(attested.comparable)]),
          ]),
    ],
  }
}

/** Numbers of both groups side by side, with how they differ among comparable changes. */
export function measureTable(measures: readonly Measure[]): Block[] {
  const compared = measures.some((measure) => measure.difference !== null)
  const cell = (measure: Measure, side: 'assisted' | 'other') =>
    isOf(measure, side) ? valueText(measure[side], measure.unit) : NO_NUMBER
  return table(
    measureHeadings(compared),
    measures.map((measure) => [
      measure.label,
      cell(measure, 'assisted'),
      cell(measure, 'other'),
      ...(compared
        ? [measure.difference === null ? 'not compared' : shortEstimateText(measure.difference)]
        : []),
    ]),
  )
}

const typicalUnits = { hours: 'hours', rounds: 'rounds', 'per-1000': 'reverts per 1,000' } as const

function typicalFact({ typical }: ReportComparison): Fact | null {
  if (typical === null) return null
  const { unit, assisted, other } = typical
  const side = (value: number | null) =>
    value === null ? NOT_SHOWN : figure(value, unit === 'per-1000' ? unit : 'number')
  return {
    label: 'Typical',
    text: `${side(assisted)} ${typicalUnits[unit]} with AI recorded, ${side(other)} with no AI recorded`,
  }
}

function comparedFact(comparable: ReportComparison['comparable']): Fact | null {
  if (comparable === null) return null
  const side = (counts: (typeof comparable)['assisted']) =>
    counts === null ? NOT_SHOWN : `${countText(counts.used)} of ${countText(counts.all)}`
  return {
    label: 'Compared',
    text: `${side(comparable.assisted)} changes with AI recorded, ${side(comparable.other)} with no AI recorded`,
  }
}
