import * as z from 'zod'
import { jsonLine } from '../provenance/index.ts'
import { type DeliveryRecord, RECORD_VERSION, RecordSchema } from './record.ts'
import { explainProblem } from './record-problem.ts'

/** A line that is a record, or why it is none: one short line without text of the record's own. */
export type ParsedRecord = { readonly record: DeliveryRecord } | { readonly problem: string }

const HeadSchema = z.object({ record: z.string(), version: z.unknown().optional() })

/** A record as a line of `records.ndjson`, without the line's end. */
export function formatRecord(record: DeliveryRecord): string {
  return jsonLine(record)
}

/** Reads a line of `records.ndjson`. Fields that this version does not know are left out. */
export function parseRecord(line: string): ParsedRecord {
  const value = parseJson(line)
  return value === undefined ? { problem: noJson } : checkRecord(value)
}

/**
 * The same for what is only to be read: fields that this version does not know may still be there.
 *
 * @param isRecord a quick look, true of nothing that `RecordSchema` does not accept
 */
export function readRecord(
  line: string,
  isRecord: (value: unknown) => value is DeliveryRecord,
): ParsedRecord {
  const value = parseJson(line)
  if (value === undefined) return { problem: noJson }
  return isRecord(value) ? { record: value } : checkRecord(value)
}

const noJson = 'it is no JSON'

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

function checkRecord(value: unknown): ParsedRecord {
  const head = HeadSchema.safeParse(value)
  if (!head.success) return { problem: 'it is no record: it has no field "record"' }
  const { record: kind, version } = head.data
  if (!kinds.has(kind)) {
    return { problem: 'it is no record of a pull request or of a commit on a branch' }
  }
  if (version !== RECORD_VERSION) return { problem: otherVersion(version) }
  const record = RecordSchema.safeParse(value)
  return record.success ? { record: record.data } : { problem: explainProblem(record.error, value) }
}

const kinds: ReadonlySet<string> = new Set(
  RecordSchema.options.map(({ shape }) => shape.record.value),
)

function otherVersion(version: unknown): string {
  const told = typeof version === 'number' ? `version ${version}` : 'no version'
  const advice =
    typeof version === 'number' && version > RECORD_VERSION
      ? 'use a newer what-shipped'
      : 'export it again'
  return `it is of ${told} of the format, and this reads version ${RECORD_VERSION}: ${advice}`
}
