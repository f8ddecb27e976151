import type { Markup } from '../html/markup.ts'
import { type Frame, tickLabel } from './drawing.ts'

/** Times that have a name of their own, in hours; those that matter most come first. */
const named: readonly (readonly [number, string])[] = [
  [24, '1 day'],
  [1, '1 h'],
  [168, '1 week'],
  [4, '4 h'],
  [720, '30 days'],
  [72, '3 days'],
  [12, '12 h'],
  [0.25, '15 min'],
  [336, '2 weeks'],
  [8760, '1 year'],
  [2160, '90 days'],
]

/** Room that a name needs, in pixels. */
const ROOM = 50

/**
 * Names of times below an axis of hours from `from` until `until`, as many as fit.
 *
 * @returns the places of the names, and the names drawn at `y`
 */
export function hoursAxis(
  [from, until]: readonly [number, number],
  position: (hours: number) => number,
  y: number,
  frame: Frame,
): { places: number[]; drawn: Markup[] } {
  const places: number[] = []
  const drawn: Markup[] = []
  for (const [hours, words] of named) {
    if (hours < from || hours > until) continue
    const at = position(hours)
    if (places.some((place) => Math.abs(place - at) < ROOM)) continue
    places.push(at)
    drawn.push(tickLabel(frame, at, y, words))
  }
  return { places, drawn }
}
