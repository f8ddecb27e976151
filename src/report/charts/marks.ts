import { type Markup, markup } from '../html/markup.ts'
import { type Cohort, cohortNames, cohorts } from '../text/cohorts.ts'
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
  if (cohort === 'aiRecorded') {
    return markup`<circle class="mark aiRecorded" cx="${px(x)}" cy="${px(y)}" r="${size}"/>`
  }
  const half = 1.25 * size
  return markup`<path class="mark noneRecorded" d="M${px(x)} ${px(y - half)}L${px(x + half)} ${px(y)}L${px(x)} ${px(y + half)}L${px(x - half)} ${px(y)}Z"/>`
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

/** Which marks and lines are whose. */
export function lineKey(): Markup[] {
  return cohorts.map((cohort, index) => {
    const x = KEY_ROOM * index
    return markup`${line(`series ${cohort}`, x, 8, x + 24, 8)}${mark(cohort, x + 12, 8, 4)}${label(x + 30, 12, cohortNames[cohort])}`
  })
}

/** Which bars are whose: the groups differ by fill and pattern. */
export function barKey(): Markup[] {
  return cohorts.map((cohort, index) => {
    const x = KEY_ROOM * index
    return markup`<rect class="bar ${cohort}" x="${x + 0.5}" y="1" width="22" height="13"/>${label(x + 30, 12, cohortNames[cohort])}`
  })
}

/** From the start of one entry of a key to that of the next. */
const KEY_ROOM = 150
