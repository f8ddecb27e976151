import type { DeliveryRecord } from '../delivery/index.ts'
import type { ExportSource } from './export-source.ts'
import { isWithin, type Period } from './period.ts'
import type { Progress } from './progress.ts'
import type { RecordStream } from './record-stream.ts'
import { copyStream, openRecordsFile, readRecordsFile } from './records-file.ts'
import type { Surroundings } from './surroundings.ts'

/** More are only counted: a file of something else would fill the screen. */
const maximumTold = 20

const megabyte = 1_000_000

/** The records of a file or of standard input, without those outside of the period. */
export async function fileStream(
  source: Extract<ExportSource, { kind: 'file' | 'standard input' }>,
  period: Period,
  { stdin }: Surroundings,
  progress: Progress,
): Promise<RecordStream> {
  const file = await (source.kind === 'file' ? openRecordsFile(source.path) : copyStream(stdin))
  let [lines, bad] = [0, 0]
  const listener = {
    onBadLine: (number: number, problem: string) => {
      bad += 1
      if (bad <= maximumTold) progress.say(`line ${number} is skipped: ${problem}`)
    },
    onProgress: (done: number, total: number) => {
      progress.update(Math.floor(done / megabyte), Math.ceil(total / megabyte), 'MB')
    },
  }
  async function* records(): AsyncGenerator<DeliveryRecord, void, undefined> {
    for await (const record of readRecordsFile(file, listener)) {
      lines += 1
      if (isWithin(record, period)) yield record
    }
  }
  return {
    records: records(),
    finish: async () => {
      if (bad === 0) return
      const skipped =
        bad === 1
          ? '1 line was no record and was skipped'
          : `${bad.toLocaleString('en')} lines were no records and were skipped`
      throw new Error(
        lines === 0
          ? `${skipped}, and nothing is left: is it a file of records?`
          : `${skipped}; all others are written`,
      )
    },
    close: () => file.close(),
  }
}
