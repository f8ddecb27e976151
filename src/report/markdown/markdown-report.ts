import type { Report } from '../document/report-document.ts'
import type { Block, Section } from '../text/report-section.ts'
import { reportSections } from '../text/report-sections.ts'
import { markdownTable } from './markdown.ts'
import { markdownProse } from './markdown-prose.ts'

export interface MarkdownOptions {
  /** Bytes at most: GitHub takes 65,535 for a check's summary and a mebibyte for a job's. */
  readonly limit: number
}

const maximumText = 2_000
const detailsTitle = 'How it was counted and compared'

/**
 * The report as GitHub's Markdown, for a check, a job's summary or an issue: the verdicts first, what only some want to know
 * folded away. Where it would be longer than the limit, whole sections are left out from the end, and a line says so.
 */
export function renderMarkdown(report: Report, { limit }: MarkdownOptions): string {
  const { title, opening, main, details, footer } = reportSections(report)
  const head = [`## ${markdownProse(title, maximumText)}`, ...opening.flatMap(markdownOf)]
  const foot = footer.map((note) => `<sub>${prose(note)}</sub>`)
  const sections = main.map(markdownSection)
  const folded = details.map(markdownSection)
  for (let kept = sections.length + folded.length; kept >= 0; kept -= 1) {
    const shown = sections.slice(0, kept)
    const below = folded.slice(0, kept - shown.length)
    const isWhole = kept === sections.length + folded.length
    const page = [
      ...head,
      ...shown,
      ...(below.length === 0 ? [] : [fold(below)]),
      ...(isWhole ? [] : [tooLong]),
      ...foot,
    ].join('\n\n')
    if (byteLength(page) < limit) return `${page}\n`
  }
  return `${tooLong}\n`
}

const tooLong =
  'The rest of the report does not fit here. It is in the other formats of this report.'

function markdownSection({ title, blocks }: Section): string {
  return [`### ${prose(title)}`, ...blocks.flatMap(markdownOf)].join('\n\n')
}

function fold(sections: readonly string[]): string {
  return `<details><summary>${detailsTitle}</summary>\n\n${sections.join('\n\n')}\n\n</details>`
}

/** Pictures are for where characters stand below each other: here the numbers below one say the same. */
function markdownOf(block: Block): string[] {
  switch (block.kind) {
    case 'text':
      return [block.strong === true ? `**${prose(block.text)}**` : prose(block.text)]
    case 'list':
      return [block.items.map((item) => `- ${prose(item)}`).join('\n')]
    case 'facts':
      return [
        block.facts.map(({ label, text }) => `* **${prose(label)}**: ${prose(text)}`).join('\n'),
      ]
    case 'interval':
      return []
    case 'table':
      return [
        ...(block.caption === undefined ? [] : [prose(block.caption)]),
        markdownTable(
          block.headings.map(prose),
          block.rows.map((row) => row.map(prose)),
        ),
      ]
  }
}

function prose(text: string): string {
  return markdownProse(text, maximumText)
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length
}
