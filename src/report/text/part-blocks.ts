import { cohortClocks } from '../document/cohort-clocks.ts'
import type { Report } from '../document/report-document.ts'
import type { CohortValue, Count } from '../document/report-parts.ts'
import { visibleText } from '../visible-text.ts'
import { cohortHeadings } from './cohorts.ts'
import { measureTable } from './comparison-section.ts'
import { hoursText, shortDayText, windowText } from './dates.ts'
import { estimateText } from './estimate-text.ts'
import { countText, NOT_SHOWN, percentText, valueText } from './figures.ts'
import { notCompared } from './not-compared.ts'
import { type Block, facts, list, table, text } from './report-section.ts'
import { answeredText, noOwnerHasAnswered } from './self-audit-text.ts'
import { sizeBandText } from './size-band-text.ts'
import { spansText } from './spans-text.ts'
import { surerFacts, surerTitle } from './surer-facts.ts'
import { weekWords } from './week-words.ts'

/** What a part shows, where it shows anything. */
function read(reading: string | null): Block[] {
  return reading === null ? [] : [text(reading)]
}

export function differences({ readings, comparisons }: Report): Block[] {
  const surer = surerFacts(comparisons)
  return [
    ...read(readings.differences),
    ...(surer.length === 0 ? [] : [text(`${surerTitle}:`), ...facts(surer)]),
  ]
}

export function funnel({ funnel: shipped, readings }: Report): Block[] {
  if (shipped === null) return []
  const { aiRecorded, noneRecorded } = shipped
  const row = (label: string, side: (one: NonNullable<typeof aiRecorded>) => string) => [
    label,
    aiRecorded === null ? NOT_SHOWN : side(aiRecorded),
    noneRecorded === null ? NOT_SHOWN : side(noneRecorded),
  ]
  return [
    ...read(readings.funnel),
    ...table(
      ['', ...cohortHeadings],
      [
        row('Ready', ({ ready }) => countText(ready)),
        row('Merged within 30 days', (side) => valueText(side.merged, 'percent')),
        row('Not reverted within 30 more', ({ surviving }) => valueText(surviving, 'percent')),
      ],
    ),
  ]
}

