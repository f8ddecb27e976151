import { type Markup, markup } from '../html/markup.ts'
import type { Cohort } from './cohort.ts'
import { label, line, px } from './drawing.ts'

/** A number on a scale that may not reach it. */
export interface Clipped {
  /** Its place, or the end of the scale behind which it lies. */
  readonly at: number
  /** -1 and 1: it lies beyond the end with the smaller or the larger coordinate. */
  readonly beyond: -1 | 0 | 1
}

/** A position held inside a range of pixels (in either order). */
export function clip(position: number, range: readonly [number, number]): Clipped {
  const low = Math.min(...range)
  const high = Math.max(...range)
  if (position < low) return { at: low, beyond: -1 }
  if (position > high) return { at: high, beyond: 1 }
  return { at: position, beyond: 0 }
}

/** The groups differ by shape and fill, not by colour alone: a filled circle for AI recorded, a hollow diamond for the other. */
export function mark(cohort: Cohort, x: number, y: number, size = 5): Markup {
  if (cohort === 'assisted') {
    return markup`<circle class="mark assisted" cx="${px(x)}" cy="${px(y)}" r="${size}"/>`
  }
  const half = 1.25 * size
  return markup`<path class="mark other" d="M${px(x)} ${px(y - half)}L${px(x + half)} ${px(y)}L${px(x)} ${px(y + half)}L${px(x - half)} ${px(y)}Z"/>`
}

/**
 * An interval along x. An end beyond the scale has an arrow head instead of a stop; of an interval that lies wholly beyond it
 * only a short arrow is left.
 */
export function intervalAcross(kind: string, from: Clipped, to: Clipped, y: number): Markup {
  if (from.beyond !== 0 && from.beyond === to.beyond) {
    return markup`${line(kind, from.at - STEM * from.beyond, y, from.at, y)}${endAcross(kind, from, y)}`
  }
  return markup`${line(kind, from.at, y, to.at, y)}${endAcross(kind, from, y)}${endAcross(kind, to, y)}`
}

/** The same along y. */
export function intervalUpright(kind: string, from: Clipped, to: Clipped, x: number): Markup {
  if (from.beyond !== 0 && from.beyond === to.beyond) {
    return markup`${line(kind, x, from.at - STEM * from.beyond, x, from.at)}${endUpright(kind, from, x)}`
  }
  return markup`${line(kind, x, from.at, x, to.at)}${endUpright(kind, from, x)}${endUpright(kind, to, x)}`
}

/** Length of an arrow that stands for an interval out of sight. */
const STEM = 14

function endAcross(kind: string, { at, beyond }: Clipped, y: number): Markup {
  if (beyond === 0) return line(kind, at, y - 4, at, y + 4)
  return markup`<path class="${kind}" d="M${px(at - 5 * beyond)} ${px(y - 4)}L${px(at)} ${px(y)}L${px(at - 5 * beyond)} ${px(y + 4)}"/>`
}

function endUpright(kind: string, { at, beyond }: Clipped, x: number): Markup {
  if (beyond === 0) return line(kind, x - 4, at, x + 4, at)
  return markup`<path class="${kind}" d="M${px(x - 4)} ${px(at - 5 * beyond)}L${px(x)} ${px(at)}L${px(x + 4)} ${px(at - 5 * beyond)}"/>`
}

/** A key entry: the mark on a piece of its line, and the group's name. `y` is the middle of the text. */
export function keyEntry(cohort: Cohort, x: number, y: number, name: string): Markup {
  return markup`${line(`series ${cohort}`, x, y, x + 24, y)}${mark(cohort, x + 12, y, 4)}${label(x + 30, y + 4, name)}`
}
