import type { CountedChange } from '../../delivery/index.ts'
import { at } from '../numbers/number-at.ts'
import { ChangeTableBuilder } from './change-table-builder.ts'
import { Numbering } from './columns.ts'
import { nobody } from './join-table.ts'
import type { LastingPart } from './lasting-part.ts'
import { columnsToChange } from './pinned-columns.ts'
import { makeColumns, rowColumns } from './row-columns.ts'

/**
 * Puts changes that were derived as of an earlier time (`deriveAsOf`) in place of what their rows hold for good. What was told of
 * one by a clock that is published already stays.
 *
 * @param changes by their rows
 * @param published the Monday that was published last, milliseconds since the epoch; null: none
 */
export function replaceRows(
  part: LastingPart,
  changes: ReadonlyMap<number, CountedChange>,
  published: number | null,
): LastingPart {
  if (changes.size === 0) return part
  const builder = new ChangeTableBuilder()
  for (const change of changes.values()) builder.addCounted(change)
  const derived = builder.part()
  const people = numbered(part.people)
  const registries = numbered(part.registries)
  const renumber = { person: [derived.people, people], registry: [derived.registries, registries] }
  const columns = makeColumns(rowColumns, (name) => part.columns[name].slice())
  let place = 0
  for (const row of changes.keys()) {
    const clocks = {
      readyAt: at(part.columns.readyAt, row),
      mergedAt: at(part.columns.mergedAt, row),
    }
    for (const name of columnsToChange(clocks, published)) {
      const value = at(derived.columns[name], place)
      if (name !== 'person' && name !== 'registry') columns[name][row] = value
      else {
        const [names, numbers] = renumber[name] as [readonly string[], Numbering<string>]
        columns[name][row] = value === nobody ? nobody : numbers.numberOf(names[value] ?? '')
      }
    }
    place += 1
  }
  return { ...part, people: people.keys, registries: registries.keys, columns }
}

function numbered(names: readonly string[]): Numbering<string> {
  const numbering = new Numbering<string>()
  for (const name of names) numbering.numberOf(name)
  return numbering
}
