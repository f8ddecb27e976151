import { type DeliveryRecord, isOfTime, type Recording } from '../delivery/index.ts'
import {
  CheckpointError,
  type GitHubApi,
  GitHubError,
  type RecordsOptions,
  readPullRequestRecords,
} from '../github/index.ts'
import type { Progress } from './kept-frame.ts'
import { type Kept, nothingKept, type RecordsFile } from './kept-records.ts'

/** Where to read, what, and what to tell the log. */
export interface ReportReading {
  readonly api: GitHubApi
  readonly repository: { readonly owner: string; readonly name: string }
  readonly recording: Recording
  readonly trackedBranches: readonly string[] | undefined
  readonly branchCommits: boolean
  /** From when on records are needed, milliseconds since the epoch. */
  readonly since: number
  /** Until when they are needed; what came later may be missing. */
  readonly until: number
  /** Where records stay between runs, opened; undefined: nowhere. */
  readonly file: RecordsFile | undefined
  /** What was in it. */
  readonly kept: Kept
  readonly now: () => number
  readonly waitUntil: (time: number) => Promise<void>
  readonly say: (message: string) => void
}

/** What changed is read from so much before the last reading began, milliseconds: clocks differ. */
const overlap = 24 * 60 * 60_000
/** So many failures at one place are no chance. */
const mostFailures = 2
/** The log gets a line as often, milliseconds. */
const paceOfTelling = 10_000

/**
 * The records of everything that was opened, made ready, closed or merged since a time: those that earlier runs kept, and what
 * is new since. A reading that an earlier run had to stop goes on where it was; what is needed of the time since it began is read then.
 */
export function readReportRecords(reading: ReportReading): Promise<DeliveryRecord[]> {
  return new Passes(reading, ofUse(reading)).readAll()
}

/** Nothing where a part would pass for the whole: what is kept begins too late, or a clock told a time that has not come. */
function ofUse({ kept, since, now, say }: ReportReading): Kept {
  const { whole, reading } = kept
  const begun = [whole, reading].flatMap((part) => part?.since ?? [])
  const read = [whole?.until, reading?.startedAt].flatMap((time) => time ?? [])
  const isOfUse =
    begun.every((time) => Date.parse(time) <= since) &&
    read.every((time) => Date.parse(time) <= now())
  if (isOfUse) return kept
  say('The kept records are of another time than is needed now; everything is read again')
  return nothingKept
}

class Passes {
  readonly #reading: ReportReading
  readonly #records = new Map<string, DeliveryRecord>()
  #progress: Progress
  #read = 0
  #toldAt: number

  constructor(reading: ReportReading, { records, whole, reading: stopped }: Kept) {
    this.#reading = reading
    this.#toldAt = reading.now()
    this.#progress = { whole, reading: stopped }
    this.#add(records)
    if (records.length > 0) reading.say(`${count(this.#records.size)} kept from earlier runs`)
  }

  async readAll(): Promise<DeliveryRecord[]> {
    const { say } = this.#reading
    const goesOn = this.#progress.reading !== null
    if (goesOn) {
      say('Going on with the reading that an earlier run had to stop')
      await this.#pass()
    }
    if (!goesOn || !this.#reachesTheEnd()) {
      await this.#begin()
      await this.#pass()
    }
    this.#leaveOutOld()
    say(`${count(this.#read)} read in this run, ${count(this.#records.size)} in the report's time`)
    return [...this.#records.values()]
  }

  /** Whether all that is needed was there when the last reading began. */
  #reachesTheEnd(): boolean {
    const { whole } = this.#progress
    return whole !== null && Date.parse(whole.until) >= this.#reading.until
  }

