import type { Reference } from './reference.ts'
import type { Counts, Tally } from './tally.ts'

/** Both tables of one reference: agreement by repository, then the groups of disagreement, largest first. */
export function tables(reference: Pick<Reference, 'id' | 'title'>, tally: Tally): string {
  return [
    `${reference.id}: ${reference.title}`,
    columns([
      ['repository', 'both', 'ours only', 'theirs only', 'neither'],
      ...[...tally.byRepository].map(([name, counts]) => [name, ...cells(counts)]),
      ['all', ...cells(sum([...tally.byRepository.values()]))],
    ]),
    columns([
      ['n', 'repositories', 'kind', 'rule', 'our reason'],
      ...[...tally.groups.values()]
        .map(({ kind, rule, because, counts }) => {
          const total = [...counts.values()].reduce((one, other) => one + other, 0)
          return { total, row: [String(total), String(counts.size), kind, rule, because] }
        })
        .toSorted((one, other) => other.total - one.total)
        .map(({ row }) => row),
    ]),
  ].join('\n\n')
}

function cells({ both, oursOnly, theirsOnly, neither }: Counts): string[] {
  return [both, oursOnly, theirsOnly, neither].map(String)
}

function sum(all: readonly Counts[]): Counts {
  const add = (member: keyof Counts) => all.reduce((total, one) => total + one[member], 0)
  return {
    both: add('both'),
    oursOnly: add('oursOnly'),
    theirsOnly: add('theirsOnly'),
    neither: add('neither'),
  }
}

function columns(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, index) =>
    Math.max(...rows.map((row) => row[index]?.length ?? 0)),
  )
  return rows
    .map((row) =>
      row
        .map((cell, index) => cell.padEnd(widths[index] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
