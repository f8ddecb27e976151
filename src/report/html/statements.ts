import type { ReportComparison } from '../document/report-comparison.ts'
import { cohortHeadings, cohorts } from '../text/cohorts.ts'
import { limitsText } from '../text/estimate-text.ts'
import { countText, figure, NOT_SHOWN, peopleText, signed, unbroken } from '../text/figures.ts'
import { typicalWords } from '../text/typical-words.ts'
import { type Markup, markup } from './markup.ts'
import { statementDetails } from './statement-details.ts'

/** The three statements beside each other, each with what it rests on and, on request, how it was made. */
export function statements(comparisons: readonly ReportComparison[]): Markup {
  return markup`<section aria-labelledby="statements">
<h2 id="statements" class="unseen">The three statements</h2>
<div class="statements">
${comparisons.map(card)}</div>
</section>
`
}

function card(comparison: ReportComparison): Markup {
  const { outcome, title, settled, statement, lead, reason } = comparison
  const rest = statement.slice(lead.length).trim()
  return markup`<article class="card${settled ? ' settled' : ''}" aria-labelledby="${outcome}">
<h3 id="${outcome}">${title}</h3>
<div class="said"><p class="verdict"><strong>${unbroken(lead)}</strong> <span class="rest">${unbroken(rest)}</span></p>
${reason === null ? null : markup`<p class="reason">${reason}</p>\n`}</div>
${estimate(comparison)}${facts(comparison)}${statementDetails(comparison)}</article>
`
}

const unitWords = { percent: '', points: '', 'per-1000': ' per 1,000 changes' } as const

function estimate({ estimate }: ReportComparison): Markup {
  if (estimate === null) return markup`<div></div>\n`
  const { unit, value } = estimate
  return markup`<p class="estimate"><span class="number">${signed(value, unit)}</span>${unitWords[unit]} <span class="interval">95&nbsp;% interval ${unbroken(limitsText(estimate))}</span></p>
`
}

/** What each group brings to the comparison. */
function facts({ title, typical, comparable, events, people }: ReportComparison): Markup {
  const rows: [string, ...string[]][] = []
  if (typical !== null) {
    const { unit } = typical
    rows.push([
      typicalWords[unit],
      ...cohorts.map((cohort) => side(typical[cohort], (value) => figure(value, unit))),
    ])
  }
  if (events !== null) {
    rows.push([
      'Reverted',
      ...cohorts.map((cohort) => side(events[cohort], (count) => figure(count))),
    ])
  }
  if (comparable !== null) {
    rows.push([
      'Comparable',
      ...cohorts.map((cohort) =>
        side(comparable[cohort], ({ used, all }) => `${countText(used)} of ${countText(all)}`),
      ),
    ])
  }
  if (rows.length === 0) return markup`<div></div>\n`
  const resting = people === null ? null : markup`<p class="people">By ${peopleText(people)}.</p>\n`
  return markup`<div class="facts"><table>
<caption class="unseen">${title}: what it rests on</caption>
<thead><tr><th scope="col"><span class="unseen">Number</span></th>${cohortHeadings.map((name) => markup`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>
${rows.map(([name, ...cells]) => markup`<tr><th scope="row">${name}</th>${cells.map((cell) => markup`<td>${cell}</td>`)}</tr>\n`)}</tbody>
</table>
${resting}</div>
`
}

function side<T>(value: T | null, words: (value: T) => string): string {
  return value === null ? NOT_SHOWN : words(value)
}
