import type { DeliveryRecord } from '../delivery/index.ts'
import type { ExportSource } from './export-source.ts'
import { FileListener } from './file-listener.ts'
import { isWithin, type Period } from './period.ts'
import type { Progress } from './progress.ts'
import type { RecordStream } from './record-stream.ts'
import { copyStream, openRecordsFile, readRecordsFile } from './records-file.ts'
import type { Surroundings } from './surroundings.ts'

/** The records of a file or of standard input, without those outside of the period. */
export async function fileStream(
  source: Extract<ExportSource, { kind: 'file' | 'standard input' }>,
  period: Period,
  { stdin }: Surroundings,
  progress: Progress,
): Promise<RecordStream> {
  const file = await (source.kind === 'file' ? openRecordsFile(source.path) : copyStream(stdin))
  let lines = 0
  const listener = new FileListener(progress)
  async function* records(): AsyncGenerator<DeliveryRecord, void, undefined> {
    for await (const record of readRecordsFile(file, listener)) {
      lines += 1
      if (isWithin(record, period)) yield record
    }
  }
  return {
    records: records(),
    finish: async () => listener.finish(lines, 'written'),
    close: () => file.close(),
  }
}
