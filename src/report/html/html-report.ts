import type { Report } from '../document/report-document.ts'
import { dayText } from '../text/dates.ts'
import { visibleText } from '../visible-text.ts'
import { colophon } from './colophon.ts'
import { coverageSection } from './coverage-section.ts'
import { definitionsSection } from './definitions-section.ts'
import { differencesSection } from './differences-section.ts'
import { durationsSection } from './durations-section.ts'
import { funnelSection } from './funnel-section.ts'
import { integritySection } from './integrity-section.ts'
import { limitsSection } from './limits-section.ts'
import { type Markup, markup, verbatim } from './markup.ts'
import { masthead } from './masthead.ts'
import { mergedSection } from './merged-section.ts'
import { repositoriesSection } from './repositories-section.ts'
import { revertsSection } from './reverts-section.ts'
import { sizesSection } from './sizes-section.ts'
import { statements } from './statements.ts'
import { reportStyles } from './styles.ts'
import { weeksSection } from './weeks-section.ts'

/**
 * The report as one file that needs nothing else: no script, no font, no picture, no request. It forbids itself all of them
 * by its own content security policy, and styles nothing but by its one style sheet.
 */
export function renderHtml(report: Report): string {
  const { scope, asOf } = report
  const title = `${scope.synthetic ? 'Synthetic example: ' : ''}What shipped at ${visibleText(scope.name)}, ${dayText(asOf)}`
  return String(markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${verbatim(reportStyles)}</style>
</head>
<body>
<a class="skip" href="#statements">Skip to the statements</a>
${reportBody(report)}</body>
</html>
`)
}

/** What stands between <body> and </body>: the sections in their order, for any page that brings the style sheet. */
export function reportBody(report: Report): Markup {
  return markup`<div class="report">
${masthead(report)}<main id="main">
${statements(report.comparisons)}${[
  differencesSection,
  mergedSection,
  revertsSection,
  weeksSection,
  durationsSection,
  funnelSection,
  coverageSection,
  sizesSection,
  integritySection,
  repositoriesSection,
  limitsSection,
  definitionsSection,
].map((part) => part(report))}</main>
${colophon(report)}</div>
`
}
