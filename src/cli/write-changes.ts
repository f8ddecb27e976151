import {
  type Change,
  type DeliveryRecord,
  deriveChange,
  formatRecord,
  type PullRequestRecord,
  RevertLinks,
} from '../delivery/index.ts'
import { jsonLine, type KnownMarks } from '../provenance/index.ts'
import type { LineWriter } from './line-writer.ts'
import { isWithin, type Period } from './period.ts'
import { readFileLines } from './read-file-lines.ts'
import { openTemporaryFile } from './temporary-file.ts'

/**
 * Writes what happened to each change. A revert may come before or after what it reverts, so the records are laid down in a
 * file first, and derived once all of them have been seen. What stays in memory of each, to find what reverts it, is by what
 * it may be named: seven hundred bytes, and a hundred for each commit after the first.
 *
 * @param period which changes are written; records after it tell what became of them
 * @returns what to tell the user of it
 */
export async function writeChanges(
  records: AsyncIterable<DeliveryRecord>,
  writer: LineWriter,
  marks: KnownMarks,
  period: Period,
): Promise<string> {
  const file = await openTemporaryFile()
  try {
    const reverts = new RevertLinks()
    let lastReading = ''
    let lines: string[] = []
    const flush = () => file.handle.appendFile(lines.splice(0).join(''))
    for await (const record of records) {
      reverts.add(record)
      if (record.record !== 'pull-request') continue
      if (isLater(record.readAt, lastReading)) lastReading = record.readAt
      if (lines.push(`${formatRecord(record)}\n`) >= linesAtOnce) await flush()
    }
    await flush()
    lines = []
    const asOf = lastReading
    const totals = new Totals()
    for (const { text = '' } of readFileLines(file.handle.fd)) {
      const record: PullRequestRecord = JSON.parse(text)
      if (!isWithin(record, period)) continue
      const change = deriveChange(record, {
        marks,
        reverts: reverts.linksTo(record),
        revertRole: reverts.roleOf(record),
        asOf,
      })
      totals.add(change)
      await writer.write([jsonLine(change)])
    }
    await writer.flush()
    return totals.summary(asOf, reverts)
  } finally {
    await file.close()
  }
}

const linesAtOnce = 100

function isLater(one: string, other: string): boolean {
  return other === '' || Date.parse(one) > Date.parse(other)
}

/** What the file cannot show by itself: how many changes are counted, and how many reverts found what they revert. */
class Totals {
  #changes = 0
  readonly #excluded = new Map<NonNullable<Change['exclusion']>, number>()

  add({ exclusion }: Change): void {
    this.#changes += 1
    if (exclusion !== null) this.#excluded.set(exclusion, (this.#excluded.get(exclusion) ?? 0) + 1)
  }

  summary(asOf: string, reverts: RevertLinks): string {
    if (this.#changes === 0) return 'no changes written'
    const { revertLike, resolved } = reverts.coverage()
    const excluded = [...this.#excluded]
      .toSorted(([, one], [, other]) => other - one)
      .map(([reason, number]) => `${reason} ${number.toLocaleString('en')}`)
    return [
      `${count(this.#changes, 'change')} written, as of ${asOf.slice(0, 16).replace('T', ' ')} UTC`,
      excluded.length === 0 ? 'none excluded' : `excluded: ${excluded.join(', ')}`,
      `${resolved.toLocaleString('en')} of ${count(revertLike, 'revert')} ${resolved === 1 ? 'leads' : 'lead'} to a change here`,
    ].join('; ')
  }
}

function count(number: number, unit: string): string {
  return `${number.toLocaleString('en')} ${unit}${number === 1 ? '' : 's'}`
}
