import { largest } from '../numbers/largest.ts'
import { byteAt, intAt } from '../numbers/number-at.ts'
import { rules } from '../rules.ts'
import { blocksIn, type Sample } from './sample.ts'

/** What decides which changes are of a kind. */
export type Kinds = Pick<Sample, 'window' | 'repository' | 'band' | 'block' | 'assisted'>

/**
 * How finely changes are told apart: 0 by repository, six sizes and four weeks; 1 with three sizes; 2 by repository and
 * three sizes, not adjusted for date.
 */
export type StrataLevel = 0 | 1 | 2

/** Changes sorted into strata at the finest level at which enough of them can be compared. */
export interface Strata {
  readonly level: StrataLevel
  /** Stratum of each change, numbered from 0. */
  readonly stratum: Int32Array
  /** Changes with AI recorded that share their stratum with one where none is. */
  readonly comparableAssisted: number
  readonly assisted: number
}

const sixSizes = Uint8Array.of(0, 1, 2, 3, 4, 5, 6)
/** Which of three sizes each band belongs to: up to 49, up to 499, and more changed lines. */
const threeSizes = Uint8Array.of(0, 0, 1, 1, 2, 2, 3)

/**
 * Takes the first level at which at least 80 % of the changes with AI recorded are comparable; if none is, the one with the
 * highest share, the finer of two. Looks at counts only, never at outcomes.
 */
export function chooseStrata(kinds: Kinds): Strata {
  let best = strataAt(0, kinds)
  for (const level of [1, 2] as const) {
    if (best.comparableAssisted >= rules.comparableShare * best.assisted) return best
    const coarser = strataAt(level, kinds)
    const isEnough = coarser.comparableAssisted >= rules.comparableShare * coarser.assisted
    if (isEnough || coarser.comparableAssisted > best.comparableAssisted) best = coarser
  }
  return best
}

function strataAt(level: StrataLevel, kinds: Kinds): Strata {
  const stratum = numberStrata(level, kinds)
  return { level, stratum, ...countComparable(stratum, kinds.assisted) }
}

function numberStrata(level: StrataLevel, { repository, band, block, window }: Kinds): Int32Array {
  const sizes = level === 0 ? sixSizes : threeSizes
  const sizeCount = level === 0 ? 7 : 4
  const blocks = level === 2 ? 1 : blocksIn(window)
  const stratum = new Int32Array(repository.length)
  for (let i = 0; i < stratum.length; i += 1) {
    const kind = intAt(repository, i) * sizeCount + byteAt(sizes, byteAt(band, i))
    stratum[i] = kind * blocks + (level === 2 ? 0 : byteAt(block, i))
  }
  return stratum
}

/** How many changes with AI recorded there are, and how many of them have a counterpart in their stratum. */
export function countComparable(
  stratum: Int32Array,
  assisted: Uint8Array,
): { readonly comparableAssisted: number; readonly assisted: number } {
  const counts = new Int32Array(2 * (largest(stratum) + 1))
  for (let i = 0; i < stratum.length; i += 1) {
    const cell = 2 * intAt(stratum, i) + byteAt(assisted, i)
    counts[cell] = intAt(counts, cell) + 1
  }
  let comparable = 0
  let all = 0
  for (let cell = 0; cell < counts.length; cell += 2) {
    all += intAt(counts, cell + 1)
    if (intAt(counts, cell) > 0) comparable += intAt(counts, cell + 1)
  }
  return { comparableAssisted: comparable, assisted: all }
}
