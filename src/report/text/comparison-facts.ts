import type { ReportComparison } from '../document/report-comparison.ts'
import { windowText } from './dates.ts'
import { estimateText, signedText } from './estimate-text.ts'
import { countText, figure, NOT_SHOWN, peopleText } from './figures.ts'
import type { Fact } from './report-section.ts'

/** How a statement was made and what could undo it: the same words in every format. What there is none of is left out. */
export function comparisonFacts(comparison: ReportComparison): Fact[] {
  const { outcome, window, people, events, maturing, ratio } = comparison
  const facts: readonly (readonly [label: string, text: string | null])[] = [
    ['Changes', `${outcome === 'reverts' ? 'merged' : 'ready'} ${windowText(window)}`],
    ['Like for like', adjustedText(comparison)],
    ['People', people && peopleText(people)],
    [
      'Reverted',
      events && bothSides(figure(events.aiRecorded ?? 0), figure(events.noneRecorded ?? 0)),
    ],
    ['Too young', maturing === 0 ? null : `${countText(maturing)} changes, merged too recently`],
    ['As a ratio', ratio && estimateText(ratio)],
    ['Would show', detectableText(comparison)],
    ['Undeclared use', tippingText(comparison)],
    ['Hidden difference', hiddenText(comparison)],
    ['Against attested', attestedText(comparison)],
  ]
  return facts.flatMap(([label, text]) => (text === null ? [] : [{ label, text }]))
}

function bothSides(aiRecorded: string, noneRecorded: string): string {
  return `${aiRecorded} with AI recorded, ${noneRecorded} with no AI recorded`
}

const adjustments = {
  'size-and-date': 'changes of the same repository, size (six bands) and four weeks are compared',
  'coarse-size-and-date':
    'changes of the same repository, size (three bands) and four weeks are compared',
  'coarse-size':
    'changes of the same repository and size (three bands) are compared; not adjusted for date',
} as const

function adjustedText({ adjustedFor }: ReportComparison): string | null {
  return adjustedFor && adjustments[adjustedFor]
}

/** null where there is nothing to check. */
export function samePeopleText({ samePeople, noSamePeople }: ReportComparison): string | null {
  if (samePeople === null) return noSamePeople
  return `${estimateText(samePeople.estimate)}, each of ${peopleText(samePeople.people)} compared to themselves`
}

function detectableText({ detectable }: ReportComparison): string | null {
  if (detectable === null) return null
  const { unit, low, high } = detectable
  const per = unit === 'per-1000' ? ' per 1,000' : ''
  const below = low === null ? '' : `${signedText(low, unit)} or `
  return `differences of about ${below}${signedText(high, unit)}${per} and beyond would usually (4 in 5) be noticed`
}

/** What undeclared use could do to the statement; null where there is no difference to undo. */
export function tippingText({ sensitivity }: ReportComparison): string | null {
  const percent = sensitivity?.tippingPercent ?? null
  return percent === null
    ? null
    : `in the worst case, above ${figure(percent, 'percent')} of the changes with no AI recorded it could undo the difference`
}

function hiddenText({ sensitivity }: ReportComparison): string | null {
  const hidden = sensitivity?.hidden ?? null
  if (hidden === null) return null
  const end =
    hidden.limit === null ? '' : `, the nearer end of its interval ${figure(hidden.limit)} times`
  return `could explain the estimate if it were tied ${figure(hidden.estimate)} times as strongly to both AI use and the outcome${end} (E-values)`
}

/** Of how many changes so many have a counterpart of their kind; null where that is not shown. */
export function comparedText(
  comparable: ReportComparison['comparable'],
  against = 'with no AI recorded',
): string | null {
  if (comparable === null) return null
  const side = (counts: (typeof comparable)['aiRecorded']) =>
    counts === null ? NOT_SHOWN : `${countText(counts.used)} of ${countText(counts.all)}`
  return `${side(comparable.aiRecorded)} changes with AI recorded, ${side(comparable.noneRecorded)} ${against}`
}

function attestedText({ attested }: ReportComparison): string | null {
  if (attested === null) return null
  const { statement, reason, comparable } = attested
  const compared = comparedText(comparable, 'attested to be without AI')
  return [
    'only with changes attested to be unassisted:',
    statement,
    ...(reason === null ? [] : [reason]),
    ...(compared === null ? [] : [`Compared: ${compared}.`]),
  ].join(' ')
}

/** The headings of `undeclaredRows`. */
export const undeclaredHeadings = [
  'If so many of "no AI recorded" did use AI',
  'Difference',
  'At the extremes',
] as const

/** What the difference would be if part of the other group did use AI: were they like the rest, and were they the most extreme. */
export function undeclaredRows({
  sensitivity,
}: ReportComparison): [share: string, difference: string, extremes: string][] {
  if (sensitivity === null) return []
  const { undeclared, worstCase } = sensitivity
  return worstCase.map((extremes) => {
    const { percent } = extremes
    const estimate = undeclared.find((one) => one.percent === percent)?.estimate
    return [
      figure(percent, 'percent'),
      estimate === undefined ? 'too little left to tell' : estimateText(estimate),
      extremesText(extremes),
    ]
  })
}

function extremesText({
  unit,
  low,
  high,
}: NonNullable<ReportComparison['sensitivity']>['worstCase'][number]): string {
  const from = signedText(low, unit)
  return high === null ? `${from} or more` : `${from} to ${signedText(high, unit)}`
}
