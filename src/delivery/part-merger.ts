import { canonicalText, compare } from './canonical-text.ts'
import type { PullRequestRecord } from './record.ts'
import { compareReadings, type Reading, readingOf } from './record-readings.ts'

/** Puts two records' parts together one by one and remembers from which reading each came. */
export class PartMerger {
  readonly #one: PullRequestRecord
  readonly #other: PullRequestRecord
  readonly #chosen = new Map<string, Reading>()

  constructor(one: PullRequestRecord, other: PullRequestRecord) {
    this.#one = one
    this.#other = other
  }

  /**
   * A part as the better reading tells it; null where neither can know it.
   *
   * @param known more for values that say more: what says more is taken from whatever reading
   */
  newest<Value>(
    part: string,
    of: (record: PullRequestRecord) => Value | null | undefined,
    known: (value: Value) => number = () => 0,
  ): Value | null {
    const one = candidate(this.#one, part, of)
    const other = candidate(this.#other, part, of)
    if (one === undefined && other === undefined) return null
    const better =
      one === undefined || (other !== undefined && compareCandidates(one, other, known) < 0)
        ? other
        : one
    if (better === undefined) return null
    this.#chosen.set(part, better.reading)
    return better.value
  }

  /** The parts whose reading is another than this one. */
  partsNotFrom(reading: Reading): Record<string, Reading> {
    const parts = [...this.#chosen].filter(
      ([, chosen]) => chosen.source !== reading.source || chosen.readAt !== reading.readAt,
    )
    return Object.fromEntries(parts.toSorted(([one], [other]) => compare(one, other)))
  }
}

interface Candidate<Value> {
  readonly value: Value
  readonly reading: Reading
}

function candidate<Value>(
  record: PullRequestRecord,
  part: string,
  of: (record: PullRequestRecord) => Value | null | undefined,
): Candidate<Value> | undefined {
  const value = of(record)
  return value === null || value === undefined
    ? undefined
    : { value, reading: readingOf(record, part) }
}

function compareCandidates<Value>(
  one: Candidate<Value>,
  other: Candidate<Value>,
  known: (value: Value) => number,
): number {
  return (
    known(one.value) - known(other.value) ||
    compareReadings(one.reading, other.reading) ||
    compare(canonicalText(one.value), canonicalText(other.value))
  )
}
