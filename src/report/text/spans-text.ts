import { plainList } from '../document/plain-list.ts'
import type { Report } from '../document/report-document.ts'
import { windowText } from './dates.ts'

/** Which changes the durations are of: most are of those that became ready, one of those that were merged. */
export function spansText(quantiles: Report['quantiles']): string {
  const byWindow = Map.groupBy(quantiles, ({ window }) => windowText(window))
  return [...byWindow]
    .map(([days, some]) => `${plainList(some.map(({ label }) => label))}: changes ${days}.`)
    .join(' ')
}
