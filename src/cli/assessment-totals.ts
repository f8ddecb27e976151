import type { Commit, CommitAssessment, Evidence, Tier } from '../provenance/index.ts'

export type ByTier = Record<Tier, number>

/** Why nothing is recorded of a commit, where there is something to say; each commit has one reason at most. */
export type Unrecorded = 'unreliable' | 'automation' | 'suggested' | 'weak'

/** Running totals of assessed commits; their size does not grow with the history. */
export interface Totals {
  /** The commits that count: all but merges. */
  commits: number
  merges: number
  agentAuthored: number
  /** Assisted commits that a person disputed. */
  disputed: number
  /** Unassisted commits that a person disputed. */
  disputedUnassisted: number
  /** By strongest sign: these add up to all commits with that answer. */
  readonly assisted: ByTier
  readonly unassisted: ByTier
  undeclared: number
  /** Parts of `undeclared`. */
  readonly unrecorded: Record<Unrecorded, number>
  /** Commits with signs of a tool, by the strongest of them. A commit may show several tools. */
  readonly tools: Map<string, ByTier>
}

export function emptyTotals(): Totals {
  return {
    commits: 0,
    merges: 0,
    agentAuthored: 0,
    disputed: 0,
    disputedUnassisted: 0,
    assisted: noneByTier(),
    unassisted: noneByTier(),
    undeclared: 0,
    unrecorded: { unreliable: 0, automation: 0, suggested: 0, weak: 0 },
    tools: new Map(),
  }
}

function noneByTier(): ByTier {
  return { E1: 0, E2: 0, E3: 0, E4: 0 }
}

/** Adds one commit. Merges are counted apart: they carry other commits' work. */
export function addToTotals(totals: Totals, commit: Commit, assessment: CommitAssessment): void {
  if ((commit.parents ?? 1) > 1) {
    totals.merges += 1
    return
  }
  totals.commits += 1
  addAnswer(totals, assessment)
  for (const [tool, tier] of strongestByTool(assessment)) {
    const counts = totals.tools.get(tool) ?? noneByTier()
    counts[tier] += 1
    totals.tools.set(tool, counts)
  }
}

function addAnswer(totals: Totals, assessment: CommitAssessment): void {
  const { assistance, tier, agentAuthored, setAside } = assessment
  if (assistance === 'undeclared' || tier === undefined) {
    totals.undeclared += 1
    const reason = whyUnrecorded(assessment)
    if (reason !== undefined) totals.unrecorded[reason] += 1
    return
  }
  if (assistance === 'assisted') {
    totals.assisted[tier] += 1
    if (agentAuthored) totals.agentAuthored += 1
    if (setAside === 'disputed') totals.disputed += 1
    return
  }
  totals.unassisted[tier] += 1
  if (setAside === 'disputed') totals.disputedUnassisted += 1
}

function whyUnrecorded({ setAside, automation, evidence }: CommitAssessment) {
  if (setAside === 'unreliable-mark') return 'unreliable'
  if (automation !== undefined) return 'automation'
  if (evidence.some(({ claim }) => claim === 'suggested')) return 'suggested'
  return evidence.some(({ tier }) => tier === 'E4') ? 'weak' : undefined
}

function strongestByTool({ evidence, overruled }: CommitAssessment): Map<string, Tier> {
  const strongest = new Map<string, Tier>()
  for (const sign of evidence) {
    if (!saysAssisted(sign) || overruled.includes(sign)) continue
    const known = strongest.get(sign.tool)
    if (known === undefined || sign.tier < known) strongest.set(sign.tool, sign.tier)
  }
  return strongest
}

function saysAssisted({ claim }: Evidence): boolean {
  return claim === 'assisted' || claim === 'agent-authored'
}
