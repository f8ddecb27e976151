import type { DeliveryRecord } from '../delivery/index.ts'

/** Records from wherever they come, to be read once. */
export interface RecordStream {
  readonly records: AsyncIterable<DeliveryRecord>
  /** Called once all that was read has been written; throws where something was left out. */
  finish(): Promise<void>
  /** Called in any case, last. */
  close(): Promise<void>
}
