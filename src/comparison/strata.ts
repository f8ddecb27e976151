import { sizeBands } from '../delivery/index.ts'
import { at } from './layout.ts'
import { millisecondsPerDay, type Span } from './windows.ts'

/** What decides which changes are of a kind. One entry per change, in any order. */
export interface Kinds {
  /** Numbered from 0. */
  readonly repository: Int32Array
  /** Index of its size band. */
  readonly band: Uint8Array
  /** When the clock started, milliseconds since the epoch, inside the window. */
  readonly start: Float64Array
  /** 1: AI recorded. */
  readonly assisted: Uint8Array
}

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

/** The six size bands of a change; about 90 % of the bias by size goes with them (Cochran 1968, Biometrics 24:295). */
export const sizeBandCount = sizeBands.length
/** Which of three sizes each of the six bands belongs to: up to 49, up to 499, and more changed lines. */
const threeSizes = [0, 0, 1, 1, 2, 2] as const
/** Share of the changes with AI recorded that must be comparable before a coarser level is not tried. */
const enough = 0.8
const blockDays = 28

/**
 * Takes the first level at which at least 80 % of the changes with AI recorded are comparable; if none is, the one with the
 * highest share, the finer of two. Looks at counts only, never at outcomes.
 */
export function chooseStrata(kinds: Kinds, window: Span): Strata {
  let best: Strata | undefined
  for (const level of [0, 1, 2] as const) {
    const strata = strataAt(level, kinds, window)
    if (strata.comparableAssisted >= enough * strata.assisted) return strata
    if (best === undefined || strata.comparableAssisted > best.comparableAssisted) best = strata
  }
  return best as Strata
}

function strataAt(level: StrataLevel, kinds: Kinds, window: Span): Strata {
  const sizes = level === 0 ? sizeBandCount : 3
  const sizeOf = (band: number) => (level === 0 ? band : (threeSizes[band] ?? 2))
  const blockLength = blockDays * millisecondsPerDay
  const blocks = level === 2 ? 1 : Math.ceil((window.end - window.start) / blockLength)
  const stratum = kinds.repository.map((repository, i) => {
    const block = level === 2 ? 0 : Math.floor((at(kinds.start, i) - window.start) / blockLength)
    return (repository * sizes + sizeOf(at(kinds.band, i))) * blocks + block
  })
  return { level, stratum, ...countComparable(stratum, kinds.assisted) }
}

/** How many changes with AI recorded there are, and how many of them have a counterpart in their stratum. */
export function countComparable(
  stratum: Int32Array,
  assisted: Uint8Array,
): { readonly comparableAssisted: number; readonly assisted: number } {
  const counts = new Float64Array(2 * (stratum.reduce((most, one) => Math.max(most, one), -1) + 1))
  for (let i = 0; i < stratum.length; i += 1) {
    const cell = 2 * at(stratum, i) + at(assisted, i)
    counts[cell] = at(counts, cell) + 1
  }
  let comparable = 0
  let all = 0
  for (let cell = 0; cell < counts.length; cell += 2) {
    all += at(counts, cell + 1)
    if (at(counts, cell) > 0) comparable += at(counts, cell + 1)
  }
  return { comparableAssisted: comparable, assisted: all }
}