export function durations({ quantiles: all, readings }: Report): Block[] {
  if (all.length === 0) return []
  return [
    text(`${notCompared} ${spansText(all)}`),
    ...read(readings.durations),
    ...all.flatMap(({ label, aiRecorded, noneRecorded }) => {
      const row = (name: string, cell: (side: NonNullable<typeof aiRecorded>) => string) => [
        name,
        ...[aiRecorded, noneRecorded].map((side) => (side === null ? NOT_SHOWN : cell(side))),
      ]
      const hours = (value: CohortValue | null) =>
        value === null ? 'too few' : valueText(value, 'hours')
      return table(
        [label, ...cohortHeadings],
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

export function repositories({
  repositories: all,
  comparisons: outcomes,
  readings,
}: Report): Block[] {
  const rows = all.map(({ name, comparisons }) => [
    visibleText(name),
    ...outcomes.map(({ outcome }) =>
      estimateOf(comparisons.find((one) => one.outcome === outcome)),
    ),
  ])
  return [
    ...read(readings.repositories),
    ...(rows.length === 0
      ? []
      : [
          text(
            'AI recorded against no AI recorded among comparable changes, with 95 % intervals; without a verdict.',
          ),
        ]),
    ...table(['', ...outcomes.map(({ title }) => title)], rows),
  ]
}

function estimateOf(compared: Report['repositories'][number]['comparisons'][number] | undefined) {
  return compared?.estimate ? estimateText(compared.estimate) : NOT_SHOWN
}

export function coverage({ coverage: recorded, readings }: Report): Block[] {
  if (recorded === null) return []
  const { assistance, tiers, tools } = recorded
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
    ...table(
      ['By the tool, of those with AI recorded', 'Share'],
      tools.map(({ label, percent }) => [label, percentText(percent)]),
    ),
  ]
}

export function reverts({ reverts: told, readings }: Report): Block[] {
  if (told === null) return []
  const { changes, window, rates } = told
  return [
    ...read(readings.reverts),
    text(`${countsText(changes)}, merged ${windowText(window)}.`),
    ...table(
      ['Reverts per 1,000, not adjusted', ...cohortHeadings],
      rates.map(({ days, aiRecorded, noneRecorded }) => [
        `Within ${days} days of the merge`,
        valueText(aiRecorded, 'per-1000'),
        valueText(noneRecorded, 'per-1000'),
      ]),
    ),
  ]
}

/** How many changes stand behind a table. */
function countsText({ aiRecorded, noneRecorded }: NonNullable<Report['sizes']>['changes']): string {
  const count = (changes: Count) => (changes === null ? NOT_SHOWN : countText(changes))
  return `Changes: ${count(aiRecorded)} with AI recorded, ${count(noneRecorded)} with no AI recorded`
}

export function merged({ merged: curve, readings }: Report): Block[] {
  if (curve === null) return []
  const { changes, window, hours, aiRecorded, noneRecorded } = curve
  const share = (side: readonly CohortValue[] | null, index: number) =>
    valueText(side?.[index] ?? null, 'percent')
  return [
    ...read(readings.merged),
    text(`${countsText(changes)}, ready ${windowText(window)}.`),
    ...table(
      ['Merged since ready within', ...cohortHeadings],
      hours.map((hour, index) => [
        hoursText(hour),
        share(aiRecorded, index),
        share(noneRecorded, index),
      ]),
    ),
  ]
}

export function weeks({ weeks: all, cohorts, readings }: Report): Block[] {
  if (all.length === 0) return []
  return [
    ...read(readings.weeks),
    text(`${weekWords[cohorts.clock]} Not adjusted.`),
    ...table(
      ['Week of', 'With AI', 'Half within', 'With none', 'Half within', 'AI share'],
      all.map(({ from, aiRecorded, noneRecorded, aiRecordedPercent }) => [
        shortDayText(from),
        ...weekCells(aiRecorded),
        ...weekCells(noneRecorded),
        percentText(aiRecordedPercent),
      ]),
    ),
  ]
}

function weekCells(side: Report['weeks'][number]['aiRecorded']): string[] {
  if (side === null) return [NOT_SHOWN, NOT_SHOWN]
  const { changes, median } = side
  return [countText(changes), valueText(median, 'hours')]
}

export function sizes({ sizes: mix, cohorts, readings }: Report): Block[] {
  if (mix === null) return []
  const { changes, window, bands } = mix
  return [
    ...read(readings.sizes),
    text(`${countsText(changes)}, ${cohorts.clock} ${windowText(window)}.`),
    ...table(
      ['Size', ...cohortHeadings],
      bands.map(({ band, aiRecordedPercent, noneRecordedPercent }) => [
        sizeBandText(band),
        percentText(aiRecordedPercent),
        percentText(noneRecordedPercent),
      ]),
    ),
  ]
}

export function integrity({ integrity: told, cohorts }: Report): Block[] {
  if (told === null) return []
  const { window, measures } = told
  return [
    text(`Of changes that ${cohortClocks[cohorts.clock]} ${windowText(window)}:`),
    ...measureTable(measures),
  ]
}

export function limits({ warnings, excluded }: Report): Block[] {
  return [
    ...list(warnings.map((warning) => warning.text)),
    ...table(
      ['Left out of both groups', 'Changes'],
      excluded.map(({ label, changes }) => [label, countText(changes)]),
    ),
  ]
}

/** Only an account of the App has owners who could answer. */
export function selfAudit({ selfAudit: told }: Report): Block[] {
  if (told === undefined) return []
  if (told === null) return [text(noOwnerHasAnswered)]
  return [
    ...list(told.answers.map(({ question, answer }) => `${question} ${answer}`)),
    text(answeredText(told)),
  ]
}

export function definitions({ definitions: all }: Report): Block[] {
  return facts(
    all.map(({ term, text: words, more }) => ({ label: term, text: `${words} See ${more}` })),
  )
}
