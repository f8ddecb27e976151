import { normalQuantile } from './normal-distribution.ts'
import type { Difference } from './share-difference.ts'

/** Events among a number of changes. */
export interface Events {
  readonly events: number
  readonly changes: number
}

/**
 * Score interval of the difference of two shares, not adjusted for anything (Miettinen & Nurminen 1985, Stat Med 4:213):
 * the differences that a score test with restricted maximum likelihood and the variance factor N/(N − 1) would not reject.
 *
 * @example miettinenNurminen({ events: 56, changes: 70 }, { events: 48, changes: 80 }, 0.95) // 0.2 (0.0528 to 0.3382)
 */
export function miettinenNurminen(one: Events, other: Events, confidence: number): Difference {
  const limit = normalQuantile(1 - (1 - confidence) / 2) ** 2
  const difference = one.events / one.changes - other.events / other.changes
  const isRejected = (tried: number) => scoreStatistic(one, other, tried) > limit
  return {
    difference,
    lower: difference > -1 ? boundary(difference, -1, isRejected) : -1,
    upper: difference < 1 ? boundary(difference, 1, isRejected) : 1,
  }
}

/** Squared distance between the observed and the tried difference, in standard errors under the tried one. */
function scoreStatistic(one: Events, other: Events, tried: number): number {
  const total = one.changes + other.changes
  const p0 = restrictedShare(one, other, tried)
  const p1 = p0 + tried
  const variance =
    (((p1 * (1 - p1)) / one.changes + (p0 * (1 - p0)) / other.changes) * total) / (total - 1)
  const distance = (one.events / one.changes - other.events / other.changes - tried) ** 2
  if (variance <= 0) return distance < 1e-300 ? 0 : Number.POSITIVE_INFINITY
  return distance / variance
}

/**
 * The likeliest share of `other` if the difference were the tried one: the root of the cubic in appendix I of the paper, by
 * its trigonometric solution.
 */
function restrictedShare(one: Events, other: Events, tried: number): number {
  const { events: x1, changes: n1 } = one
  const { events: x0, changes: n0 } = other
  const l3 = n1 + n0
  const l2 = (n1 + 2 * n0) * tried - l3 - (x1 + x0)
  const l1 = (n0 * tried - l3 - 2 * x0) * tried + x1 + x0
  const l0 = x0 * tried * (1 - tried)
  const centre = l2 / (3 * l3)
  const q = centre ** 3 - (l1 * l2) / (6 * l3 ** 2) + l0 / (2 * l3)
  const p = Math.sqrt(Math.max(0, centre ** 2 - l1 / (3 * l3))) * (q >= 0 ? 1 : -1)
  const angle = p === 0 ? 0 : (Math.PI + Math.acos(clamp(q / p ** 3, -1, 1))) / 3
  return clamp(2 * p * Math.cos(angle) - centre, Math.max(0, -tried), Math.min(1, 1 - tried))
}

/** Halves the way between an accepted and a rejected value until there is nothing between them. */
function boundary(accepted: number, end: number, isRejected: (value: number) => boolean): number {
  let inside = accepted
  let outside = end
  for (let step = 0; step < 100; step += 1) {
    const middle = (inside + outside) / 2
    if (isRejected(middle)) outside = middle
    else inside = middle
  }
  return (inside + outside) / 2
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high)
}