  /** Begins a reading: of all that is needed, or of what changed after the last one, and of the branch, which is read as a whole. */
  async #begin(): Promise<void> {
    const { file, now, since } = this.#reading
    const { whole } = this.#progress
    this.#leaveOutOld()
    for (const [key, { record }] of this.#records) {
      if (record === 'branch-commit') this.#records.delete(key)
    }
    const from = writeTime(since)
    const updatedSince = whole && writeTime(Date.parse(whole.until) - overlap)
    this.#progress = {
      whole: whole && { ...whole, since: from },
      reading: {
        since: from,
        updatedSince,
        startedAt: writeTime(now()),
        checkpoint: '',
        failures: 0,
      },
    }
    await file?.replace(this.#records.values(), this.#progress)
  }

  /** Else the file would grow for ever. */
  #leaveOutOld(): void {
    const { since } = this.#reading
    for (const [key, record] of this.#records) {
      if (!isOfTime(record, { since })) this.#records.delete(key)
    }
  }

  /** Reads to the end of the reading that is under way. */
  async #pass(): Promise<void> {
    const { api, repository } = this.#reading
    try {
      for await (const page of readPullRequestRecords(api, repository, this.#options())) {
        this.#read += page.records.length
        await this.#keep(page.records, { checkpoint: page.checkpoint, failures: 0 })
        this.#tell()
      }
    } catch (error) {
      await this.#noteFailure(error)
      throw error
    }
    await this.#finish()
  }

  async #keep(
    records: readonly DeliveryRecord[],
    changes: Partial<NonNullable<Progress['reading']>>,
  ): Promise<void> {
    const { whole, reading } = this.#progress
    this.#add(records)
    this.#progress = { whole, reading: reading && { ...reading, ...changes } }
    await this.#reading.file?.add(records, this.#progress)
  }

  /** What came in a reading is what changed: everything else is known to be as it was. */
  async #finish(): Promise<void> {
    const { reading } = this.#progress
    if (reading === null) return
    const { since, startedAt: until } = reading
    for (const [key, record] of this.#records) {
      if (record.record === 'pull-request' && record.readAt < until) {
        this.#records.set(key, { ...record, readAt: until })
      }
    }
    this.#progress = { whole: { since, until }, reading: null }
    await this.#reading.file?.add([], this.#progress)
  }

  /** After another failure at the same place the reading begins again: that place may be one that GitHub does not take. */
  async #noteFailure(error: unknown): Promise<void> {
    const { reading } = this.#progress
    if (reading === null || !mayBeThePlace(error)) return
    const failures = reading.failures + 1
    if (failures < mostFailures) return this.#keep([], { failures })
    this.#reading.say('GitHub failed again at the same place: the next run reads from the start')
    await this.#keep([], { checkpoint: '', failures: 0 })
  }

  #options(): RecordsOptions {
    const { recording, now, waitUntil, trackedBranches, branchCommits } = this.#reading
    const { reading } = this.#progress
    return {
      recording,
      readAt: () => writeTime(now()),
      waitUntil,
      branchCommits,
      ...(trackedBranches === undefined ? {} : { trackedBranches }),
      ...(reading === null ? {} : { since: reading.since }),
      ...(reading?.updatedSince ? { updatedSince: reading.updatedSince } : {}),
      ...(reading?.checkpoint ? { resumeFrom: reading.checkpoint } : {}),
    }
  }

  /** A newer reading of a pull request takes the place of an older one: it tells all that happened. */
  #add(records: readonly DeliveryRecord[]): void {
    for (const record of records) {
      const subject = record.record === 'pull-request' ? `#${record.number}` : record.sha
      this.#records.set(subject, record)
    }
  }

  #tell(): void {
    const { now, say } = this.#reading
    if (now() - this.#toldAt < paceOfTelling) return
    this.#toldAt = now()
    say(`${count(this.#read)} read so far`)
  }
}

/** A limit passes by itself, and a token is put right. */
function mayBeThePlace(error: unknown): boolean {
  if (error instanceof CheckpointError) return true
  if (!(error instanceof GitHubError) || error.limitedUntil !== undefined) return false
  return error.failure === 'unavailable' || error.failure === 'refused'
}

/** Commits that came without a pull request are few; they count as what they are read beside. */
function count(records: number): string {
  return `${records.toLocaleString('en')} ${records === 1 ? 'record' : 'records'}`
}

function writeTime(time: number): string {
  return new Date(time).toISOString()
}
