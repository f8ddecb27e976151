import type { Commit, CommitAssessment } from '../provenance/index.ts'

/**
 * What a terminal would act on or hide and JSON does not escape by itself: C1 controls, line and paragraph separators, marks
 * that turn the direction of text. Results that are piped may still end on a screen (`| head`).
 */
const unsafe = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g

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
  return JSON.stringify(line).replace(
    unsafe,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
