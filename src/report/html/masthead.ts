import { cohortClocks } from '../document/cohort-clocks.ts'
import type { Report } from '../document/report-document.ts'
import { cohortNames, cohorts } from '../text/cohorts.ts'
import { dayText, windowText } from '../text/dates.ts'
import { countText, peopleText } from '../text/figures.ts'
import { keptText } from '../text/kept-text.ts'
import { visibleText } from '../visible-text.ts'
import { cohortKey } from './cohort-key.ts'
import { type Markup, markup } from './markup.ts'

/** The head of the page: what it is about, the report in a sentence, and the two groups with their marks. */
export function masthead(report: Report): Markup {
  const { scope, asOf, headline, kept, cohorts: groups } = report
  const repositories =
    scope.repositories === 1 ? 'one repository' : `${scope.repositories} repositories`
  const key = cohorts.map((cohort) => {
    const group = groups[cohort]
    const size =
      group === null
        ? 'number of changes not shown'
        : `${countText(group.changes)} changes${group.people === null ? '' : ` by ${peopleText(group.people)}`}`
    return markup`<li>${cohortKey(cohort)}<span><strong>${cohortNames[cohort]}</strong> ${size}</span></li>\n`
  })
  return markup`<header class="masthead">
<p class="brand"><strong>What Shipped</strong> <span>As of ${dayText(asOf)} · ${scope.kind === 'organisation' ? repositories : 'one repository'}</span></p>
${scope.synthetic ? markup`<p class="synthetic"><strong>Synthetic example.</strong> These changes were made up, to show what a report looks like.</p>\n` : null}<h1><span>What shipped at</span> ${visibleText(scope.name)}</h1>
<p class="headline">${headline}</p>
${kept === null ? null : markup`<p class="notice">${keptText(kept)}</p>\n`}<p class="window">Changes that ${cohortClocks[groups.clock]} ${windowText(groups.window)}:</p>
<ul class="groups">
${key}</ul>
</header>
`
}
