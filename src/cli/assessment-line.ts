import { type Commit, type CommitAssessment, jsonLine } from '../provenance/index.ts'

/** One commit's assessment as one line of JSON, without the line's end. Its shape is described in docs/provenance.md. */
export function assessmentLine(commit: Commit, assessment: CommitAssessment): string {
  const { sha, assistance, agentAuthored, tier, tools, evidence, trailers } = assessment
  const line = {
    sha,
    assistance,
    agentAuthored,
    tier,
    tools,
    evidence: evidence.map(({ where: { sha: _, ...where }, ...sign }) => ({ ...sign, where })),
    trailers: trailers.map(({ key, value }) => ({ key, value })),
    merge: (commit.parents ?? 1) > 1 ? true : undefined,
    automation: assessment.automation,
    setAside: assessment.setAside,
    reason: assessment.reason,
    registry: assessment.registry,
  }
  return jsonLine(line)
}
