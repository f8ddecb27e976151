import { at } from '../strata/layout.ts'
import { millisecondsPerDay } from '../table/windows.ts'
import { type GateThresholds, reaches } from './disclosure-gate.ts'

/** Changes in the order of the days of their clock, with the person of each. */
export interface DatedPeople {
  readonly day: Float64Array
  readonly person: Int32Array
}

/** Days since the epoch: from `start` on, before `end`. */
export interface Days {
  readonly start: number
  readonly end: number
}

/** Puts changes in the order of their days. Every window starts and ends at midnight UTC, so that the day is enough. */
export function dateChanges(time: Float64Array, person: Int32Array, rows: Int32Array): DatedPeople {
  const dayOf = (row: number) => Math.floor(at(time, row) / millisecondsPerDay)
  const counts = new Map<number, number>()
  for (const row of rows) counts.set(dayOf(row), (counts.get(dayOf(row)) ?? 0) + 1)
  const free = new Map<number, number>()
  const day = new Float64Array(rows.length)
  let next = 0
  for (const one of [...counts.keys()].sort((first, second) => first - second)) {
    free.set(one, next)
    day.fill(one, next, next + (counts.get(one) ?? 0))
    next += counts.get(one) ?? 0
  }
  const people = new Int32Array(rows.length)
  for (const row of rows) {
    const place = free.get(dayOf(row)) ?? 0
    free.set(dayOf(row), place + 1)
    people[place] = at(person, row)
  }
  return { day, person: people }
}

/** Whether the changes of some days come from so many people, or there are none. */
export function areNoneOrMany({ day, person }: DatedPeople, days: Days, people: number): boolean {
  const first = firstFrom(day, days.start)
  const after = firstFrom(day, days.end)
  if (after <= first) return true
  const seen = new Set<number>()
  for (let i = first; i < after; i += 1) {
    seen.add(at(person, i))
    if (seen.size >= people) return true
  }
  return false
}

/** Index of the first change on that day or later. */
function firstFrom(day: Float64Array, from: number): number {
  let low = 0
  let high = day.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (at(day, middle) < from) low = middle + 1
    else high = middle
  }
  return low
}

/** The changes inside a window that only moves on: how many each person has, without counting again. */
export class SlidingPeople {
  readonly #dated: DatedPeople
  readonly #counts = new Map<number, number>()
  /** How many people have so many changes. */
  readonly #peopleWith: number[] = []
  #first = 0
  #after = 0
  #most = 0

  constructor(dated: DatedPeople) {
    this.#dated = dated
  }

  /** Neither end may lie before where it was. */
  moveTo({ start, end }: Days): void {
    const { day } = this.#dated
    for (; this.#after < day.length && at(day, this.#after) < end; this.#after += 1) {
      this.#count(this.#after, 1)
    }
    for (; this.#first < this.#after && at(day, this.#first) < start; this.#first += 1) {
      this.#count(this.#first, -1)
    }
  }

  isPublishable(thresholds: GateThresholds): boolean {
    const changes = this.#after - this.#first
    return reaches({ people: this.#counts.size, changes, most: this.#most }, thresholds)
  }

  #count(index: number, by: 1 | -1): void {
    const person = at(this.#dated.person, index)
    const before = this.#counts.get(person) ?? 0
    const now = before + by
    if (now === 0) this.#counts.delete(person)
    else this.#counts.set(person, now)
    this.#peopleWith[before] = (this.#peopleWith[before] ?? 0) - 1
    this.#peopleWith[now] = (this.#peopleWith[now] ?? 0) + 1
    if (by === 1) this.#most = Math.max(this.#most, now)
    else while (this.#most > 0 && (this.#peopleWith[this.#most] ?? 0) <= 0) this.#most -= 1
  }
}
