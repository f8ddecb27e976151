import {
  comparisonSection,
  explainedComparison,
  measureTable,
  shortValue,
} from './comparison-section.ts'
import { dayText, shortDayText, windowText } from './dates.ts'
import { countText, estimateText, figure, NOT_SHOWN, peopleText, percentText } from './figures.ts'
import type { Report } from './report-document.ts'
import { type Block, facts, list, type Section, section, table, text } from './report-section.ts'
import { visibleText } from './visible-text.ts'

/** The report as sections in reading order; what only some want to know comes apart. */
export interface ReportSections {
  /** The title, of what it is and when, and what to know before anything else. */
  readonly title: string
  readonly opening: readonly Block[]
  readonly main: readonly Section[]
  readonly details: readonly Section[]
  readonly footer: readonly string[]
}

const groups = ['AI recorded', 'No AI recorded'] as const

/** Puts the document into words and tables, for whatever writes text. Computes nothing. */
export function reportSections(report: Report): ReportSections {
  return {
    title: `What Shipped: ${visibleText(report.scope.name)}`,
    opening: opening(report),
    main: [
      ...report.comparisons.map(comparisonSection),
      ...section('What shipped', funnel(report)),
      ...section('How long changes take', quantiles(report)),
      ...section('Repositories', repositories(report)),
      ...section('What is recorded', coverage(report)),
      ...section('What to know', list(report.warnings.map((warning) => warning.text))),
    ],
    details: [
      ...report.comparisons.map(explainedComparison),
      ...section('Reverts by age', reverts(report)),
      ...section('Share merged over time', merged(report)),
      ...section('Week by week', weeks(report)),
      ...section('Sizes', sizes(report)),
      ...section('Could the numbers be bent?', measureTable(report.integrity)),
      ...section('Definitions', definitions(report)),
    ],
    footer: [...report.notes, madeOf(report)],
  }
}

const sourceNames = {
  github: 'GitHub',
  git: 'a local clone',
  webhooks: "GitHub's webhooks",
} as const

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
    ...(kept === null
      ? []
      : [
          text(
            `An older report than asked for: it was due on ${dayText(kept.since)}. ${kept.reason}`,
          ),
        ]),
    { kind: 'text', text: headline, strong: true },
    ...cohortTable(cohorts),
  ]
}

function cohortTable({ assisted, other }: Report['cohorts']): Block[] {
  if (assisted === null && other === null) return []
  const row = (side: typeof assisted, group: string) =>
    side === null
      ? [group, NOT_SHOWN, NOT_SHOWN]
      : [group, countText(side.changes), side.people === null ? NOT_SHOWN : peopleText(side.people)]
  return table(['', 'Changes', 'People'], [row(assisted, groups[0]), row(other, groups[1])])
}

function funnel({ funnel: shipped }: Report): Block[] {
  if (shipped === null) return []
  const { assisted, other, window } = shipped
  const row = (label: string, side: (one: NonNullable<typeof assisted>) => string) => [
    label,
    assisted === null ? NOT_SHOWN : side(assisted),
    other === null ? NOT_SHOWN : side(other),
  ]
  return [
    text(`Of the changes that became ready for review from ${windowText(window)}:`),
    ...table(
      ['', ...groups],
      [
        row('Ready', ({ ready }) => countText(ready)),
        row('Merged within 30 days', ({ mergedPercent }) => percentText(mergedPercent)),
        row('Not reverted within 30 more', ({ survivingPercent }) => percentText(survivingPercent)),
      ],
    ),
  ]
}

function quantiles({ quantiles: all }: Report): Block[] {
  if (all.length === 0) return []
  return [
    text('As they are: not adjusted for anything, and without a verdict.'),
    ...all.flatMap(({ label, assisted, other }) =>
      table(
        [label, 'Changes', 'Half within', '3 in 4 within', '9 in 10 within'],
        [assisted, other].flatMap((side, index) =>
          assisted === null && other === null
            ? []
            : [[groups[index] ?? '', ...quantileCells(side)]],
        ),
      ),
    ),
  ]
}

type Quantiles = Report['quantiles'][number]['assisted']

