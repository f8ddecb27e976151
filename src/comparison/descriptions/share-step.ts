import { rules } from '../rules.ts'
import { normalQuantile } from '../statistics/normal-distribution.ts'
import type { DescribedWeek } from './describe-weeks.ts'

/** A week in which the share of AI recorded was quite another than the week before. */
export interface ShareStep {
  /** Monday 00:00 UTC of the later week. */
  readonly from: number
  readonly before: number
  readonly after: number
}

/**
 * The largest jump of the weekly share of AI recorded, if it is one: by at least 25 points, and by more than two weeks of the
 * same share would differ by chance in 1 of 1,000 (pooled z of two proportions). Such a jump is rather a new habit of
 * recording, or a mark that got lost, than another way of working. Only weeks that are shown are looked at.
 *
 * @param until only weeks before it are: later ones lack a repository, whose share may be another (`toldUntil`)
 * @example from 60 of 100 to 20 of 100: z = 0.4 / √(0.4 · 0.6 · (1/100 + 1/100)) = 5.8, above 3.29
 */
export function findShareStep(weeks: readonly DescribedWeek[], until: number): ShareStep | null {
  const steps = weeks.flatMap((week, index) => {
    const step = week.from < until ? stepBetween(weeks[index - 1], week) : null
    return step === null ? [] : [step]
  })
  const sizeOf = ({ before, after }: ShareStep) => Math.abs(after - before)
  return steps.reduce<ShareStep | null>(
    (largest, step) => (largest === null || sizeOf(step) > sizeOf(largest) ? step : largest),
    null,
  )
}

function stepBetween(one: DescribedWeek | undefined, next: DescribedWeek): ShareStep | null {
  const before = one?.assistedShare ?? null
  const after = next.assistedShare
  if (one === undefined || before === null || after === null) return null
  if (Math.abs(after - before) < rules.shareStep) return null
  const earlier = changesIn(one)
  const later = changesIn(next)
  const pooled = (before * earlier + after * later) / (earlier + later)
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / earlier + 1 / later))
  const critical = normalQuantile(1 - (1 - rules.shareStepConfidence) / 2)
  return Math.abs(after - before) > critical * error ? { from: next.from, before, after } : null
}

function changesIn({ assisted, other }: DescribedWeek): number {
  return (assisted?.changes ?? 0) + (other?.changes ?? 0)
}
