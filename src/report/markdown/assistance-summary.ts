import type { ChangeAssessment } from '../../provenance/index.ts'
import {
  type AssistanceContext,
  assistanceFacts,
  assistanceHeadline,
  assistanceSigns,
} from './assistance-parts.ts'
import { codeSpan, proseWithCode } from './markdown.ts'

/** What the summary of a pull request needs beside its assessment. */
export interface SummaryContext extends AssistanceContext {
  readonly number: number
  /** Names of the labels that answer, under the prefix in use. */
  readonly labels: { readonly assisted: string; readonly unassisted: string }
  /** What was left out of this run, in words: missing permissions, an unreadable configuration. */
  readonly notices: readonly string[]
}

/** GitHub takes 65,535 bytes for a check's summary; a job's may be longer. */
const maximumBytes = 65_000
/** Rows of a table at most; fewer, where their texts are so long that the summary would not fit. */
const rowLimits = [40, 20, 10, 5, 1]
const maximumNotices = 10
const maximumNotice = 300

/**
 * Markdown for the job summary or the check of one pull request: what was found, where, how sure, how to correct it. Never
 * longer than 65,000 bytes.
 */
export function assistanceSummary(assessment: ChangeAssessment, context: SummaryContext): string {
  for (const rows of rowLimits) {
    const summary = withRows(assessment, context, rows)
    if (new TextEncoder().encode(summary).length <= maximumBytes) return summary
  }
  return withRows(assessment, context, 0)
}

function withRows(
  assessment: ChangeAssessment,
  context: SummaryContext,
  maximumRows: number,
): string {
  return [
    `## ${assistanceHeadline(assessment)}`,
    assessment.reason,
    ...assistanceFacts(assessment, context),
    ...notices(context),
    ...assistanceSigns(assessment.evidence, context, maximumRows),
    ...correction(context),
    `<sub>Read from the commits, description, branch, labels and notes of pull request ${context.number}, with registry ${assessment.registry}. This describes one change and judges nobody's work.</sub>`,
  ].join('\n\n')
}

function notices(context: SummaryContext): string[] {
  const shown = context.notices.slice(0, maximumNotices)
  const more = context.notices.length - shown.length
  return [
    ...shown.map((notice) => `> ${proseWithCode(notice, maximumNotice)}`),
    ...(more > 0 ? [`> … and ${more} more, in the job's log.`] : []),
  ]
}

function correction({ labels }: SummaryContext): string[] {
  return [
    '### Is it wrong?',
    `Take a wrong label off, or put ${codeSpan(labels.assisted)} or ${codeSpan(labels.unassisted)} on. Or write ${codeSpan('AI-Assistance: none')}, ${codeSpan('AI-Assistance: assisted')} or ${codeSpan('AI-Assistance: agent')} on a line of its own in the description or a commit message. Your word is kept and shown. Against a tool's own mark it makes the change count neither as assisted nor as unassisted; what is attested stands.`,
  ]
}
