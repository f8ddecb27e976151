import type { Report } from '../report-document.ts'
import type { Markup } from './markup.ts'
import { measuresTable } from './measures-table.ts'
import { section } from './section.ts'

/** What would show that the numbers are bent, on purpose or not. */
export function integritySection({ integrity }: Report): Markup | null {
  if (integrity.length === 0) return null
  return section(
    {
      id: 'integrity',
      title: 'Could the numbers be bent?',
      about:
        'Habits that would move the numbers without the work being any different. Where the groups differ much here, read the statements with care.',
    },
    measuresTable('Signal integrity', integrity),
  )
}
