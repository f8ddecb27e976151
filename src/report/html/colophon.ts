import type { Report } from '../document/report-document.ts'
import { dayText } from '../text/dates.ts'
import { figure } from '../text/figures.ts'
import { sourceNames } from '../text/source-names.ts'
import { type Markup, markup } from './markup.ts'

/** The foot of a page that is nothing but a report. */
export function colophon(report: Report): Markup {
  return markup`<footer class="colophon">
${imprint(report)}<p class="brand"><strong>What Shipped</strong> compares changes, never people.</p>
</footer>
`
}

/** What holds for all of it, and what is needed to make it again. */
export function imprint({ notes, method, registry, asOf, scope, settings }: Report): Markup {
  const facts: readonly (readonly [string, string])[] = [
    ['As of', `${dayText(asOf)}, 00:00 UTC`],
    ['Read from', scope.sources.map((source) => sourceNames[source]).join(', ')],
    ['Method', `version ${method}`],
    ['Registry of marks', registry],
    [
      'A group is shown from',
      `${figure(settings.people)} people and ${figure(settings.changes)} changes on, if nobody has more than ${figure(settings.largestPersonPercent, 'percent')} of them`,
    ],
    ['Numbers of changes', 'rounded to the nearest 5'],
  ]
  return markup`${scope.synthetic ? markup`<p><strong>Synthetic example.</strong> None of these changes ever happened.</p>\n` : null}${notes.map((note) => markup`<p>${note}</p>\n`)}<dl class="imprint">
${facts.map(([term, words]) => markup`<div><dt>${term}</dt><dd>${words}</dd></div>\n`)}</dl>
`
}
