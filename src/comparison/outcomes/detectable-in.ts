import { rules } from '../rules.ts'
import { detectableRatio } from '../statistics/detectable-difference.ts'
import { normalQuantile } from '../statistics/normal-distribution.ts'
import type { Estimate } from './estimate.ts'

/** The two smallest differences that would usually show, on the scale of the estimate. */
export interface Detectable {
  /** null: there would have to be less than none. */
  readonly low: number | null
  readonly high: number
}

/** The smallest difference that this much data would usually show; of shares by the width of the interval. */
export function detectableIn(estimate: Estimate): Detectable | null {
  const interval = estimate.interval(rules.confidence)
  if (interval === null) return null
  const { standardError, effectivePeople } = estimate.basis
  if (estimate.scale === 'ratio') {
    if (standardError === null) return null
    const ratio = detectableRatio(standardError, effectivePeople - 1, rules.confidence, rules.power)
    return Number.isFinite(ratio) ? { low: 1 / ratio, high: ratio } : null
  }
  const z = normalQuantile((1 + rules.confidence) / 2)
  const half = (((interval[1] - interval[0]) / 2) * (z + normalQuantile(rules.power))) / z
  if (estimate.other + half > 1) return null
  return { low: half > estimate.other ? null : -half, high: half }
}
