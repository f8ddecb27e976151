import { rules } from '../rules.ts'

/** What may be said of a comparison; docs/method.md has the words. */
export type Verdict =
  | 'hidden'
  | 'too_few'
  | 'too_few_events'
  | 'similar'
  | 'no_clear_difference'
  | `${'' | 'leaning_'}${Direction}`
  | 'mixed'

export type Direction = 'lower' | 'higher'

export type Interval = readonly [lower: number, upper: number]

/** A comparison with all on which its verdict rests. Ratios: no difference is 1. Differences of shares: 0. */
export interface Comparison {
  /** Whether the privacy gate lets it be shown. */
  readonly publishable: boolean
  readonly scale: 'ratio' | 'difference'
  /** Comparable changes with AI recorded. */
  readonly assistedUsed: number
  readonly otherUsed: number
  readonly effectivePeople: number
  readonly largestShare: number
  readonly interval95: Interval | null
  readonly interval99: Interval | null
  /** Which way last week's 99 % interval pointed; null: neither, or there was none. */
  readonly lastWeek: Direction | null
  /** The 95 % interval among the same people; null where too few work both ways. */
  readonly samePeople: Interval | null
  /** Events in comparable changes, for differences of shares. */
  readonly events?: number
  /** Half-width within which risks are "about the same"; half a point unless told. */
  readonly sameRisk?: number
}

/** The verdict: the first of the method's rules that applies (docs/method.md, From numbers to words). */
export function judge(comparison: Comparison): Verdict {
  const { interval95, interval99, scale } = comparison
  if (!comparison.publishable) return 'hidden'
  if (isTooLittle(comparison) || interval95 === null || !interval95.every(Number.isFinite)) {
    return 'too_few'
  }
  if (scale === 'difference' && (comparison.events ?? 0) < rules.minimumEvents) {
    return 'too_few_events'
  }
  const marks = marksOf(comparison)
  if (interval95[0] < marks.wide[0] && interval95[1] > marks.wide[1]) return 'too_few'
  if (interval95[0] >= marks.same[0] && interval95[1] <= marks.same[1]) return 'similar'
  const sure = interval99 === null ? null : directionOf(interval99, marks.none)
  if (sure !== null) return confirm(sure, comparison, marks.none)
  const likely = directionOf(interval95, marks.none)
  return likely === null ? 'no_clear_difference' : `leaning_${likely}`
}

/** Which side of "no difference" an interval lies on; null where it includes it. */
export function directionOf([lower, upper]: Interval, none: number): Direction | null {
  if (upper < none) return 'lower'
  return lower > none ? 'higher' : null
}

/** Whether an answer rests on too little to be told at all, however wide its interval. */
export function isTooLittle(
  comparison: Pick<Comparison, 'assistedUsed' | 'otherUsed' | 'effectivePeople' | 'largestShare'>,
): boolean {
  return (
    comparison.assistedUsed < rules.comparableChanges ||
    comparison.otherUsed < rules.comparableChanges ||
    // Written so that a number that does not exist is too few as well.
    !(comparison.effectivePeople >= rules.effectivePeople) ||
    !(comparison.largestShare <= rules.largestPersonShare)
  )
}

/** A clear statement needs the same people and two weeks running; the same people on the other side make it mixed. */
function confirm(sure: Direction, { samePeople, lastWeek }: Comparison, none: number): Verdict {
  const same = samePeople === null ? null : directionOf(samePeople, none)
  if (same !== null && same !== sure) return 'mixed'
  return same === sure && lastWeek === sure ? sure : `leaning_${sure}`
}

function marksOf({ scale, sameRisk = rules.sameRisk }: Comparison): {
  readonly none: number
  readonly wide: Interval
  readonly same: Interval
} {
  return scale === 'ratio'
    ? {
        none: 1,
        wide: [1 / rules.wideRatio, rules.wideRatio],
        same: [1 / rules.sameRatio, rules.sameRatio],
      }
    : { none: 0, wide: [-rules.wideRisk, rules.wideRisk], same: [-sameRisk, sameRisk] }
}
