import type { Report } from '../document/report-document.ts'
import type { Markup } from '../html/markup.ts'
import { drawing, type Frame, label } from './drawing.ts'
import { type BarRow, barsLeft, horizontalBars } from './horizontal-bars.ts'

const TOP = 28
const BETWEEN = 54

/**
 * What merged changes record of AI use, and the strongest evidence for it, in percent of all of them; and the tools, in percent
 * of those with AI recorded.
 */
export function evidenceCoverage(
  {
    assistance,
    tiers,
    tools,
  }: Pick<NonNullable<Report['coverage']>, 'assistance' | 'tiers' | 'tools'>,
  frame: Frame,
): Markup {
  const recordedRows = assistance.map(row)
  const tierRows = tiers.map(row)
  const toolRows = tools.map(row)
  const left = barsLeft([...recordedRows, ...tierRows, ...toolRows], frame)
  const recorded = horizontalBars(recordedRows, TOP, 100, left, frame)
  const below = TOP + recorded.height + BETWEEN
  const byTier = horizontalBars(tierRows, below, 100, left, frame)
  const last = below + byTier.height + BETWEEN
  const byTool = tools.length === 0 ? null : horizontalBars(toolRows, last, 100, left, frame)
  return drawing(
    frame,
    {
      title: 'What changes record of AI use, and by what evidence',
      description:
        byTool === null
          ? 'Two groups of bars, each the percentage of all merged changes: what was recorded, and the strongest evidence found. All numbers are in the tables below.'
          : 'Three groups of bars: what was recorded and the strongest evidence found, as percentages of all merged changes, and the tools, as percentages of those with AI recorded. All numbers are in the tables below.',
      height: (byTool === null ? below + byTier.height : last + byTool.height) + 6,
    },
    [
      label(0, 12, 'What was recorded', { kind: 'strong' }),
      recorded.drawn,
      label(0, below - 16, 'Strongest evidence', { kind: 'strong' }),
      byTier.drawn,
      ...(byTool === null
        ? []
        : [
            label(0, last - 16, 'Tools, of those with AI recorded', { kind: 'strong' }),
            byTool.drawn,
          ]),
    ],
  )
}

function row({ label, percent }: { label: string; percent: number | null }): BarRow {
  return { label, bars: [{ kind: 'all', percent }] }
}
