import type { Commit } from './commit.ts'
import type { Assistance, Evidence, Tier } from './evidence.ts'
import { explainCommit } from './explain.ts'
import { findEvidence } from './find-evidence.ts'
import type { KnownMarks } from './registry.ts'
import type { Trailer } from './trailers.ts'
import { isPositive, type SetAside, weighEvidence } from './weigh-evidence.ts'

/** What one commit records of AI, and why. */
export interface CommitAssessment {
  readonly sha: string | undefined
  readonly assistance: Assistance
  /** An AI tool's own identity authored the commit, or a person declared so. */
  readonly agentAuthored: boolean
  readonly tier: Tier | undefined
  /** Ids of the tools behind the answer, sorted. Policy trailers name no tool. */
  readonly tools: readonly string[]
  readonly evidence: readonly Evidence[]
  readonly overruled: readonly Evidence[]
  readonly setAside: SetAside | undefined
  readonly trailers: readonly Trailer[]
  /** Dependency, release, merge or format bot that authored the commit. */
  readonly automation: string | undefined
  readonly reason: string
  /** Version of the registry that gave this answer. */
  readonly registry: string
}

/**
 * Assesses one commit by itself: evidence with tiers, then the rule of docs/provenance.md.
 *
 * @example
 * assessCommit({ message: 'Add x\n\nCo-Authored-By: Claude <noreply@anthropic.com>\n' }, indexRegistry(shippedRegistry()))
 * // { assistance: 'assisted', tier: 'E2', tools: ['claude-code'], … }
 */
export function assessCommit(commit: Commit, marks: KnownMarks): CommitAssessment {
  const { evidence, trailers, automation } = findEvidence(commit, marks)
  const weighed = weighEvidence(evidence)
  return {
    sha: commit.sha,
    assistance: weighed.assistance,
    agentAuthored: weighed.deciding.some(({ claim }) => claim === 'agent-authored'),
    tier: weighed.tier,
    tools: namedTools(weighed.deciding, marks),
    evidence,
    overruled: weighed.overruled,
    setAside: weighed.setAside,
    trailers,
    automation,
    reason: explainCommit(weighed, evidence, automation),
    registry: marks.version,
  }
}

/** Ids of the tools that evidence names, sorted. */
export function namedTools(evidence: readonly Evidence[], marks: KnownMarks): string[] {
  if (evidence.length === 0) return []
  const named = evidence.filter((one) => isPositive(one.claim) && namesTool(one, marks))
  return [...new Set(named.map(({ tool }) => tool))].sort()
}

/** A declaration, a label and a note that gives no known name stand for AI use, not for a tool. */
function namesTool({ tool: id, mark, where }: Evidence, marks: KnownMarks): boolean {
  const tool = marks.tools.get(id)
  if (tool === undefined || tool.kind === 'declaration') return false
  return where.in !== 'note' || !mark.startsWith(`${id}/`)
}
