import type { ChangeAssessment } from '../provenance/index.ts'
import type { Metadata } from './metadata-schema.ts'

/** Evidence listed in the metadata at most: outputs of a job are limited to 1 MB. */
const maximumEvidence = 500

/** The metadata of an assessed pull request. */
export function toMetadata(
  assessment: ChangeAssessment,
  about: { readonly repository: string; readonly number: number; readonly head: string | null },
): Metadata {
  const { assistedCommits, totalCommits } = assessment
  return {
    schema: 1,
    registry: assessment.registry,
    repository: about.repository,
    pullRequest: about.number,
    head: about.head,
    assistance: assessment.assistance,
    agentAuthored: assessment.agentAuthored,
    intensity: assessment.intensity,
    tier: assessment.tier,
    tools: [...assessment.tools],
    assistedCommits,
    totalCommits,
    evidenceShare: totalCommits === 0 ? null : assistedCommits / totalCommits,
    complete: assessment.complete,
    setAside: assessment.setAside,
    automation: assessment.automation,
    reason: assessment.reason,
    evidence: assessment.evidence
      .slice(0, maximumEvidence)
      .map(({ tool, mark, tier, claim, where }) => ({ tool, mark, tier, claim, where })),
    evidenceTruncated: assessment.evidence.length > maximumEvidence,
  }
}
