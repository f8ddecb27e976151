import type { Report } from '../document/report-document.ts'
import type { Markup } from '../html/markup.ts'
import { sizeBandText } from '../text/size-band-text.ts'
import { cohortBars } from './cohort-bars.ts'
import type { Frame } from './drawing.ts'

/** How each group's changes spread over sizes: percent of the group in each band of changed lines. */
export function sizeMix(bands: NonNullable<Report['sizes']>['bands'], frame: Frame): Markup {
  return cohortBars(
    {
      title: 'Sizes of changes in each group',
      description:
        'For each band of changed lines two bars: the percentage of each group that it holds. All numbers are in the table below.',
      rows: bands.map(({ band, aiRecordedPercent, noneRecordedPercent }) => ({
        label: sizeBandText(band),
        bars: [
          { kind: 'aiRecorded', percent: aiRecordedPercent },
          { kind: 'noneRecorded', percent: noneRecordedPercent },
        ],
      })),
      full: Math.max(
        1,
        ...bands.flatMap((one) => [one.aiRecordedPercent, one.noneRecordedPercent]),
      ),
    },
    frame,
  )
}
