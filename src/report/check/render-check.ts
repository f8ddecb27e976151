import { assistanceFacts, assistanceSigns } from '../markdown/assistance-parts.ts'
import { proseWithCode } from '../markdown/markdown.ts'
import { changeTimeline } from './change-timeline.ts'
import type { CheckContents, CheckOutput } from './check-contents.ts'
import { checkTitle } from './check-title.ts'
import { declarationsSection } from './declarations-section.ts'
import { statementSection } from './statement-section.ts'

/** GitHub takes 65,535 bytes; some room is left. */
const maximumBytes = 65_000
/** Rows of the table of signs; fewer, where their texts are so long that the check would not fit. */
const rowLimits = [20, 10, 5, 1, 0]
const maximumSentence = 300
const maximumMissing = 10

/**
 * The check of one pull request: what is recorded of this change and how sure that is, what happened to it so far, and
 * what can be said of its repository and its organisation. It compares groups of changes, never this change with others,
 * and tells nothing of its author. Its conclusion is always neutral.
 */
export function renderCheck(contents: CheckContents): CheckOutput {
  const title = checkTitle(contents)
  for (const rows of rowLimits) {
    const summary = page(contents, rows)
    if (new TextEncoder().encode(summary).length <= maximumBytes) return { title, summary }
  }
  return { title, summary: page({ ...contents, statements: [] }, 0) }
}

function page(contents: CheckContents, maximumRows: number): string {
  const { assessment, change, missing, statements, repositoryUrl } = contents
  return [
    '### This change',
    proseWithCode(assessment.reason, maximumSentence),
    ...assistanceFacts(assessment, contents),
    ...missing.slice(0, maximumMissing).map((one) => `> ${proseWithCode(one, maximumSentence)}`),
    ...assistanceSigns(assessment.evidence, contents, maximumRows),
    ...changeTimeline(change, repositoryUrl),
    '### Corrections',
    ...declarationsSection(contents),
    ...statements.flatMap(statementSection),
    `<sub>Read with registry ${assessment.registry}. It describes one change and groups of changes, and judges nobody's work. A missing mark does not mean that no AI was used.</sub>`,
  ].join('\n\n')
}
