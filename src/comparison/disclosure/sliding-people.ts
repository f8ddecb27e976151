import { gatherInts } from '../strata/gather.ts'
import { floatAt, intAt } from '../strata/number-at.ts'
import { numberPeople } from '../strata/number-people.ts'
import { orderBy } from '../table/order-by.ts'
import { millisecondsPerDay } from '../table/windows.ts'
import { type GateThresholds, reaches } from './disclosure-gate.ts'

/** Changes in the order of the days of their clock, with the person of each. */
export interface DatedPeople {
  readonly day: Int32Array
  /** Numbered from 0 among these changes. */
  readonly person: Int32Array
  readonly people: number
}

/** Days since the epoch: from `start` on, before `end`. */
export interface Days {
  readonly start: number
  readonly end: number
}

/**
 * Puts changes in the order of their days. Every window starts and ends at midnight UTC, so that the day is enough.
 *
 * @param rows of a stretch of some months: for each of its days some room is taken
 */
export function dateChanges(time: Float64Array, person: Int32Array, rows: Int32Array): DatedPeople {
  const day = new Int32Array(rows.length)
  let first = Number.POSITIVE_INFINITY
  for (let i = 0; i < day.length; i += 1) {
    day[i] = Math.floor(floatAt(time, intAt(rows, i)) / millisecondsPerDay)
    first = Math.min(first, intAt(day, i))
  }
  const order = orderBy(sinceFirst(day, first))
  const numbered = numberPeople(gatherInts(person, rows))
  return {
    day: gatherInts(day, order),
    person: gatherInts(numbered.person, order),
    people: numbered.people,
  }
}

function sinceFirst(day: Int32Array, first: number): Int32Array {
  const since = new Int32Array(day.length)
  for (let i = 0; i < day.length; i += 1) since[i] = intAt(day, i) - first
  return since
}

/** Whether the changes of some days come from so many people, or there are none. */
export function areNoneOrMany({ day, person }: DatedPeople, days: Days, people: number): boolean {
  const first = firstFrom(day, days.start)
  const after = firstFrom(day, days.end)
  if (after <= first) return true
  const seen = new Set<number>()
  for (let i = first; i < after; i += 1) {
    seen.add(intAt(person, i))
    if (seen.size >= people) return true
  }
  return false
}

/** Index of the first change on that day or later. */
function firstFrom(day: Int32Array, from: number): number {
  let low = 0
  let high = day.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (intAt(day, middle) < from) low = middle + 1
    else high = middle
  }
  return low
}

/** The changes inside a window that only moves on: how many each person has, without counting again. */
export class SlidingPeople {
  readonly #dated: DatedPeople
  readonly #counts: Int32Array
  /** How many people have so many changes. */
  readonly #peopleWith: number[] = []
  #people = 0
  #first = 0
  #after = 0
  #most = 0

  constructor(dated: DatedPeople) {
    this.#dated = dated
    this.#counts = new Int32Array(dated.people)
  }

  /** Neither end may lie before where it was. */
  moveTo({ start, end }: Days): void {
    const { day } = this.#dated
    for (; this.#after < day.length && intAt(day, this.#after) < end; this.#after += 1) {
      this.#count(this.#after, 1)
    }
    for (; this.#first < this.#after && intAt(day, this.#first) < start; this.#first += 1) {
      this.#count(this.#first, -1)
    }
  }

  get isEmpty(): boolean {
    return this.#after === this.#first
  }

  isPublishable(thresholds: GateThresholds): boolean {
    const changes = this.#after - this.#first
    return reaches({ people: this.#people, changes, most: this.#most }, thresholds)
  }

  #count(index: number, by: 1 | -1): void {
    const person = intAt(this.#dated.person, index)
    const before = intAt(this.#counts, person)
    const now = before + by
    this.#counts[person] = now
    if (before === 0) this.#people += 1
    if (now === 0) this.#people -= 1
    this.#peopleWith[before] = (this.#peopleWith[before] ?? 0) - 1
    this.#peopleWith[now] = (this.#peopleWith[now] ?? 0) + 1
    if (by === 1) this.#most = Math.max(this.#most, now)
    else while (this.#most > 0 && (this.#peopleWith[this.#most] ?? 0) <= 0) this.#most -= 1
  }
}
