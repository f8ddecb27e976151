import { type DeliveryRecord, parseTime } from '../delivery/index.ts'

/** What must be known of records before a time is chosen. */
export class RecordsSummary {
  /** Records of pull requests; several of one count for themselves. */
  pullRequests = 0
  /** When the first of them was opened, or merged where that is not known; milliseconds since the epoch. */
  firstTime = Number.POSITIVE_INFINITY
  /** Latest time at which one was read, milliseconds since the epoch. */
  lastReading = Number.NEGATIVE_INFINITY

  add(record: DeliveryRecord): void {
    if (record.record !== 'pull-request') return
    const { readAt, createdAt, merge } = record
    this.pullRequests += 1
    this.lastReading = Math.max(this.lastReading, parseTime(readAt))
    const first = createdAt ?? merge?.at
    if (first !== undefined) this.firstTime = Math.min(this.firstTime, parseTime(first))
  }

  addAll({ pullRequests, firstTime, lastReading }: Readonly<Fields>): void {
    this.pullRequests += pullRequests
    this.firstTime = Math.min(this.firstTime, firstTime)
    this.lastReading = Math.max(this.lastReading, lastReading)
  }
}

/** Its numbers alone, as they come from another thread. */
type Fields = Pick<RecordsSummary, 'pullRequests' | 'firstTime' | 'lastReading'>
