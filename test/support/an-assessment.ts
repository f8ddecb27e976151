import type { ChangeAssessment } from '../../src/provenance/index.ts'

/** The assessment of a change of which nothing is recorded, and what differs. */
export function anAssessment(differing: Partial<ChangeAssessment> = {}): ChangeAssessment {
  return {
    assistance: 'undeclared',
    agentAuthored: false,
    intensity: null,
    tier: null,
    tools: [],
    assistedCommits: 0,
    totalCommits: 1,
    commits: [],
    evidence: [],
    overruled: [],
    setAside: null,
    complete: true,
    automation: null,
    reason: 'Nothing is recorded, which does not show that no AI was used.',
    policy: null,
    registry: '2026-11-22',
    ...differing,
  }
}
