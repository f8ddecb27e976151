import {
  type Change,
  ChangeSchema,
  type DeliveryRecord,
  RecordSchema,
} from '../../src/delivery/index.ts'

function linesOf(text: string): unknown[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))
}

/** What `export` wrote, each line checked against the published format. */
export function parseRecordLines(stdout: string): DeliveryRecord[] {
  return linesOf(stdout).map((line) => RecordSchema.parse(line))
}

/** What `export --changes` wrote, each line checked against the published format. */
export function parseChangeLines(stdout: string): Change[] {
  return linesOf(stdout).map((line) => ChangeSchema.parse(line))
}
