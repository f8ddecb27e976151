import * as z from 'zod'
import { type DeliveryRecord, formatRecord, parseRecord } from '../delivery/index.ts'

const ProgressSchema = z.object({
  /** The time of which every record is there; null: a first reading has not come to its end. */
  whole: z.object({ since: z.iso.datetime(), until: z.iso.datetime() }).nullable(),
  /** A reading that was stopped. */
  reading: z
    .object({
      since: z.iso.datetime(),
      /** Null: a reading of all there is. */
      updatedSince: z.iso.datetime().nullable(),
      startedAt: z.iso.datetime(),
      /** Empty: it stands at its beginning. */
      checkpoint: z.string(),
      /** How many times GitHub did not answer what comes after the checkpoint. */
      failures: z.int().nonnegative(),
    })
    .nullable(),
})

/** How far the readings have come. */
export type Progress = z.infer<typeof ProgressSchema>

const HeadSchema = z.object({
  /** Of which settings the records are. */
  fit: z.string(),
  /** Day of the report that was published last. */
  published: z.iso.date().nullable(),
  ...ProgressSchema.shape,
})

/** What a frame of kept records tells beside them. */
type FrameHead = z.infer<typeof HeadSchema>

export function writeFrame(head: FrameHead, records: readonly DeliveryRecord[]): string {
  return [JSON.stringify(head), ...records.map(formatRecord)].join('\n')
}

/**
 * The head alone where the records are of other settings, or of another version of the format; undefined where the head is of
 * another version itself.
 */
export function readFrame(
  text: string,
  fit: string,
): { readonly head: FrameHead; readonly records: readonly DeliveryRecord[] | null } | undefined {
  const [first = '', ...lines] = text.split('\n')
  const head = HeadSchema.safeParse(JSON.parse(first))
  if (!head.success) return undefined
  return { head: head.data, records: head.data.fit === fit ? parseRecords(lines) : null }
}

function parseRecords(lines: readonly string[]): DeliveryRecord[] | null {
  const records: DeliveryRecord[] = []
  for (const line of lines) {
    const parsed = parseRecord(line)
    if ('problem' in parsed) return null
    records.push(parsed.record)
  }
  return records
}
