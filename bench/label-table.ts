import { parseArgs } from 'node:util'
import { commitLabels } from './hand-labels.ts'
import {
  type Compared,
  compareChanges,
  compareCommits,
  isToolsOwn,
  precisionAndRecall,
} from './labels.ts'
import { type Share, wilson } from './wilson.ts'

/**
 * Prints the tables of docs/provenance.md: `node bench/label-table.ts --clone DIR …` with the clones that the labels were
 * drawn from.
 */
const { values } = parseArgs({
  options: { clone: { type: 'string', multiple: true, default: [] } },
})

const first = await compareCommits(values.clone, commitLabels('first'))
const second = await compareCommits(values.clone, commitLabels('second'))
const third = await compareCommits(values.clone, commitLabels('third'))
const all = [...first, ...second, ...third]
const changes = await compareChanges(values.clone)

const rows: [string, Share, Share][] = [
  row('first set, tools’ own marks (E1, E2)', precisionAndRecall(first, isToolsOwn)),
  row('second set, tools’ own marks (E1, E2)', precisionAndRecall(second, isToolsOwn)),
  row('third set, tools’ own marks (E1, E2)', precisionAndRecall(third, isToolsOwn)),
  row('all sets, tools’ own marks (E1, E2)', precisionAndRecall(all, isToolsOwn)),
  ...['E1', 'E2', 'E3'].map((tier) =>
    row(
      `all sets, ${tier}`,
      precisionAndRecall(all, (by) => by.tier === tier),
    ),
  ),
  ...['author', 'co-author', 'trailer', 'line', 'note'].map((kind) =>
    row(`all sets, by ${kind}`, ofKind(all, kind)),
  ),
  row('all sets, all commits', precisionAndRecall(all)),
  row('pull requests', precisionAndRecall(changes)),
]

console.log('| set | precision of “assisted” | recall |\n|---|---|---|')
for (const [name, precision, recall] of rows) {
  console.log(`| ${name} | ${words(precision)} | ${words(recall)} |`)
}
console.log(
  `${first.length} + ${second.length} + ${third.length} commits, ${changes.length} pull requests`,
)

function row(
  name: string,
  { precision, recall }: { precision: Share; recall: Share },
): [string, Share, Share] {
  return [name, precision, recall]
}

function ofKind(
  compared: readonly Compared<{ assistance: string; kind: string }>[],
  kind: string,
): { precision: Share; recall: Share } {
  const found = compared.filter(({ kinds }) => kinds.includes(kind))
  const truth = compared.filter(
    ({ label }) => label.assistance === 'assisted' && label.kind === kind,
  )
  return {
    precision: wilson(
      found.filter(({ label }) => label.assistance === 'assisted').length,
      found.length,
    ),
    recall: wilson(truth.filter(({ assisted }) => assisted).length, truth.length),
  }
}

function words({ part, whole, value, low, high }: Share): string {
  if (whole === 0) return 'none'
  const percent = (share: number) => (100 * share).toFixed(1)
  return `${percent(value)} % (${part} of ${whole}; ${percent(low)} to ${percent(high)} %)`
}
