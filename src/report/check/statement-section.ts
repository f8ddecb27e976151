import type { Report } from '../document/report-document.ts'
import { markdownProse } from '../markdown/markdown-prose.ts'
import { intervalBar } from '../terminal/interval-bar.ts'
import { dayText } from '../text/dates.ts'
import { estimateText, limitsText, plainNumber } from '../text/estimate-text.ts'
import type { ScopeStatement } from './check-contents.ts'

const titles = { repository: 'This repository', organisation: 'The whole organisation' } as const
const maximumText = 2_000
/** Columns of a bar: what fits beside a pull request on a narrow window. */
const barColumns = 53

/** The latest statement of a scope: three verdicts with their intervals, how sure they are, and what limits them. */
export function statementSection({ scope, state }: ScopeStatement): string[] {
  switch (state.kind) {
    case 'reading':
      return [`### ${titles[scope]}`, readingText(state.read, state.total)]
    case 'awaited':
      return [
        `### ${titles[scope]}`,
        `Its past changes are read. Comparisons are made once a week: the next are due on ${dayText(state.due)}, and this one is shown from the first on in which enough people took part.`,
      ]
    case 'published':
      return published(titles[scope], state.report)
  }
}

function readingText(read: number, total: number | null): string {
  const progress =
    total === null ? `${plainNumber(read)} so far` : `${plainNumber(read)} of ${plainNumber(total)}`
  return `Its past changes are being read: ${progress}. The comparison is shown here once they are.`
}

function published(title: string, report: Report): string[] {
  const { comparisons, readings, warnings, asOf, headline } = report
  return [
    `### ${title}`,
    `As of ${dayText(asOf)}, changes with AI recorded beside changes with no AI recorded, with 95 % intervals. This does not show that AI caused a difference.`,
    `**${prose(headline)}**`,
    comparisons.map(statementLine).join('\n'),
    ...forest(report),
    ...(readings.differences === null ? [] : [prose(readings.differences)]),
    ...(warnings.length === 0
      ? []
      : [
          folded(
            'What limits this',
            warnings.map(({ text }) => `* ${prose(text)}`),
          ),
        ]),
  ]
}

function statementLine({ title, statement, reason, estimate }: Report['comparisons'][number]) {
  const difference = estimate === null ? '' : estimateText(estimate)
  // A statement gives the limits, at times with other words around them.
  const limits = estimate === null ? '' : limitsText(estimate)
  const interval = statement.includes(limits) ? '' : ` Difference ${difference}, 95 % interval.`
  const why = reason === null ? '' : ` ${reason}`
  return `* **${prose(title)}**: ${prose(`${statement}${why}${interval}`)}`
}

/** The intervals as a picture in characters: one that does not reach the line in the middle is a sign of a difference. */
function forest({ comparisons }: Report): string[] {
  const bars = comparisons.flatMap(({ title, estimate }) =>
    estimate === null ? [] : [[title, ...intervalBar(estimate, barColumns)].join('\n')],
  )
  return bars.length === 0 ? [] : [`\`\`\`text\n${bars.join('\n\n')}\n\`\`\``]
}

function folded(summary: string, lines: readonly string[]): string {
  return `<details><summary>${summary}</summary>\n\n${lines.join('\n')}\n\n</details>`
}

function prose(text: string): string {
  return markdownProse(text, maximumText)
}
