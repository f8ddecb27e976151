import { cohortClocks } from '../document/cohort-clocks.ts'
import type { Report } from '../document/report-document.ts'
import type { CohortValue, Count } from '../document/report-parts.ts'
import { visibleText } from '../visible-text.ts'
import { comparisonSection, explainedComparison, measureTable } from './comparison-section.ts'
import { dayText, hoursText, shortDayText, windowText } from './dates.ts'
import { estimateText } from './estimate-text.ts'
import { countText, figure, NOT_SHOWN, peopleText, percentText, valueText } from './figures.ts'
import { type Block, facts, list, type Section, section, table, text } from './report-section.ts'
import { sizeBandText } from './size-band-text.ts'
import { sourceNames } from './source-names.ts'
import { spansText } from './spans-text.ts'

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
      ...section('How sure this is', read(report.readings.differences)),
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
      ...section('What else moves the numbers', integrity(report)),
      ...section('Definitions', definitions(report)),
    ],
    footer: [...report.notes, madeOf(report)],
  }
}

/** What a part shows, where it shows anything. */
function read(reading: string | null): Block[] {
  return reading === null ? [] : [text(reading)]
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

function cohortTable({ assisted, other, window, clock }: Report['cohorts']): Block[] {
  if (assisted === null && other === null) return []
  const row = (side: typeof assisted, group: string) =>
    side === null
      ? [group, NOT_SHOWN, NOT_SHOWN]
      : [group, countText(side.changes), side.people === null ? NOT_SHOWN : peopleText(side.people)]
  const which = `Changes that ${cohortClocks[clock]} ${windowText(window)}`
  return table([which, 'Changes', 'People'], [row(assisted, groups[0]), row(other, groups[1])])
}

function funnel({ funnel: shipped, readings }: Report): Block[] {
  if (shipped === null) return []
  const { assisted, other } = shipped
  const row = (label: string, side: (one: NonNullable<typeof assisted>) => string) => [
    label,
    assisted === null ? NOT_SHOWN : side(assisted),
    other === null ? NOT_SHOWN : side(other),
  ]
  return [
    ...read(readings.funnel),
    ...table(
      ['', ...groups],
      [
        row('Ready', ({ ready }) => countText(ready)),
        row('Merged within 30 days', (side) => valueText(side.merged, 'percent')),
        row('Not reverted within 30 more', ({ surviving }) => valueText(surviving, 'percent')),
      ],
    ),
  ]
}

function quantiles({ quantiles: all, readings }: Report): Block[] {
  if (all.length === 0) return []
  return [
    text(`As they are: not adjusted for anything, and without a verdict. ${spansText(all)}`),
    ...read(readings.durations),
    ...all.flatMap(({ label, assisted, other }) => {
      const row = (name: string, cell: (side: NonNullable<typeof assisted>) => string) => [
        name,
        ...[assisted, other].map((side) => (side === null ? NOT_SHOWN : cell(side))),
      ]
      const hours = (value: CohortValue | null) =>
        value === null ? 'too few' : valueText(value, 'hours')
      return table(
        [label, ...groups],
        [
          row('Changes', ({ changes }) => countText(changes)),
          row('Half within', ({ median }) => hours(median)),
          row('3 in 4 within', ({ p75 }) => hours(p75)),
          row('9 in 10 within', ({ p90 }) => hours(p90)),
        ],
      )
    }),
  ]
}

function repositories({ repositories: all, comparisons: outcomes }: Report): Block[] {
  const rows = all.map(({ name, comparisons }) => [
    visibleText(name),
    ...outcomes.map(({ outcome }) =>
      estimateOf(comparisons.find((one) => one.outcome === outcome)),
    ),
  ])
  if (rows.length === 0) return []
  return [
    text(
      'AI recorded against no AI recorded among comparable changes, with 95 % intervals; without a verdict.',
    ),
    ...table(['', ...outcomes.map(({ title }) => title)], rows),
  ]
}

function estimateOf(compared: Report['repositories'][number]['comparisons'][number] | undefined) {
  return compared?.estimate ? estimateText(compared.estimate) : NOT_SHOWN
}

function coverage({ coverage: recorded, excluded, readings }: Report): Block[] {
  const left = excluded.map(({ label, changes }) => [label, countText(changes)])
  const leftOut = table(['Left out of both groups', 'Changes'], left)
  if (recorded === null) return leftOut
  const { assistance, tiers } = recorded
  return [
    ...read(readings.coverage),
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

function reverts({ reverts: told, readings }: Report): Block[] {
  if (told === null) return []
  const { changes, window, rates } = told
  return [
    ...read(readings.reverts),
    text(`${countsText(changes)}, merged ${windowText(window)}.`),
    ...table(
      ['Reverts per 1,000, not adjusted', ...groups],
      rates.map(({ days, assisted, other }) => [
        `Within ${days} days of the merge`,
        valueText(assisted, 'per-1000'),
        valueText(other, 'per-1000'),
      ]),
    ),
  ]
}

/** How many changes stand behind a table. */
function countsText({ assisted, other }: NonNullable<Report['sizes']>['changes']): string {
  const count = (changes: Count) => (changes === null ? NOT_SHOWN : countText(changes))
  return `Changes: ${count(assisted)} with AI recorded, ${count(other)} with no AI recorded`
}

function merged({ merged: curve, readings }: Report): Block[] {
  if (curve === null) return []
  const { changes, window, hours, assisted, other } = curve
  const share = (side: readonly number[] | null, index: number) =>
    percentText(side?.[index] ?? null)
  return [
    ...read(readings.merged),
    text(`${countsText(changes)}, ready ${windowText(window)}.`),
    ...table(
      ['Merged since ready within', ...groups],
      hours.map((hour, index) => [hoursText(hour), share(assisted, index), share(other, index)]),
    ),
  ]
}

function weeks({ weeks: all, readings }: Report): Block[] {
  return [
    ...read(readings.weeks),
    ...table(
      ['Week of', 'With AI', 'Half within', 'With none', 'Half within', 'AI share'],
      all.map(({ from, assisted, other, assistedPercent }) => [
        shortDayText(from),
        ...weekCells(assisted),
        ...weekCells(other),
        percentText(assistedPercent),
      ]),
    ),
  ]
}

function weekCells(side: Report['weeks'][number]['assisted']): string[] {
  if (side === null) return [NOT_SHOWN, NOT_SHOWN]
  const { changes, median } = side
  return [countText(changes), valueText(median, 'hours')]
}

function sizes({ sizes: mix, cohorts, readings }: Report): Block[] {
  if (mix === null) return []
  const { changes, window, bands } = mix
  return [
    ...read(readings.sizes),
    text(`${countsText(changes)}, ${cohorts.clock} ${windowText(window)}.`),
    ...table(
      ['Size', ...groups],
      bands.map(({ band, assistedPercent, otherPercent }) => [
        sizeBandText(band),
        percentText(assistedPercent),
        percentText(otherPercent),
      ]),
    ),
  ]
}

function integrity({ integrity: told, cohorts }: Report): Block[] {
  if (told === null) return []
  const { window, measures } = told
  return [
    text(`Of changes that ${cohortClocks[cohorts.clock]} ${windowText(window)}:`),
    ...measureTable(measures),
  ]
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
