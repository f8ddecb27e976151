import { windowText } from '../dates.ts'
import { countText, estimateText, figure, peopleText, signed, unbroken } from '../figures.ts'
import type { ReportComparison } from '../report-comparison.ts'
import { estimateCell } from './cells.ts'
import { dataTable } from './data-table.ts'
import { type Markup, markup, type Part } from './markup.ts'
import { measuresTable } from './measures-table.ts'

/** How a statement was made and what it would take to change it, for whoever asks. */
export function statementDetails(comparison: ReportComparison): Markup {
  const { title, definition, window, notes, measures } = comparison
  const rows: (readonly [string, Part] | null)[] = [
    ['What is compared', definition],
    ['Which changes', windowText(window)],
    adjusted(comparison),
    comparison.ratio === null ? null : ['As a ratio', estimateText(comparison.ratio)],
    comparison.maturing === 0
      ? null
      : ['Too young to count', `${countText(comparison.maturing)} changes`],
    samePeople(comparison),
    detectable(comparison),
    attested(comparison),
    tipping(comparison),
    hiddenDifference(comparison),
  ]
  const list = rows
    .filter((row) => row !== null)
    .map(([term, words]) => markup`<dt>${term}</dt><dd>${words}</dd>\n`)
  return markup`<details><summary>How this was measured<span class="unseen">: ${title}</span></summary>
<dl class="terms">
${list}</dl>
${undeclared(comparison)}${measures.length === 0 ? null : measuresTable(`Beside ${title.toLowerCase()}`, measures)}${notes.map((note) => markup`<p class="note">${unbroken(note)}</p>\n`)}</details>
`
}

const adjustments: Readonly<Record<NonNullable<ReportComparison['adjustedFor']>, string>> = {
  'size-and-date': 'the same repository, size and four weeks',
  'coarse-size-and-date': 'the same repository, rough size and four weeks',
  'coarse-size': 'the same repository and rough size',
}

function adjusted({ adjustedFor }: ReportComparison): [string, string] | null {
  return adjustedFor === null
    ? null
    : ['Compared with', `changes of ${adjustments[adjustedFor]}, and no others`]
}

function samePeople({ samePeople, estimate }: ReportComparison): [string, string] | null {
  if (samePeople === null) {
    return estimate === null ? null : ['The same people', 'too few people work both ways to check']
  }
  return [
    'The same people',
    `${estimateText(samePeople.estimate)}, by ${peopleText(samePeople.people)} who work both ways`,
  ]
}

function detectable({ detectable }: ReportComparison): [string, string] | null {
  if (detectable === null) return null
  const { unit, low, high } = detectable
  return [
    'Would be noticed',
    `differences of about ${signed(low, unit)} or ${signed(high, unit)} and beyond, four times in five`,
  ]
}

function attested({ attested }: ReportComparison): [string, string] | null {
  if (attested === null) return null
  const { statement, reason } = attested
  return [
    'Against changes attested unassisted',
    unbroken(reason === null ? statement : `${statement} ${reason}`),
  ]
}

function tipping({ sensitivity }: ReportComparison): [string, string] | null {
  const percent = sensitivity?.tippingPercent ?? null
  return percent === null
    ? null
    : [
        'Undeclared use, worst case',
        `above ${figure(percent, 'percent')} of the changes with no AI recorded it could undo the difference`,
      ]
}

function hiddenDifference({ sensitivity }: ReportComparison): [string, string] | null {
  const hidden = sensitivity?.hidden ?? null
  if (hidden === null) return null
  // 1 means that the interval's end is at no difference already.
  const limit =
    hidden.limit > 1 ? `, ${figure(hidden.limit)} times to reach the interval's end` : ''
  return [
    'A hidden difference',
    `would have to be tied ${figure(hidden.estimate)} times as strongly to AI use and to the outcome to explain the estimate${limit}`,
  ]
}

function undeclared({ title, sensitivity }: ReportComparison): Markup | null {
  if (sensitivity === null || sensitivity.undeclared.length === 0) return null
  return dataTable({
    caption: `${title}: if some of "no AI recorded" did use AI`,
    columns: ['Share that did', 'The difference would be'],
    rows: sensitivity.undeclared.map(({ percent, estimate }) => [
      figure(percent, 'percent'),
      estimateCell(estimate),
    ]),
  })
}
