import { parseArgs } from 'node:util'
import { indexRegistry, shippedRegistry } from '../src/provenance/index.ts'
import { openClone } from './agreement/clone.ts'
import { anyId, compareClone, corpusId } from './agreement/compare-clone.ts'
import { corpusChanges } from './agreement/corpus.ts'
import { peers } from './agreement/peers.ts'
import { registryRules } from './agreement/registry-rules.ts'
import { tables } from './agreement/table.ts'
import { count, newTally } from './agreement/tally.ts'

const usage = `Compares our answers on real commits with other rules for the same commits.

  node bench/agreement.ts --clone DIR… [--corpus DIR] [--since DATE] [--each]

  --clone DIR   a clone, best with refs/pull/*; repeatable
  --corpus DIR  the data folder: registry.json and corpora/pr-history
  --since DATE  commits from this day on (default 2024-06-01)
  --each        a JSON line per disagreement instead of the tables, to read them by hand`

const { values } = parseArgs({
  options: {
    clone: { type: 'string', multiple: true, default: [] },
    corpus: { type: 'string' },
    since: { type: 'string', default: '2024-06-01' },
    each: { type: 'boolean', default: false },
  },
})

if (values.clone.length === 0) {
  console.error(usage)
  process.exitCode = 2
} else await compareAll(values.clone, values.corpus, values.since, values.each)

async function compareAll(
  clones: readonly string[],
  data: string | undefined,
  since: string,
  each: boolean,
): Promise<void> {
  const marks = indexRegistry(shippedRegistry())
  const references = [...(data === undefined ? [] : [registryRules(data)]), ...peers]
  const corpus = { id: corpusId, title: 'the corpus’ own fields' }
  const any = { id: anyId, title: 'any of them' }
  const compared = {
    commits: [...references, any].map((reference) => ({ reference, tally: newTally() })),
    changes: [corpus, ...references, any].map((reference) => ({ reference, tally: newTally() })),
  }
  for (const clone of clones.map(openClone)) {
    const changes = data === undefined ? [] : corpusChanges(data, clone.name)
    for await (const one of compareClone(clone, since, references, changes, marks)) {
      for (const { reference, tally } of compared[one.of]) {
        const group = count(tally, clone.name, one.ours, one.theirs.get(reference.id))
        if (!each || group === undefined) continue
        const { of, sha } = one
        console.log(JSON.stringify({ of, reference: reference.id, group, clone: clone.name, sha }))
      }
    }
  }
  if (each) return
  for (const unit of ['commits', 'changes'] as const) {
    for (const { reference, tally } of compared[unit]) {
      if (tally.byRepository.size > 0) console.log(`== ${unit} ==\n${tables(reference, tally)}\n`)
    }
  }
}
