import { assessCommit, type CommitAssessment, namedTools } from './assess-commit.ts'
import type { ChangeFacts } from './change-facts.ts'
import type { Assistance, Evidence, Place, Tier } from './evidence.ts'
import { explainChange } from './explain.ts'
import { findChangeEvidence } from './find-change-evidence.ts'
import { findEvidence } from './find-evidence.ts'
import type { KnownMarks } from './registry.ts'
import { type SetAside, type Weighed, weighEvidence } from './weigh-evidence.ts'

/** What one change records of AI, and why. */
export interface ChangeAssessment {
  readonly assistance: Assistance
  /** An agent's own account opened the change or authored at least half of its commits. */
  readonly agentAuthored: boolean
  /** By the share of commits with evidence: below half `light`, half and more `heavy`; null when not assisted. */
  readonly intensity: 'light' | 'heavy' | null
  /** Strongest tier behind the answer; null for undeclared. */
  readonly tier: Tier | null
  readonly tools: readonly string[]
  readonly assistedCommits: number
  /** Commits that count: merges of the base branch do not. */
  readonly totalCommits: number
  readonly commits: readonly CommitAssessment[]
  /** Evidence of the change itself and of its commits. */
  readonly evidence: readonly Evidence[]
  readonly overruled: readonly Evidence[]
  /** Why the change is kept out of both cohorts; null when it is not. */
  readonly setAside: SetAside | null
  readonly complete: boolean
  /** The dependency, release, merge or format bot that opened the change or authored all of its commits. */
  readonly automation: string | null
  readonly reason: string
  /** Why absence of a mark means nothing in this repository; null where no such policy is known. */
  readonly policy: string | null
  readonly registry: string
}

/**
 * Assesses a pull request from its own commits first (squash merges lose marks), then from what only the pull request
 * says: who opened it, its description, branch and labels.
 *
 * @param before assessments of commits that need not be made again: the same commit says the same
 */
export function assessChange(
  facts: ChangeFacts,
  marks: KnownMarks,
  before: readonly CommitAssessment[] = [],
): ChangeAssessment {
  const assessed = new Map(before.map((commit) => [commit.sha, commit]))
  const commits = facts.commits
    .filter(({ parents }) => parents === undefined || parents < 2)
    .map((commit) => assessed.get(commit.sha) ?? assessCommit(commit, marks))
  const own = findChangeEvidence(facts, marks)
  const mergeOnly = mergeEvidence(facts, commits, marks)
  const evidence = [...own.evidence, ...commits.flatMap((commit) => commit.evidence), ...mergeOnly]
  const weighed = weighChange(commits, [...own.evidence, ...mergeOnly], facts.complete)
  const assisted = weighed.assistance === 'assisted'
  // A person who says that an agent authored it says more than a tool's mark in a commit, and nothing against it.
  const declared = own.evidence.filter(({ tier }) => tier === 'E3')
  const assistedCommits = commits.filter(({ assistance }) => assistance === 'assisted').length
  const automation = own.automation ?? commonAutomation(commits)
  return {
    assistance: weighed.assistance,
    agentAuthored: assisted && isAgentAuthored(commits, [...weighed.deciding, ...declared]),
    intensity: !assisted ? null : isHalf(assistedCommits, commits) ? 'heavy' : 'light',
    tier: weighed.tier ?? null,
    tools: namedTools(weighed.deciding, marks),
    assistedCommits,
    totalCommits: commits.length,
    commits,
    evidence,
    overruled: weighed.overruled,
    setAside: weighed.setAside ?? null,
    complete: facts.complete,
    automation: automation ?? null,
    reason: explainChange(weighed, { commits, evidence, automation, complete: facts.complete }),
    policy: marks.policies.get(facts.repository?.toLowerCase() ?? '') ?? null,
    registry: marks.version,
  }
}

/** At least half of the commits, and not none of none. */
function isHalf(count: number, commits: readonly CommitAssessment[]): boolean {
  return count > 0 && count >= commits.length / 2
}

function isAgentAuthored(
  commits: readonly CommitAssessment[],
  deciding: readonly Evidence[],
): boolean {
  const ofChange: readonly Place['in'][] = ['opener', 'label', 'description', 'check']
  return (
    deciding.some(
      ({ claim, where }) => claim === 'agent-authored' && ofChange.includes(where.in),
    ) || isHalf(commits.filter(({ agentAuthored }) => agentAuthored).length, commits)
  )
}

/**
 * A commit's own declaration is about that commit: one commit declared without AI does not speak for the others, all of
 * them together do. Commits that could not be read might say otherwise, so without them no change is unassisted.
 */
function weighChange(
  commits: readonly CommitAssessment[],
  own: readonly Evidence[],
  complete: boolean,
): Weighed {
  if (own.length === 0 && commits.every(({ evidence }) => evidence.length === 0)) {
    return weighEvidence([])
  }
  const byPeople = commits.filter(({ automation }) => automation === undefined)
  const unassisted =
    byPeople.length > 0 && byPeople.every(({ assistance }) => assistance === 'unassisted')
  const ofCommits = commits.flatMap(({ assistance, evidence, overruled }) =>
    assistance === 'assisted' || unassisted
      ? evidence.filter((one) => !overruled.includes(one))
      : evidence.filter(({ tier }) => tier === 'E4'),
  )
  const weighed = weighEvidence([...ofCommits, ...own])
  const disputed = commits.filter(({ setAside }) => setAside === 'disputed')
  const answer: Weighed = {
    ...weighed,
    overruled: [...disputed.flatMap(({ overruled }) => overruled), ...weighed.overruled],
    ...(disputed.length > 0 ? { setAside: 'disputed' } : {}),
  }
  if (complete || answer.assistance !== 'unassisted') return answer
  const { tier: _, ...rest } = answer
  return { ...rest, assistance: 'undeclared', deciding: [] }
}

/** Evidence that only the squash or merge commit carries: what its commits said already is not said twice. */
function mergeEvidence(
  facts: ChangeFacts,
  commits: readonly CommitAssessment[],
  marks: KnownMarks,
): Evidence[] {
  if (facts.mergeCommit === undefined) return []
  const found = findEvidence(facts.mergeCommit, marks).evidence
  if (found.length === 0) return []
  const told = new Set(commits.flatMap(({ evidence }) => evidence.map(({ tool }) => tool)))
  return found.filter(({ tool, where }) => !told.has(tool) && where.in === 'message')
}

function commonAutomation(commits: readonly CommitAssessment[]): string | undefined {
  return commits.every(({ automation }) => automation !== undefined)
    ? commits[0]?.automation
    : undefined
}
