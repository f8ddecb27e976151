import { line } from '../charts/drawing.ts'
import { mark } from '../charts/marks.ts'
import type { Cohort } from '../text/cohorts.ts'
import { type Markup, markup } from './markup.ts'

/** A group's mark and line beside its name, which says the same to screen readers. */
export function cohortKey(cohort: Cohort): Markup {
  return markup`<svg class="key" viewBox="0 0 32 16" width="32" height="16" aria-hidden="true">${line(`series ${cohort}`, 1, 8, 31, 8)}${mark(cohort, 16, 8, 5)}</svg>`
}
