import { gatherInts } from '../numbers/gather.ts'
import { byteAt, floatAt, intAt } from '../numbers/number-at.ts'
import { numberPeople } from '../numbers/number-people.ts'
import { orderBy } from '../numbers/order-by.ts'
import { rowsWhere } from '../numbers/rows-where.ts'
import { millisecondsPerDay } from '../table/windows.ts'
import { type GateThresholds, reaches } from './disclosure-gate.ts'

/** Changes in the order of the days of their clock, with the person of each. */
export interface DatedPeople {
  readonly day: Int32Array
  /** Numbered from 0 among these changes, possibly with others. */
  readonly person: Int32Array
  readonly people: number
}

/** The same with what each of them is, as bits. */
export interface DatedChanges extends DatedPeople {
  readonly kind: Uint8Array
}

/** Days since the epoch: from `start` on, before `end`. */
export interface Days {
  readonly start: number
  readonly end: number
}

/**
 * Puts changes in the order of their days. Every window starts and ends at midnight UTC, so that the day is enough.
 *
 * @param of all changes, of which those of the rows are taken whose kind is not 0: they must lie within some months, since for
 * each day some room is taken
 */
export function dateChanges(
  time: Float64Array,
  of: { readonly person: Int32Array; readonly kinds: Uint8Array; readonly rows: Int32Array },
): DatedChanges {
  const rows = rowsWhere(of.rows, (row) => byteAt(of.kinds, row) !== 0)
  const { day, first } = daysOf(time, rows)
  const order = orderBy(day)
  const { person, people } = numberPeople(gatherInts(of.person, rows))
  const dated = {
    day: new Int32Array(order.length),
    person: new Int32Array(order.length),
    kind: new Uint8Array(order.length),
    people,
  }
  for (let i = 0; i < order.length; i += 1) {
    const place = intAt(order, i)
    dated.day[i] = first + intAt(day, place)
    dated.person[i] = intAt(person, place)
    dated.kind[i] = byteAt(of.kinds, intAt(rows, place))
  }
  return dated
}

/** The day of each change, counted from the first. */
function daysOf(time: Float64Array, rows: Int32Array): { day: Int32Array; first: number } {
  const day = new Int32Array(rows.length)
  let first = Number.POSITIVE_INFINITY
  for (let i = 0; i < day.length; i += 1) {
    const one = Math.floor(floatAt(time, intAt(rows, i)) / millisecondsPerDay)
    day[i] = one
    if (one < first) first = one
  }
  for (let i = 0; i < day.length; i += 1) day[i] = intAt(day, i) - first
  return { day, first }
}

/** Those that have all of some bits. */
export function ofKind({ day, person, kind, people }: DatedChanges, bits: number): DatedPeople {
  const places = new Int32Array(kind.length)
  let size = 0
  for (let i = 0; i < kind.length; i += 1) {
    places[size] = i
    size += Number((byteAt(kind, i) & bits) === bits)
  }
  if (size === kind.length) return { day, person, people }
  const some = places.subarray(0, size)
  return { day: gatherInts(day, some), person: gatherInts(person, some), people }
}

/** Whether the changes of some days come from so many people, or there are none. */
export function areNoneOrMany({ day, person }: DatedPeople, days: Days, people: number): boolean {
  const first = firstFrom(day, days.start)
  const after = firstFrom(day, days.end)
  if (after <= first) return true
  // Mostly a handful is asked for.
  const seen: number[] = []
  for (let i = first; i < after; i += 1) {
    const one = intAt(person, i)
    if (seen.includes(one)) continue
    seen.push(one)
    if (seen.length >= people) return true
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
