import { cohortClocks } from '../document/cohort-clocks.ts'
import type { Report } from '../document/report-document.ts'
import { windowText } from '../text/dates.ts'
import { partTitles } from '../text/part-titles.ts'
import type { Markup } from './markup.ts'
import { measuresTable } from './measures-table.ts'
import { section } from './section.ts'

/** What would show that the numbers are bent, on purpose or not. */
export function integritySection({ integrity, cohorts }: Report): Markup | null {
  if (integrity === null) return null
  const { window, measures } = integrity
  return section(
    {
      id: 'integrity',
      title: partTitles.integrity,
      about: `Ways of working that move the numbers although the work is the same, of changes that ${cohortClocks[cohorts.clock]} ${windowText(window)}. Where the groups differ much here, read the statements with care.`,
    },
    measuresTable('Ways of working', measures),
  )
}
