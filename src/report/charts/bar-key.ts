import { type Markup, markup } from '../html/markup.ts'
import { type Cohort, cohorts } from './cohort.ts'
import { label } from './drawing.ts'

/** Which bars are whose: the groups differ by fill and pattern. */
export function barKey(names: Record<Cohort, string>): Markup[] {
  return cohorts.map(
    (cohort, index) =>
      markup`<rect class="bar ${cohort}" x="${150 * index + 0.5}" y="1" width="22" height="13"/>${label(150 * index + 30, 12, names[cohort])}`,
  )
}
