import type { Report } from './report-document.ts'
import { timeText } from './times.ts'

/** What the owners of an account answered about the use of the numbers. */
export interface SelfAuditAnswers {
  /** Milliseconds since the epoch. */
  readonly answeredAt: number
  readonly answers: readonly { readonly question: string; readonly answer: string }[]
}

/**
 * The report with what its account's owners answer now: also one that was made before they did.
 *
 * @param selfAudit null: no owner has answered
 */
export function withSelfAudit(report: Report, selfAudit: SelfAuditAnswers | null): Report {
  return { ...report, selfAudit: selfAudit && writeSelfAudit(selfAudit) }
}

export function writeSelfAudit({
  answeredAt,
  answers,
}: SelfAuditAnswers): NonNullable<Report['selfAudit']> {
  return {
    answeredAt: timeText(answeredAt),
    answers: answers.map(({ question, answer }) => ({ question, answer })),
  }
}
