import type { Report } from '../document/report-document.ts'
import type { Block } from '../text/report-section.ts'
import { reportSections } from '../text/report-sections.ts'
import { visibleText } from '../visible-text.ts'
import { asciiText } from './ascii-text.ts'
import { intervalBar } from './interval-bar.ts'
import { textTable } from './text-table.ts'
import { padded, textWidth } from './text-width.ts'
import { wrapText } from './wrap-text.ts'

/** How a terminal wants a report. */
export interface TerminalOptions {
  /** Columns; taken as at least 40 and at most 120. */
  readonly width: number
  /** Whether lines may be set in bold or faint. No colour says good or bad. */
  readonly colour: boolean
  /** Adds how everything was counted and compared. */
  readonly explain: boolean
  /** Nothing but ASCII, for a terminal whose locale is not UTF-8. */
  readonly ascii?: boolean
}

const [narrowest, widest] = [40, 120]
const widestBar = 61
const maximumText = 2_000
const indent = '  '
const longestLabel = 16
const wideEnoughForColumns = 60
const noBreak = '\u00a0'

/** The report as text for a terminal, the verdicts first. It ends with a line's end. */
export function renderTerminal(report: Report, options: TerminalOptions): string {
  const { title, opening, main, details, footer } = reportSections(report)
  const page = pageFor(options)
  const lines = [
    ...headingLines(title, page),
    ...blockLines(opening, page),
    ...[...main, ...(options.explain ? details : [])].flatMap((section) => [
      '',
      ...headingLines(section.title, page),
      ...blockLines(section.blocks, page),
    ]),
    '',
    ...[...footer, ...(options.explain ? [] : [moreWords])].flatMap((note) =>
      wrapText(page.show(note), page.columns).map((line) => page.emphasise(line, 'faint')),
    ),
  ]
  return `${lines.join('\n')}\n`
}

const moreWords = 'More: --explain for every definition and method, --format html for charts.'

/** What the lines are set on. */
interface Page {
  readonly columns: number
  /** Marks a whole line, which it does not make wider. */
  emphasise(line: string, as: Emphasis): string
  /** A text with nothing in it that a terminal would act on. */
  show(text: string): string
  /** A line of our own. */
  draw(line: string): string
}

type Emphasis = 'strong' | 'faint'

function pageFor({ width, colour, ascii = false }: TerminalOptions): Page {
  const draw = (line: string) => (ascii ? asciiText(line) : line)
  return {
    columns: Math.min(widest, Math.max(narrowest, width)),
    emphasise: colour ? withCodes : (line) => line,
    show: (text) => {
      const parts = text.split(noBreak).map((part) => visibleText(part, maximumText))
      return draw(parts.join(noBreak).replaceAll(' %', `${noBreak}%`))
    },
    draw,
  }
}

function headingLines(title: string, { columns, emphasise, show }: Page): string[] {
  return wrapText(show(title), columns).map((line) => emphasise(line, 'strong'))
}

function blockLines(blocks: readonly Block[], page: Page): string[] {
  return blocks.flatMap((block, index) => {
    const lines = linesOf(block, page)
    const apart = index > 0 && !goesOn(block, blocks[index - 1])
    return apart ? ['', ...lines] : lines
  })
}

/** What follows a statement explains it. */
function goesOn(block: Block, before: Block | undefined): boolean {
  return before?.kind === 'text' && block.kind === 'text' && block.strong !== true
}

function linesOf(block: Block, { columns, emphasise, show, draw }: Page): string[] {
  const wrap = (text: string, first: string, rest: string) =>
    wrapText(show(text), columns, { first, rest })
  switch (block.kind) {
    case 'text': {
      const lines = wrap(block.text, indent, indent)
      return block.strong === true ? lines.map((line) => emphasise(line, 'strong')) : lines
    }
    case 'list':
      return block.items.flatMap((item) => wrap(item, `${indent}- `, `${indent}  `))
    case 'facts':
      return factLines(
        block.facts.map(({ label, text }) => [show(label), show(text)]),
        columns,
      )
    case 'interval': {
      const bar = intervalBar(block.estimate, Math.min(widestBar, columns - 2 * indent.length))
      return bar.map((line) => indent + draw(line))
    }
    case 'table': {
      const table = {
        headings: block.headings.map(show),
        rows: block.rows.map((row) => row.map(show)),
      }
      const above = block.caption === undefined ? [] : wrap(block.caption, indent, indent)
      return [...above, ...textTable(table, columns, indent, (line) => emphasise(line, 'faint'))]
    }
  }
}

/** Labels stand in a column of their own where all of them are short. */
function factLines(facts: readonly (readonly [string, string])[], columns: number): string[] {
  const widest = Math.max(0, ...facts.map(([label]) => textWidth(label)))
  if (widest > longestLabel || columns < wideEnoughForColumns) {
    const within = { first: indent, rest: `${indent}  ` }
    return facts.flatMap(([label, text]) => wrapText(`${label}: ${text}`, columns, within))
  }
  const rest = indent + ' '.repeat(widest + 2)
  return facts.flatMap(([label, text]) =>
    wrapText(text, columns, { first: indent + padded(label, widest + 2), rest }),
  )
}

const codes: Readonly<Record<Emphasis, readonly [number, number]>> = {
  strong: [1, 22],
  faint: [2, 22],
}

function withCodes(text: string, as: Emphasis): string {
  const [on, off] = codes[as]
  return `\u001b[${on}m${text}\u001b[${off}m`
}
