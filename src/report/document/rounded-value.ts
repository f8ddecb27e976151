import type { DescribedValue, Span } from '../../comparison/index.ts'
import type { CohortValue, Window } from './report-parts.ts'
import { isoDay } from './times.ts'

/** How a number is printed. */
type Rounding = (value: number) => number

/** A value with its limits, rounded. */
export function roundValue({ value, lower, upper }: DescribedValue, round: Rounding): CohortValue {
  return {
    value: round(value),
    low: lower === null ? null : round(lower),
    high: upper === null ? null : round(upper),
  }
}

/** The days of a span; it ends at a midnight. */
export function windowPart({ start, end }: Span): Window {
  return { from: isoDay(start), until: isoDay(end) }
}
