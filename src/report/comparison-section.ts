import { windowText } from './dates.ts'
import {
  countText,
  estimateText,
  figure,
  NOT_SHOWN,
  peopleText,
  rangeText,
  signed,
} from './figures.ts'
import type { Measure, ReportComparison } from './report-comparison.ts'
import type { CohortValue, Estimate } from './report-parts.ts'
import { type Block, type Fact, facts, list, type Section, table, text } from './report-section.ts'

/** One of the three statements: what may be said, on what it rests, and what belongs beside it. */
export function comparisonSection(comparison: ReportComparison): Section {
  const { title, statement, reason, estimate, notes, measures } = comparison
  return {
    title,
    blocks: [
      { kind: 'text', text: statement, strong: true },
      ...(reason === null ? [] : [text(reason)]),
      ...(estimate === null ? [] : [{ kind: 'interval', estimate } satisfies Block]),
      ...facts([
        estimate === null
          ? null
          : { label: 'Difference', text: `${difference(estimate)}, 95 % interval` },
        typicalFact(comparison),
        comparedFact('Compared', comparison.comparable),
        samePeopleFact(comparison),
      ]),
      ...measureTable(measures),
      ...list(notes),
    ],
  }
}

/** How that statement was made, and what could undo it. */
export function explainedComparison(comparison: ReportComparison): Section {
  const { title, definition, window, ratio, sensitivity, attested, detectable } = comparison
  return {
    title: `${title}: how it was compared`,
    blocks: [
      text(definition),
      ...facts([
        { label: 'Changes of', text: windowText(window) },
        adjustedFact(comparison),
        comparison.people === null
          ? null
          : { label: 'People', text: peopleText(comparison.people) },
        comparison.events === null
          ? null
          : {
              label: 'Reverts',
              text: bothSides(
                figure(comparison.events.assisted ?? 0),
                figure(comparison.events.other ?? 0),
              ),
            },
        comparison.maturing === 0
          ? null
          : {
              label: 'Too young',
              text: `${countText(comparison.maturing)} changes, merged too lately`,
            },
        ratio === null ? null : { label: 'As a ratio', text: estimateText(ratio) },
        detectable === null
          ? null
          : {
              label: 'Could be seen',
              text: `differences of about ${signed(detectable.low, detectable.unit)} or ${signed(detectable.high, detectable.unit)} and beyond would usually (4 in 5) be noticed`,
            },
      ]),
      ...(sensitivity === null ? [] : sensitivityBlocks(sensitivity)),
      ...(attested === null
        ? []
        : [
            text(`Against changes attested to be unassisted alone: ${attested.statement}`),
            ...facts([comparedFact('Compared', attested.comparable)]),
          ]),
    ],
  }
}

/** `−18 % (−30 % to −4 %)`, `+2.8 (−5.9 to +11.5) per 1,000` */
export function difference(estimate: Estimate): string {
  if (estimate.unit === 'percent') return estimateText(estimate)
  return `${shortDifference(estimate)}${estimate.unit === 'per-1000' ? ' per 1,000' : ''}`
}

/** Numbers of both groups side by side, with how they differ among comparable changes. */
export function measureTable(measures: readonly Measure[]): Block[] {
  const compared = measures.some((measure) => measure.difference !== null)
  return table(
    ['', 'AI recorded', 'No AI recorded', ...(compared ? ['Like for like'] : [])],
    measures.map(({ label, unit, assisted, other, difference: between }) => [
      label,
      shortValue(assisted, unit),
      shortValue(other, unit),
      ...(compared ? [between === null ? 'not compared' : shortDifference(between)] : []),
    ]),
  )
}

/** `+23 % (−4 to +85)`, `−2 points (−8 to +4)`: with its unit once. */
export function shortDifference({ unit, value, low, high }: Estimate): string {
  const plain = unit === 'per-1000' ? unit : 'number'
  return `${signed(value, unit)} (${signed(low, plain)} to ${signed(high, plain)})`
}

/** `84 % (80 to 87)`: with its unit once, where there is little room. */
export function shortValue(value: CohortValue | null, unit: Measure['unit'] | 'per-1000'): string {
  if (value === null) return NOT_SHOWN
  const shown = figure(value.value, unit)
  const { low, high } = value
  if (low !== null && high !== null) {
    const plain = unit === 'per-1000' ? unit : 'number'
    return `${shown} (${figure(low, plain)} to ${figure(high, plain)})`
  }
  const range = rangeText(value, unit)
  return range === null ? shown : `${shown} (${range})`
}

function bothSides(assisted: string, other: string): string {
  return `${assisted} with AI recorded, ${other} with no AI recorded`
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

function comparedFact(label: string, comparable: ReportComparison['comparable']): Fact | null {
  if (comparable === null) return null
  const side = (counts: (typeof comparable)['assisted']) =>
    counts === null ? NOT_SHOWN : `${countText(counts.used)} of ${countText(counts.all)}`
  return {
    label,
    text: `${side(comparable.assisted)} changes with AI recorded, ${side(comparable.other)} with no AI recorded`,
  }
}

function samePeopleFact({ samePeople, estimate }: ReportComparison): Fact | null {
  if (estimate === null) return null
  return {
    label: 'Same people',
    text:
      samePeople === null
        ? 'too few people work both ways to check'
        : `${difference(samePeople.estimate)}, each of ${peopleText(samePeople.people)} compared to themselves`,
  }
}

const adjustments = {
  'size-and-date': 'changes of the same repository, size (six bands) and four weeks are compared',
  'coarse-size-and-date':
    'changes of the same repository, size (three bands) and four weeks are compared',
  'coarse-size':
    'changes of the same repository and size (three bands) are compared; not adjusted for date',
} as const

function adjustedFact({ adjustedFor }: ReportComparison): Fact | null {
  return adjustedFor === null ? null : { label: 'Like for like', text: adjustments[adjustedFor] }
}

function sensitivityBlocks({
  undeclared,
  tippingPercent,
  hidden,
}: NonNullable<ReportComparison['sensitivity']>): Block[] {
  return [
    ...table(
      ['If so many of "no AI recorded" did use AI', 'Difference'],
      undeclared.map(({ percent, estimate }) => [figure(percent, 'percent'), difference(estimate)]),
    ),
    ...list([
      ...(tippingPercent === null
        ? []
        : [
            `In the worst case, undeclared use above ${figure(tippingPercent, 'percent')} could undo the difference.`,
          ]),
      ...(hidden === null
        ? []
        : [
            `A hidden difference between the groups could explain the estimate if it were tied ${figure(hidden.estimate)} times to both AI use and the outcome, and the nearer end of the interval if ${figure(hidden.limit)} times (E-values).`,
          ]),
    ]),
  ]
}
