import type { KnownMarks, Tier } from '../provenance/index.ts'
import { visibleText } from '../report/index.ts'
import type { ByTier, Totals } from './assessment-totals.ts'

const tiers: readonly Tier[] = ['E1', 'E2', 'E3', 'E4']
const labelWidth = 39
const columnWidth = 10
const maximumName = labelWidth - 1

/** The totals as text for a terminal of 80 columns: what is recorded, by tool and tier, and what that does not say. */
export function assessmentTable(
  totals: Totals,
  marks: KnownMarks,
  emphasis: (text: string) => string,
): string {
  return [
    readLine(totals),
    '',
    ...answerLines(totals),
    ...toolLines(totals, marks, emphasis),
    '',
    'Nothing recorded does not mean that no AI was used: many tools leave no mark.',
    `Registry of ${marks.version}. In a pipe, this command writes each commit as JSON.`,
  ].join('\n')
}

function readLine({ commits, merges }: Totals): string {
  const read = commits === 1 ? '1 commit read' : `${count(commits)} commits read`
  if (merges === 0) return `${read}.`
  return `${read}; ${merges === 1 ? '1 merge is' : `${count(merges)} merges are`} not counted.`
}

function answerLines(totals: Totals): string[] {
  const { commits, unrecorded } = totals
  const line = (label: string, value: number) => [answerLine(label, value, commits)]
  const part = (label: string, value: number) => (value === 0 ? [] : line(`  ${label}`, value))
  return [
    ...line('AI recorded', sum(totals.assisted)),
    ...part('authored by an agent', totals.agentAuthored),
    ...part('disputed by a person, set aside', totals.disputed),
    ...line('recorded as made without AI', sum(totals.unassisted)),
    ...part('disputed by a person, set aside', totals.disputedUnassisted),
    ...line('nothing recorded', totals.undeclared),
    ...part('made by a bot that is no AI tool', unrecorded.automation),
    ...part('an AI review suggestion was taken', unrecorded.suggested),
    ...part('weak signs only', unrecorded.weak),
    ...part('an unreliable mark only, set aside', unrecorded.unreliable),
  ]
}

function answerLine(label: string, value: number, of: number): string {
  return `  ${label.padEnd(labelWidth - 2)}${count(value).padStart(columnWidth)}${share(value, of)}`
}

/** In per cent; what is not nothing and not all never looks so. */
function share(value: number, of: number): string {
  if (of === 0) return ''
  const rounded = ((100 * value) / of).toFixed(1)
  const shown =
    rounded === '0.0' && value > 0 ? '<0.1' : rounded === '100.0' && value < of ? '>99.9' : rounded
  return `${shown.padStart(columnWidth)} %`
}

function toolLines(
  totals: Totals,
  marks: KnownMarks,
  emphasis: (text: string) => string,
): string[] {
  if (totals.tools.size === 0 && sum(totals.unassisted) === 0) return []
  const rows = [...totals.tools]
    .map(([tool, counts]) => ({ name: marks.tools.get(tool)?.name ?? tool, counts }))
    .toSorted((one, other) => {
      return sum(other.counts) - sum(one.counts) || one.name.localeCompare(other.name, 'en')
    })
  return [
    '',
    emphasis(tierLine('Commits by tool and strongest sign', tiers)),
    ...rows.map(({ name, counts }) => tierLine(visibleText(name, maximumName), cells(counts))),
    emphasis(tierLine('All with AI recorded', cells(totals.assisted))),
    ...(sum(totals.unassisted) === 0
      ? []
      : [emphasis(tierLine('All recorded as made without AI', cells(totals.unassisted)))]),
    '',
    'E1 attested by a platform or a note     E2 the mark that a tool leaves',
    'E3 declared by a person                 E4 weak, never enough alone',
    'A commit that shows several tools stands in the line of each.',
  ]
}

function tierLine(label: string, values: readonly string[]): string {
  return label.padEnd(labelWidth) + values.map((value) => value.padStart(columnWidth)).join('')
}

function cells(counts: ByTier): string[] {
  return tiers.map((tier) => (counts[tier] === 0 ? '·' : count(counts[tier])))
}

function sum(counts: ByTier): number {
  return tiers.reduce((total, tier) => total + counts[tier], 0)
}

function count(value: number): string {
  return value.toLocaleString('en')
}
