import type { Report } from '../document/report-document.ts'
import { dayText } from '../text/dates.ts'
import { visibleText } from '../visible-text.ts'
import { colophon, imprint } from './colophon.ts'
import { coverageSection } from './coverage-section.ts'
import { type DefinitionLinks, definitionsSection } from './definitions-section.ts'
import { differencesSection } from './differences-section.ts'
import { durationsSection } from './durations-section.ts'
import { funnelSection } from './funnel-section.ts'
import { integritySection } from './integrity-section.ts'
import { limitsSection } from './limits-section.ts'
import { type Markup, markup, verbatim } from './markup.ts'
import { extentText, masthead, opening } from './masthead.ts'
import { mergedSection } from './merged-section.ts'
import { repositoriesSection } from './repositories-section.ts'
import { revertsSection } from './reverts-section.ts'
import { selfAuditSection } from './self-audit-section.ts'
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

function reportBody(report: Report): Markup {
  return markup`<div class="report">
${masthead(report)}<main id="main">
${sections(report)}</main>
${colophon(report)}</div>
`
}

/** The report as pieces of a larger page that brings the style sheet. */
export interface ReportPieces {
  /** `As of 22 June 2026 · 6 repositories` */
  readonly extent: string
  /** The heading, the report in a sentence, and the two groups. */
  readonly opening: Markup
  /** All sections in their order. */
  readonly sections: Markup
  /** What holds for all of it. */
  readonly imprint: Markup
}

/** Where a report on a page among others leads to. */
export interface ReportLinks {
  readonly definitions: DefinitionLinks
  /** Addresses by names, of the repositories that the reader may go to. */
  readonly repositories: ReadonlyMap<string, string>
}

export function reportPieces(report: Report, links: ReportLinks): ReportPieces {
  return {
    extent: extentText(report),
    opening: opening(report),
    sections: sections(report, links),
    imprint: imprint(report),
  }
}

function sections(report: Report, links?: ReportLinks): Markup {
  const parts = [
    differencesSection,
    mergedSection,
    revertsSection,
    weeksSection,
    durationsSection,
    funnelSection,
    coverageSection,
    sizesSection,
    integritySection,
    (report: Report) => repositoriesSection(report, links?.repositories),
    limitsSection,
    selfAuditSection,
    (report: Report) => definitionsSection(report, links?.definitions),
  ]
  return markup`${statements(report.comparisons)}${parts.map((part) => part(report))}`
}