function quantileCells(side: Quantiles): string[] {
  if (side === null) return [NOT_SHOWN, NOT_SHOWN, NOT_SHOWN, NOT_SHOWN]
  const { changes, median, p75, p90 } = side
  return [
    countText(changes),
    shortValue(median, 'hours'),
    ...[p75, p90].map((value) => (value === null ? 'too few' : figure(value.value, 'hours'))),
  ]
}

const outcomeNames = {
  'cycle-time': 'Time to merge',
  'review-rounds': 'Review rounds',
  reverts: 'Reverts per 1,000',
}

function repositories({ repositories: all }: Report): Block[] {
  const outcomes = ['cycle-time', 'review-rounds', 'reverts'] as const
  const rows = all.map(({ name, comparisons }) => [
    visibleText(name),
    ...outcomes.map((outcome) => estimateOf(comparisons.find((one) => one.outcome === outcome))),
  ])
  if (rows.length === 0) return []
  return [
    text(
      'AI recorded against no AI recorded among comparable changes, with 95 % intervals; without a verdict.',
    ),
    ...table(['', ...outcomes.map((outcome) => outcomeNames[outcome])], rows),
  ]
}

function estimateOf(compared: Report['repositories'][number]['comparisons'][number] | undefined) {
  return compared?.estimate ? estimateText(compared.estimate) : NOT_SHOWN
}

function coverage({ coverage: recorded, excluded }: Report): Block[] {
  const left = excluded.map(({ label, changes }) => [label, countText(changes)])
  const leftOut = table(['Left out of both groups', 'Changes'], left)
  if (recorded === null) return leftOut
  const { window, changes, assistance, tiers } = recorded
  return [
    text(`Of ${countText(changes)} changes merged from ${windowText(window)}:`),
    ...table(
      ['', 'Share'],
      assistance.map(({ label, percent }) => [label, percentText(percent)]),
    ),
    ...table(
      ['By the strongest evidence', 'Share'],
      tiers.map(({ label, percent }) => [label, percentText(percent)]),
    ),
    ...leftOut,
  ]
}

function reverts({ reverts: rates }: Report): Block[] {
  return table(
    ['Reverts per 1,000, not adjusted', ...groups],
    rates.map(({ days, assisted, other }) => [
      `Within ${days} days of the merge`,
      shortValue(assisted, 'per-1000'),
      shortValue(other, 'per-1000'),
    ]),
  )
}

function merged({ merged: curve }: Report): Block[] {
  if (curve === null) return []
  const { hours, assisted, other } = curve
  const share = (side: readonly number[] | null, index: number) =>
    percentText(side?.[index] ?? null)
  return table(
    ['Merged since ready within', ...groups],
    hours.map((hour, index) => [
      figure(hour, 'hours'),
      share(assisted, index),
      share(other, index),
    ]),
  )
}

function weeks({ weeks: all }: Report): Block[] {
  return table(
    ['Week of', 'AI recorded', 'Half within', 'No AI recorded', 'Half within', 'AI share'],
    all.map(({ from, assisted, other, assistedPercent }) => [
      shortDayText(from),
      ...weekCells(assisted),
      ...weekCells(other),
      percentText(assistedPercent),
    ]),
  )
}

function weekCells(side: Report['weeks'][number]['assisted']): string[] {
  if (side === null) return [NOT_SHOWN, NOT_SHOWN]
  const { changes, median } = side
  return [countText(changes), median === null ? NOT_SHOWN : figure(median.value, 'hours')]
}

function sizes({ sizes: bands }: Report): Block[] {
  return table(
    ['Changed lines', ...groups],
    (bands ?? []).map(({ band, assistedPercent, otherPercent }) => [
      band,
      percentText(assistedPercent),
      percentText(otherPercent),
    ]),
  )
}

function definitions({ definitions: all }: Report): Block[] {
  return facts(
    all.map(({ term, text: words, more }) => ({ label: term, text: `${words} See ${more}` })),
  )
}

/** What produced the numbers, so that they can be made again. */
function madeOf({ method, registry, settings }: Report): string {
  const { people, changes, largestPersonPercent } = settings
  return `Method ${method}, registry ${registry}. A group is shown from ${people} people and ${changes} changes on, where nobody made more than ${figure(largestPersonPercent, 'percent')} of it.`
}
