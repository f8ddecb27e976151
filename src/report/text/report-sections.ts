import { cohortClocks } from '../document/cohort-clocks.ts'
import type { Report } from '../document/report-document.ts'
import { visibleText } from '../visible-text.ts'
import { cohortNames, cohorts } from './cohorts.ts'
import { comparisonSection, explainedComparison } from './comparison-section.ts'
import { dayText, windowText } from './dates.ts'
import { countText, figure, NOT_SHOWN, peopleText } from './figures.ts'
import { keptText } from './kept-text.ts'
import * as parts from './part-blocks.ts'
import { partTitles } from './part-titles.ts'
import { type Block, captioned, type Section, section, text } from './report-section.ts'
import { sourceNames } from './source-names.ts'

/** The report as sections in reading order; what only some want to know comes apart. */
export interface ReportSections {
  /** The title, of what it is and when, and what to know before anything else. */
  readonly title: string
  readonly opening: readonly Block[]
  readonly main: readonly Section[]
  readonly details: readonly Section[]
  readonly footer: readonly string[]
}

/** Puts the document into words and tables, for whatever writes text. Computes nothing. */
export function reportSections(report: Report): ReportSections {
  return {
    title: `What Shipped: ${visibleText(report.scope.name)}`,
    opening: opening(report),
    main: [
      ...report.comparisons.map(comparisonSection),
      ...section(partTitles.differences, parts.differences(report)),
      ...section(partTitles.funnel, parts.funnel(report)),
      ...section(partTitles.durations, parts.durations(report)),
      ...section(partTitles.repositories, parts.repositories(report)),
      ...section(partTitles.coverage, parts.coverage(report)),
      ...section(partTitles.limits, parts.limits(report)),
      ...section(partTitles.selfAudit, parts.selfAudit(report)),
    ],
    details: [
      ...report.comparisons.map(explainedComparison),
      ...section(partTitles.reverts, parts.reverts(report)),
      ...section(partTitles.merged, parts.merged(report)),
      ...section(partTitles.weeks, parts.weeks(report)),
      ...section(partTitles.sizes, parts.sizes(report)),
      ...section(partTitles.integrity, parts.integrity(report)),
      ...section(partTitles.definitions, parts.definitions(report)),
    ],
    footer: [...report.notes, madeOf(report)],
  }
}

function opening({ scope, asOf, kept, headline, cohorts }: Report): Block[] {
  const { kind, repositories: number, sources, synthetic } = scope
  const read = sources.map((source) => sourceNames[source]).join(' and ')
  return [
    text(
      [
        ...(kind === 'organisation' ? [`${figure(number)} repositories`] : []),
        `as of ${dayText(asOf)}`,
        ...(read === '' ? [] : [`read from ${read}`]),
      ].join(' · '),
    ),
    ...(synthetic ? [text('These changes are made up, to show what a report looks like.')] : []),
    ...(kept === null ? [] : [text(keptText(kept))]),
    { kind: 'text', text: headline, strong: true },
    ...cohortTable(cohorts),
  ]
}

function cohortTable({ window, clock, ...groups }: Report['cohorts']): Block[] {
  if (cohorts.every((cohort) => groups[cohort] === null)) return []
  return [
    captioned(
      `Changes that ${cohortClocks[clock]} ${windowText(window)}:`,
      ['', 'Changes', 'People'],
      cohorts.map((cohort) => {
        const group = groups[cohort]
        const people = group?.people ?? null
        return [
          cohortNames[cohort],
          group === null ? NOT_SHOWN : countText(group.changes),
          people === null ? NOT_SHOWN : peopleText(people),
        ]
      }),
    ),
  ]
}

/** What produced the numbers, so that they can be made again. */
function madeOf({ method, registry, settings }: Report): string {
  const { people, changes, largestPersonPercent } = settings
  return `Method ${method}, registry ${registry}. A group is shown from ${people} people and ${changes} changes on, where nobody made more than ${figure(largestPersonPercent, 'percent')} of it.`
}
