import type { Measure, ReportComparison } from '../document/report-comparison.ts'
import {
  comparedText,
  comparisonFacts,
  samePeopleText,
  tippingText,
  undeclaredHeadings,
  undeclaredRows,
} from './comparison-facts.ts'
import { estimateText } from './estimate-text.ts'
import { figure, isOf, NO_NUMBER, NOT_SHOWN, shortEstimateText, valueText } from './figures.ts'
import { measureHeadings } from './measure-headings.ts'
import { type Block, type Fact, facts, list, type Section, table, text } from './report-section.ts'
import { typicalWords } from './typical-words.ts'

/** Of the facts behind a statement, the one that stands beside it. */
const toldBefore = 'Undeclared use'

/** One of the three statements: what may be said, on what it rests, and what belongs beside it. */
export function comparisonSection(comparison: ReportComparison): Section {
  const { title, statement, reason, estimate, notes, measures } = comparison
  const samePeople = samePeopleText(comparison)
  const tipping = tippingText(comparison)
  const compared = comparedText(comparison.comparable)
  return {
    title,
    blocks: [
      { kind: 'text', text: statement, strong: true },
      ...(reason === null ? [] : [text(reason)]),
      ...(estimate === null ? [] : [{ kind: 'interval', estimate } satisfies Block]),
      ...facts([
        estimate && { label: 'Difference', text: `${estimateText(estimate)}, 95 % interval` },
        typicalFact(comparison),
        compared === null ? null : { label: 'Compared', text: compared },
        samePeople === null ? null : { label: 'Same people', text: samePeople },
        tipping === null ? null : { label: toldBefore, text: tipping },
      ]),
      ...measureTable(measures),
      ...list(notes),
    ],
  }
}

/** How that statement was made, and what could undo it. */
export function explainedComparison(comparison: ReportComparison): Section {
  const { title, definition } = comparison
  return {
    title: `${title}: how it was compared`,
    blocks: [
      text(definition),
      ...facts(comparisonFacts(comparison).filter(({ label }) => label !== toldBefore)),
      ...table(undeclaredHeadings, undeclaredRows(comparison)),
    ],
  }
}

/** Numbers of both groups side by side, with how they differ among comparable changes. */
export function measureTable(measures: readonly Measure[]): Block[] {
  const compared = measures.some((measure) => measure.difference !== null)
  const cell = (measure: Measure, side: 'aiRecorded' | 'noneRecorded') =>
    isOf(measure, side) ? valueText(measure[side], measure.unit) : NO_NUMBER
  return table(
    measureHeadings(compared),
    measures.map((measure) => [
      measure.label,
      cell(measure, 'aiRecorded'),
      cell(measure, 'noneRecorded'),
      ...(compared
        ? [measure.difference === null ? 'not compared' : shortEstimateText(measure.difference)]
        : []),
    ]),
  )
}

function typicalFact({ typical }: ReportComparison): Fact | null {
  if (typical === null) return null
  const { unit, aiRecorded, noneRecorded } = typical
  const side = (value: number | null) => (value === null ? NOT_SHOWN : figure(value, unit))
  return {
    label: typicalWords[unit],
    text: `${side(aiRecorded)} with AI recorded, ${side(noneRecorded)} with no AI recorded`,
  }
}
