import { claimedKeys, type DeliveryRecord, nameKeys } from '../delivery/index.ts'
import { readLine } from './records-file.ts'
import { type Place, type Subject, subjectOf } from './records-index.ts'
import { RecordsSummary } from './records-summary.ts'

/** Where records come from: many have one in common. */
type Origin = Pick<Subject, 'keyId' | 'repository'>

/** A line that is no record. */
export interface BadLine extends Place {
  readonly problem: string
}

/**
 * What must be known of the lines of a part of a file before its changes go into a table: in columns, with an entry per line
 * that is not blank, since what comes from another thread is copied and many small things are slow to copy.
 */
export interface PartReading {
  /** Number of lines. */
  readonly lines: number
  /** Offsets of lines that are blank. */
  readonly blank: readonly number[]
  readonly bad: readonly BadLine[]
  readonly summary: Pick<RecordsSummary, 'pullRequests' | 'firstTime' | 'lastReading'>
  readonly origins: readonly Origin[]

  /** Of the line, from 1 in this part. */
  readonly numbers: readonly number[]
  readonly offsets: readonly number[]
  readonly lengths: readonly number[]
  /** Number of the pull request or hash of the commit; null: it is a record of nothing. */
  readonly subjects: readonly (number | string | null)[]
  /** Index in `origins`. */
  readonly origin: readonly number[]
  /** `nameKeys` of all, one after the other, and where each entry's end. */
  readonly keys: readonly number[]
  readonly keyEnds: readonly number[]
  /** Entries of the records that claim to revert something. */
  readonly claiming: readonly number[]
}

/** Checks the lines of a part of a file, and gathers what must be known of them. */
export class PartReader {
  readonly #summary = new RecordsSummary()
  readonly #origins = new Map<string, number>()
  readonly #reading = {
    blank: [] as number[],
    bad: [] as BadLine[],
    origins: [] as Origin[],
    numbers: [] as number[],
    offsets: [] as number[],
    lengths: [] as number[],
    subjects: [] as (number | string | null)[],
    origin: [] as number[],
    keys: [] as number[],
    keyEnds: [] as number[],
    claiming: [] as number[],
  }
  #lines = 0

  /** @returns the line's record; undefined where it is blank or none */
  read(place: Place, text: string | undefined): DeliveryRecord | undefined {
    this.#lines = place.number
    if (text?.trim() === '') {
      this.#reading.blank.push(place.offset)
      return undefined
    }
    const parsed = readLine(text)
    const record = 'record' in parsed ? parsed.record : undefined
    if ('record' in parsed) {
      this.#addEntry(place, subjectOfRecord(parsed.record))
      this.#addKeys(parsed.record)
      this.#summary.add(parsed.record)
    } else {
      this.#addEntry(place, text === undefined ? undefined : subjectOf(text))
      this.#reading.bad.push({ ...place, problem: parsed.problem })
    }
    this.#reading.keyEnds.push(this.#reading.keys.length)
    return record
  }

  finish(): PartReading {
    const { pullRequests, firstTime, lastReading } = this.#summary
    const summary = { pullRequests, firstTime, lastReading }
    return { lines: this.#lines, summary, ...this.#reading }
  }

  #addEntry({ number, offset, length }: Place, subject: Subject | undefined): void {
    const { numbers, offsets, lengths, subjects, origin } = this.#reading
    numbers.push(number)
    offsets.push(offset)
    lengths.push(length)
    subjects.push(subject === undefined ? null : (subject.number ?? subject.sha ?? ''))
    origin.push(subject === undefined ? -1 : this.#originOf(subject))
  }

  #originOf({ keyId, repository: { id, name } }: Subject): number {
    const { origins } = this.#reading
    const text = `${keyId} ${id} ${name}`
    const known = this.#origins.get(text)
    if (known !== undefined) return known
    this.#origins.set(text, origins.length)
    return origins.push({ keyId, repository: { id, name } }) - 1
  }

  #addKeys(record: DeliveryRecord): void {
    const { keys, claiming, numbers } = this.#reading
    for (const key of nameKeys(record)) keys.push(key)
    if (record.revertClaims.length > 0 || claimedKeys(record).length > 0) {
      claiming.push(numbers.length - 1)
    }
  }
}

/** By the fields of its kind alone: others may be there that this version does not know. */
function subjectOfRecord(record: DeliveryRecord): Subject {
  const { keyId, repository } = record
  return record.record === 'pull-request'
    ? { record: record.record, keyId, repository, number: record.number }
    : { record: record.record, keyId, repository, sha: record.sha }
}
