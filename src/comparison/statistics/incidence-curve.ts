import { byteAt, floatAt, intAt } from '../numbers/number-at.ts'

/** How long each change was open, how that ended, and whose it was. */
export interface Ended {
  readonly time: Float64Array
  /** 1: merged. 2: closed unmerged, after which it can no longer merge. 0: still open when last seen. */
  readonly cause: Uint8Array
  /** Numbered from 0 among these changes. */
  readonly person: Int32Array
  readonly people: number
}

/** The curve by its breaks, which are the times of losses and those asked for: an entry for each. */
export interface Curve {
  /** What one change counts that ends after the break before and not after this one. */
  readonly weight: Float64Array
  /** Shares by the break, and changes not lost until then. */
  readonly merged: Float64Array
  readonly closed: Float64Array
  readonly followed: Float64Array
  /** Changes still open at the break, before any are lost there. */
  readonly open: Float64Array
  /**
   * What is lost hands its weight on to those that stay open, so that each of these has a part in what the others merge later.
   * Summed over the losses before this break, one that stays lowers the share by `rising` times that share, less `fixed`.
   */
  readonly rising: Float64Array
  readonly fixed: Float64Array
}

/** @param slots for each change the first break that it does not outlast */
export function incidenceCurve(cause: Uint8Array, slots: Int32Array, breaks: number): Curve {
  const column = () => new Float64Array(breaks)
  const curve = {
    ...{ weight: column(), merged: column(), closed: column(), followed: column() },
    ...{ open: column(), rising: column(), fixed: column() },
  }
  const [merges, closes, lost] = [1, 2, 0].map((how) => countEnds(cause, slots, how, breaks))
  let [whole, open, followed] = [slots.length, slots.length, slots.length]
  let [rising, fixed] = [0, 0]
  // The shares by the last loss, and counts since: so long as nothing is lost, a share is exactly a quotient of counts.
  let past = { merged: 0, closed: 0 }
  let since = { merges: 0, closes: 0 }
  for (let slot = 0; slot < breaks; slot += 1) {
    since.merges += merges?.[slot] ?? 0
    since.closes += closes?.[slot] ?? 0
    const merged = past.merged + since.merges / whole
    const closed = past.closed + since.closes / whole
    open -= (merges?.[slot] ?? 0) + (closes?.[slot] ?? 0)
    const gone = lost?.[slot] ?? 0
    const left = open - gone
    followed -= gone
    curve.weight[slot] = 1 / whole
    curve.merged[slot] = merged
    curve.closed[slot] = closed
    curve.followed[slot] = followed
    curve.open[slot] = open
    curve.rising[slot] = rising
    curve.fixed[slot] = fixed
    if (gone > 0 && left > 0) {
      const taken = gone / (open * left)
      rising += taken
      fixed += taken * merged
      whole *= left / open
      past = { merged, closed }
      since = { merges: 0, closes: 0 }
    }
    open = left
  }
  return curve
}

/** How many changes ended in one way by each break and not by the one before; those that outlast all breaks are not counted. */
function countEnds(
  cause: Uint8Array,
  slots: Int32Array,
  how: number,
  breaks: number,
): Float64Array {
  const counts = new Float64Array(breaks)
  for (let i = 0; i < slots.length; i += 1) {
    const slot = intAt(slots, i)
    if (byteAt(cause, i) === how && slot < breaks) counts[slot] = floatAt(counts, slot) + 1
  }
  return counts
}

/** For each change the first break that it does not outlast. */
export function slotsOf(time: Float64Array, breaks: Float64Array): Int32Array {
  const slots = new Int32Array(time.length)
  for (let i = 0; i < slots.length; i += 1) slots[i] = firstFrom(breaks, floatAt(time, i))
  return slots
}

/** Index of the first of the sorted numbers that is not below one. */
export function firstFrom(sorted: Float64Array, one: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (floatAt(sorted, middle) < one) low = middle + 1
    else high = middle
  }
  return low
}
