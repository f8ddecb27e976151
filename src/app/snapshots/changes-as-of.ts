import {
  type ChangeTable,
  deriveAsOf,
  joinTable,
  type LastingPart,
  partAsOf,
  replaceRows,
  rowsToldLater,
  type TablePart,
} from '../../comparison/index.ts'
import type { CountedChange } from '../../delivery/index.ts'
import type { KnownMarks } from '../../provenance/index.ts'
import type { ChangePage, ChangePlace, Facts } from '../../store/index.ts'
import type { WeekStays } from './plan-stays.ts'

export interface AsOfOptions {
  readonly marks: KnownMarks
  readonly stays: WeekStays
  /** The Monday of the last snapshot, milliseconds since the epoch; undefined: there is none. */
  readonly lastPublished: number | undefined
}

/** All that is counted, and by which number its table knows each repository. */
export interface CountedChanges {
  readonly table: ChangeTable
  /** By the repositories' ids. Those of which nothing is counted, and stays that are over, have none. */
  readonly numbers: ReadonlyMap<number, number>
}

/**
 * The changes that are counted as of a Monday, out of their rows. Only those of which something later is told, as is told of few, are
 * derived again of their records.
 */
export async function changesAsOf(
  facts: Facts,
  asOf: number,
  options: AsOfOptions,
): Promise<CountedChanges> {
  const parts: TablePart[] = []
  for await (const page of facts.changes.pages()) {
    const part = withStays(page, options.stays)
    const later = await deriveLater(facts, { ...page, part }, asOf, options.marks)
    parts.push(partAsOf(replaceRows(part, later, options.lastPublished ?? null), asOf))
  }
  return { table: joinTable(parts), numbers: numbersOf(parts) }
}

/** What is counted of each row once the week's stays have begun and ended. */
function withStays({ part, places }: ChangePage, stays: WeekStays): LastingPart {
  const { lasting } = part
  const changed = {
    ...lasting,
    countedFrom: lasting.countedFrom.slice(),
    knownUntil: lasting.knownUntil.slice(),
    readUntil: lasting.readUntil.slice(),
  }
  for (const [row, { repositoryId, hasLeft }] of places.entries()) {
    if (hasLeft) continue
    const until = stays.ends.get(repositoryId)
    const from = stays.begins.get(repositoryId)
    if (until !== undefined) changed.readUntil[row] = until
    const known = until ?? (stays.counted.has(repositoryId) ? Number.POSITIVE_INFINITY : never)
    changed.knownUntil[row] = Math.min(changed.knownUntil[row] ?? known, known)
    // Zero: everything.
    if (from) changed.countedFrom[row] = Math.max(changed.countedFrom[row] ?? from, from)
  }
  return { ...part, lasting: changed }
}

const never = Number.NEGATIVE_INFINITY

async function deriveLater(
  facts: Facts,
  { part, places }: ChangePage,
  asOf: number,
  marks: KnownMarks,
): Promise<ReadonlyMap<number, CountedChange>> {
  const derived = new Map<number, CountedChange>()
  for (const row of rowsToldLater(part, asOf)) {
    const place = places[row]
    const until = Math.min(asOf, part.lasting.knownUntil[row] ?? asOf)
    const change = place && (await deriveOne(facts, place, until, marks))
    if (change) derived.set(row, change)
  }
  return derived
}

/** Undefined: its record is gone, and only its times tell what was when. */
async function deriveOne(
  facts: Facts,
  { repositoryId, number, revertRole }: ChangePlace,
  asOf: number,
  marks: KnownMarks,
): Promise<CountedChange | undefined> {
  if (number === null) return undefined
  const record = await facts.records.get(repositoryId, number)
  if (record === undefined) return undefined
  const reverts = await facts.reverts.of(repositoryId, number)
  return deriveAsOf(record, { marks, reverts, revertRole, asOf })
}

/** A table numbers its repositories in the order of their first changes. */
function numbersOf(parts: readonly TablePart[]): ReadonlyMap<number, number> {
  const seen = new Map<string | number, number>()
  for (const { columns, repositories } of parts) {
    for (const repository of new Set(columns.repository)) {
      const { id, name } = repositories[repository] ?? { id: null, name: null }
      const key = id ?? name ?? ''
      if (!seen.has(key)) seen.set(key, seen.size)
    }
  }
  return new Map([...seen].filter((one): one is [number, number] => typeof one[0] === 'number'))
}
