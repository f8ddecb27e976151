import { execFileSync } from 'node:child_process'
import { openRepository, readCommits } from '../src/git/index.ts'
import {
  assessChange,
  assessCommit,
  type ChangeAssessment,
  type Commit,
  type CommitAssessment,
  indexRegistry,
  shippedRegistry,
  type Tier,
} from '../src/provenance/index.ts'
import { atLeast, type Figure } from './figure.ts'
import {
  type ChangeLabel,
  type CommitLabel,
  changeLabels,
  commitLabels,
  labelSets,
} from './hand-labels.ts'
import { type Share, wilson } from './wilson.ts'

/** One labelled item with both answers. */
export interface Compared<Label> {
  readonly label: Label
  readonly assisted: boolean
  readonly tier: Tier | null
  /** Where the evidence behind the answer stands, strongest first; empty when not assisted. */
  readonly kinds: readonly string[]
}

const marks = indexRegistry(shippedRegistry())

/** Right answers of the classifier on the hand-labelled commits and pull requests that the clones hold. */
export async function benchLabels(clones: readonly string[]): Promise<Figure[]> {
  const labels = labelSets.flatMap((set) => commitLabels(set))
  const commits = await compareCommits(clones, labels)
  const changes = await compareChanges(clones)
  // A share of a few commits would say nothing: it takes the clones that the labels were drawn from.
  if (commits.length < labels.length / 2 || changes.length === 0) return []
  const ofTools = precisionAndRecall(commits, isToolsOwn)
  const all = precisionAndRecall(commits)
  const ofChanges = precisionAndRecall(changes)
  return [
    share('precision of assisted by tools’ own marks (E1, E2)', ofTools.precision, 0.99),
    share('recall of assisted by tools’ own marks (E1, E2)', ofTools.recall, 0.98),
    share('precision of assisted, all commits', all.precision, 0.95),
    share('recall of assisted, all commits', all.recall, 0.9),
    share('precision of assisted, pull requests', ofChanges.precision, 0.95),
    share('recall of assisted, pull requests', ofChanges.recall, 0.9),
  ]
}

/** Whether a tier is that of a mark which a tool or a platform wrote. */
export function isToolsOwn({ tier }: { readonly tier: string | null }): boolean {
  return tier === 'E1' || tier === 'E2'
}

function share(name: string, { part, whole, value, low, high }: Share, limit: number): Figure {
  const interval = `${part} of ${whole}, 95 % interval ${low.toFixed(3)} to ${high.toFixed(3)}`
  return atLeast(name, value, 'share', `hand labels (${interval})`, limit)
}

/** Precision over what was found, recall over what was labelled, of what `counts`. */
export function precisionAndRecall<
  Label extends { readonly assistance: string; readonly tier?: string },
>(
  compared: readonly Compared<Label>[],
  counts: (by: { readonly tier: string | null }) => boolean = () => true,
): { precision: Share; recall: Share } {
  const found = compared.filter((one) => one.assisted && counts(one))
  const truth = compared.filter(
    ({ label }) => label.assistance === 'assisted' && counts({ tier: label.tier ?? null }),
  )
  return {
    precision: wilson(
      found.filter(({ label }) => label.assistance === 'assisted').length,
      found.length,
    ),
    recall: wilson(truth.filter(({ assisted }) => assisted).length, truth.length),
  }
}

/** Both answers for each labelled commit that one of the clones holds. */
export async function compareCommits(
  clones: readonly string[],
  labels: readonly CommitLabel[],
): Promise<Compared<CommitLabel>[]> {
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
        ...toCompared(answer),
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
        ...toCompared(answer),
      })
    }
  }
  return compared
}

function toCompared(answer: CommitAssessment | ChangeAssessment): Omit<Compared<never>, 'label'> {
  const assisted = answer.assistance === 'assisted'
  const behind = answer.evidence.filter(
    ({ tier, claim }) => tier === answer.tier && claim !== 'suggested',
  )
  return {
    assisted,
    tier: answer.tier ?? null,
    kinds: assisted ? behind.map(({ mark, where }) => kindOf(mark, where.in)) : [],
  }
}

/** The label's word for where a sign stands. */
function kindOf(mark: string, place: string): string {
  if (place !== 'message') return place
  const kind = kinds.get(mark)
  return kind ?? place
}

const kinds: ReadonlyMap<string, string> = new Map(
  shippedRegistry().tools.flatMap((tool) =>
    tool.marks.map((mark) => [`${tool.id}/${mark.id}`, mark.in] as const),
  ),
)

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
