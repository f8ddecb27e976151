import { rules } from '../../src/comparison/index.ts'
import { Comparable } from '../../src/comparison/outcomes/comparable.ts'
import type { OutcomeKind } from '../../src/comparison/outcomes/estimate.ts'
import { millisecondsPerDay } from '../../src/comparison/table/windows.ts'
import type { Drawn } from './world.ts'

export type OutcomeName = 'time' | 'rounds' | 'reverts'

export const kinds = {
  time: 'log-hours',
  rounds: 'count',
  reverts: 'share',
} as const satisfies Record<OutcomeName, OutcomeKind>

/** What the product compares of a stretch of a world. */
export interface Stretch {
  readonly comparable: Comparable
  readonly outcomes: Readonly<Record<OutcomeName, Float64Array>>
}

const week = 7 * millisecondsPerDay
const blockWeeks = rules.blockDays / 7

/** The changes from one week on and before another, as the product selects them. */
export function stretchOf(drawn: Drawn, from: number, until: number): Stretch {
  const places = Int32Array.from(
    drawn.week.keys().filter((i) => isWithin(drawn.week[i], from, until)),
  )
  const floats = (column: Float64Array) => Float64Array.from(places, (i) => column[i] ?? 0)
  const ints = (column: Int32Array) => Int32Array.from(places, (i) => column[i] ?? 0)
  const bytes = (column: Uint8Array) => Uint8Array.from(places, (i) => column[i] ?? 0)
  return {
    comparable: new Comparable({
      window: { start: from * week, end: until * week },
      rows: places,
      repository: ints(drawn.repository),
      person: ints(drawn.person),
      band: bytes(drawn.band),
      block: Uint8Array.from(places, (i) => Math.floor(((drawn.week[i] ?? 0) - from) / blockWeeks)),
      assisted: bytes(drawn.assisted),
    }),
    outcomes: {
      time: floats(drawn.logHours),
      rounds: floats(drawn.rounds),
      reverts: floats(drawn.reverted),
    },
  }
}

function isWithin(week: number | undefined, from: number, until: number): boolean {
  return week !== undefined && week >= from && week < until
}
