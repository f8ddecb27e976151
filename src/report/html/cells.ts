import type { CohortValue, Estimate } from '../document/report-parts.ts'
import {
  middleText,
  NOT_SHOWN,
  rangeText,
  shortIntervalText,
  signed,
  type Unit,
} from '../text/figures.ts'
import { type Markup, markup } from './markup.ts'

/** A number in a table with its interval below it, in smaller type. */
export function valueCell(value: CohortValue | null | undefined, unit: Unit): Markup | string {
  if (value === null || value === undefined) return NOT_SHOWN
  return withRange(middleText(value, unit), rangeText(value, unit))
}

/** A difference in a table, with its interval below it. */
export function estimateCell(
  estimate: Estimate | null,
  instead: string = NOT_SHOWN,
): Markup | string {
  if (estimate === null) return instead
  return withRange(signed(estimate.value, estimate.unit), shortIntervalText(estimate))
}

function withRange(middle: string, range: string | null): Markup {
  return range === null
    ? markup`<span class="value">${middle}</span>`
    : markup`<span class="value">${middle}</span> <span class="range">${range}</span>`
}
