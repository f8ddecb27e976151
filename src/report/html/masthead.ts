import { cohortClocks } from '../document/cohort-clocks.ts'
import type { Report } from '../document/report-document.ts'
import { cohortNames, cohorts } from '../text/cohorts.ts'
import { dayText, windowText } from '../text/dates.ts'
import { countText, peopleText } from '../text/figures.ts'
import { keptText } from '../text/kept-text.ts'
import { visibleText } from '../visible-text.ts'
import { cohortKey } from './cohort-key.ts'
import { type Markup, markup } from './markup.ts'

/** The head of a page that is nothing but a report. */
export function masthead(report: Report): Markup {
  return markup`<header class="masthead">
<p class="brand"><strong>What Shipped</strong> <span>${extentText(report)}</span></p>
${opening(report)}</header>
`
}

/** When it was made, and of how much: `As of 22 June 2026 · 6 repositories`. */
export function extentText({ asOf, scope }: Report): string {
  const { kind, repositories } = scope
  const many = kind === 'organisation' && repositories !== 1
  return `As of ${dayText(asOf)} · ${many ? `${repositories} repositories` : 'one repository'}`
}

/** What it is about, the report in a sentence, and the two groups with their marks. */
export function opening(report: Report): Markup {
  const { scope, headline, kept, cohorts: groups } = report
  const key = cohorts.map((cohort) => {
    const group = groups[cohort]
    const size =
      group === null
        ? 'number of changes not shown'
        : `${countText(group.changes)} changes${group.people === null ? '' : ` by ${peopleText(group.people)}`}`
    return markup`<li>${cohortKey(cohort)}<span><strong>${cohortNames[cohort]}</strong> ${size}</span></li>\n`
  })
  return markup`${scope.synthetic ? markup`<p class="synthetic"><strong>Synthetic example.</strong> These changes were made up, to show what a report looks like.</p>\n` : null}<h1><span>What shipped at</span> ${visibleText(scope.name)}</h1>
<p class="headline">${headline}</p>
${kept === null ? null : markup`<p class="notice">${keptText(kept)}</p>\n`}<p class="window">Changes that ${cohortClocks[groups.clock]} ${windowText(groups.window)}:</p>
<ul class="groups">
${key}</ul>
`
}
