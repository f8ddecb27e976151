import { execFileSync } from 'node:child_process'
import { openRepository, readCommits } from '../src/git/index.ts'
import {
  assessChange,
  assessCommit,
  type Commit,
  indexRegistry,
  shippedRegistry,
  type Tier,
} from '../src/provenance/index.ts'
import { atLeast, type Figure } from './figure.ts'
import { type ChangeLabel, type CommitLabel, changeLabels, commitLabels } from './hand-labels.ts'
import { type Share, wilson } from './wilson.ts'

/** One labelled item with both answers. */
export interface Compared<Label> {
  readonly label: Label
  readonly assisted: boolean
  readonly tier: Tier | null
  readonly assistance: string
  readonly agentAuthored: boolean
  readonly kinds: readonly string[]
}

const marks = indexRegistry(shippedRegistry())

/** Right answers of the classifier on the hand-labelled commits and pull requests that the clones hold. */
export async function benchLabels(clones: readonly string[]): Promise<Figure[]> {
  const commits = await compareCommits(clones)
  const changes = await compareChanges(clones)
  if (commits.length === 0) return []
  const own = (tier: string | null) => tier === 'E1' || tier === 'E2'
  const strong = precisionAndRecall(
    commits,
    ({ tier }) => own(tier),
    ({ tier }) => own(tier),
  )
  const all = precisionAndRecall(commits)
  const ofChanges = precisionAndRecall(changes)
  return [
    share('precision of assisted by tools’ own marks (E1, E2)', strong.precision, 0.99),
    share('recall of assisted by tools’ own marks (E1, E2)', strong.recall, 0.98),
    share('precision of assisted, all commits', all.precision, 0.95),
    share('recall of assisted, all commits', all.recall, 0.9),
    share('precision of assisted, pull requests', ofChanges.precision, 0.95),
    share('recall of assisted, pull requests', ofChanges.recall, 0.9),
  ]
}

function share(name: string, { part, whole, value, low, high }: Share, limit: number): Figure {
  const interval = `${part} of ${whole}, 95 % interval ${low.toFixed(3)} to ${high.toFixed(3)}`
  return atLeast(name, value, 'share', `hand labels (${interval})`, limit)
}

/** Precision over what was found, recall over what was labelled, each within its own selection. */
export function precisionAndRecall<Label extends { readonly assistance: string }>(
  compared: readonly Compared<Label>[],
  found: (one: Compared<Label>) => boolean = () => true,
  labelled: (label: Label) => boolean = () => true,
): { precision: Share; recall: Share } {
  const positive = compared.filter((one) => one.assisted && found(one))
  const truth = compared.filter(({ label }) => label.assistance === 'assisted' && labelled(label))
  return {
    precision: wilson(
      positive.filter(({ label }) => label.assistance === 'assisted').length,
      positive.length,
    ),
    recall: wilson(truth.filter(({ assisted }) => assisted).length, truth.length),
  }
}

/** Both answers for each labelled commit that one of the clones holds. */
export async function compareCommits(clones: readonly string[]): Promise<Compared<CommitLabel>[]> {
  const labels = commitLabels()
  const compared: Compared<CommitLabel>[] = []
  for (const clone of clones) {
    const present = presentIn(
      clone,
      labels.map(({ sha }) => sha),
    )
    const here = labels.filter(({ sha }) => present.has(sha))
    for (const label of here) {
      if (compared.some((one) => one.label === label)) continue
      const [commit] = await read(clone, [`${label.sha}^!`])
      if (commit === undefined) continue
      const answer = assessCommit(commit, marks)
      compared.push({
        label,
        assisted: answer.assistance === 'assisted',
        assistance: answer.assistance,
        tier: answer.tier ?? null,
        agentAuthored: answer.agentAuthored,
        kinds: answer.evidence.map(({ mark, tier, claim }) => `${mark} ${tier} ${claim}`),
      })
    }
  }
  return compared
}

/** Both answers for each labelled pull request whose head one of the clones holds. */
export async function compareChanges(clones: readonly string[]): Promise<Compared<ChangeLabel>[]> {
  const labels = changeLabels()
  const compared: Compared<ChangeLabel>[] = []
  for (const clone of clones) {
    const present = presentIn(
      clone,
      labels.flatMap(({ head, base }) => [head, base]),
    )
    for (const label of labels) {
      if (!present.has(label.head) || !present.has(label.base)) continue
      if (compared.some((one) => one.label === label)) continue
      const commits = await read(clone, [`${label.base}..${label.head}`])
      const answer = assessChange({ commits, complete: true }, marks)
      compared.push({
        label,
        assisted: answer.assistance === 'assisted',
        assistance: answer.assistance,
        tier: answer.tier,
        agentAuthored: answer.agentAuthored,
        kinds: answer.evidence.map(({ mark, tier, claim }) => `${mark} ${tier} ${claim}`),
      })
    }
  }
  return compared
}

async function read(clone: string, revisions: readonly string[]): Promise<Commit[]> {
  const repository = await openRepository(clone, { environment: process.env })
  return Array.fromAsync(readCommits(repository, { revisions }))
}

function presentIn(clone: string, shas: readonly string[]): Set<string> {
  const answer = execFileSync('git', ['-C', clone, 'cat-file', '--batch-check'], {
    input: shas.map((sha) => `${sha}^{commit}\n`).join(''),
    encoding: 'utf8',
  })
  return new Set(
    answer
      .split('\n')
      .filter((line) => line.includes(' commit '))
      .map((line) => line.split(' ', 1)[0] ?? ''),
  )
}
