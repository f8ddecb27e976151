import type { DeliveryRecord, Recording } from '../delivery/index.ts'
import {
  CheckpointError,
  checkCheckpoint,
  type GitHubApi,
  type RecordsOptions,
  readPullRequestRecords,
} from '../github/index.ts'
import { isRecent } from './is-recent.ts'
import type { Kept, Progress, RecordsFile } from './kept-records.ts'

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
  /** Where records stay between runs; undefined: nowhere. */
  readonly file: RecordsFile | undefined
  readonly now: () => number
  readonly waitUntil: (time: number) => Promise<void>
  readonly say: (message: string) => void
}

/** A reading begins so much before the last one began, milliseconds: clocks differ, and commits are pushed later than made. */
const overlap = 24 * 60 * 60_000
/** The log gets a line as often, milliseconds. */
const paceOfTelling = 10_000

const nothingKept: Kept = { records: [], whole: null, reading: null }

/**
 * The records of everything that was opened, made ready, closed or merged since a time: those that earlier runs kept, and what
 * is new since. A reading that an earlier run had to stop goes on where it was; what is needed of the time since it began is read then.
 */
export async function readReportRecords(reading: ReportReading): Promise<DeliveryRecord[]> {
  const kept = (await reading.file?.open(reading.say)) ?? nothingKept
  const passes = new Passes(reading, kept)
  return passes.readAll()
}

class Passes {
  readonly #reading: ReportReading
  readonly #records = new Map<string, DeliveryRecord>()
  #progress: Progress
  #read = 0
  #toldAt: number

  constructor(reading: ReportReading, kept: Kept) {
    this.#reading = reading
    this.#toldAt = reading.now()
    this.#add(kept.records)
    const { whole } = kept
    // What a longer time asks for was not read.
    const reachesBack = whole !== null && Date.parse(whole.since) <= reading.since
    this.#progress = { whole: reachesBack ? whole : null, reading: kept.reading }
    if (kept.records.length > 0) {
      reading.say(`${count(kept.records.length)} are kept from earlier runs`)
    }
  }

  async readAll(): Promise<DeliveryRecord[]> {
    const { file, say, now } = this.#reading
    let isCurrent = false
    if (this.#canGoOn()) {
      say('Going on with the reading that an earlier run had to stop')
      await this.#pass()
      isCurrent = this.#reachesTheEnd()
    }
    if (!isCurrent) {
      const startedAt = writeTime(now())
      const reading = { ...this.#nextTime(), startedAt, checkpoint: '' }
      this.#progress = { ...this.#progress, reading }
      await this.#pass()
    }
    this.#leaveOutOld()
    await file?.replace(this.#records.values(), this.#progress)
    say(`${count(this.#read)} read in this run, ${count(this.#records.size)} in the report's time`)
    return [...this.#records.values()]
  }

  /** Whether all that is needed was there when the last reading began. */
  #reachesTheEnd(): boolean {
    const { whole } = this.#progress
    return whole !== null && Date.parse(whole.until) >= this.#reading.until
  }

  /** Else the file would grow for ever. */
  #leaveOutOld(): void {
    const { since } = this.#reading
    for (const [key, record] of this.#records) {
      if (!isRecent(record, since)) this.#records.delete(key)
    }
    const { whole, reading } = this.#progress
    if (whole === null) return
    const from = writeTime(Math.max(since, Date.parse(whole.since)))
    this.#progress = { whole: { ...whole, since: from }, reading }
  }

  /** What this run reads: all that is needed, or of it what changed after the last whole reading. */
  #nextTime(): { since: string; updatedSince: string | null } {
    const { whole } = this.#progress
    const since = writeTime(this.#reading.since)
    if (whole === null) return { since, updatedSince: null }
    return { since, updatedSince: writeTime(Date.parse(whole.until) - overlap) }
  }

  /** Whether there is a stopped reading that goes on; one that cannot is forgotten. */
  #canGoOn(): boolean {
    const { reading } = this.#progress
    if (reading === null) return false
    try {
      checkCheckpoint(this.#reading.repository, this.#options())
      return true
    } catch (error) {
      if (!(error instanceof CheckpointError)) throw error
      this.#reading.say(`${error.reason}: that reading begins again`)
      this.#progress = { ...this.#progress, reading: null }
      return false
    }
  }

  /** Reads to the end of the reading that is under way. */
  async #pass(): Promise<void> {
    const { api, repository, file } = this.#reading
    for await (const page of readPullRequestRecords(api, repository, this.#options())) {
      this.#add(page.records)
      this.#read += page.records.length
      const { reading } = this.#progress
      if (reading === null) throw new RangeError('no reading is under way')
      this.#progress = {
        ...this.#progress,
        reading: { ...reading, checkpoint: page.checkpoint },
      }
      await file?.add(page.records, this.#progress)
      this.#tell()
    }
    this.#finishPass()
  }

  #finishPass(): void {
    const { whole, reading } = this.#progress
    if (reading === null) return
    const { since, startedAt: until } = reading
    this.#progress = { whole: { since: whole?.since ?? since, until }, reading: null }
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

/** Commits that came without a pull request are few; they count as what they are read beside. */
function count(records: number): string {
  return `${records.toLocaleString('en')} ${records === 1 ? 'record' : 'records'}`
}

function writeTime(time: number): string {
  return new Date(time).toISOString()
}
