import { styleText } from 'node:util'
import type { Commit, CommitAssessment, KnownMarks, Tier } from '../provenance/index.ts'

/** Running totals of assessed commits; its size does not grow with the history. */
export interface Totals {
  commits: number
  merges: number
  automation: number
  suggested: number
  assisted: number
  agentAuthored: number
  unassisted: number
  setAside: number
  /** Commits with evidence, by tool and by its strongest tier there. */
  readonly tools: Map<string, Record<Tier, number>>
}

export function emptyTotals(): Totals {
  return {
    commits: 0,
    merges: 0,
    automation: 0,
    suggested: 0,
    assisted: 0,
    agentAuthored: 0,
    unassisted: 0,
    setAside: 0,
    tools: new Map(),
  }
}

/** Adds one commit. Merges are counted apart: they carry other commits' work. */
export function addToTotals(totals: Totals, commit: Commit, assessment: CommitAssessment): void {
  if ((commit.parents ?? 1) > 1) {
    totals.merges += 1
    return
  }
  totals.commits += 1
  if (assessment.automation !== undefined) totals.automation += 1
  if (assessment.evidence.some(({ claim }) => claim === 'suggested')) totals.suggested += 1
  if (assessment.assistance === 'assisted') totals.assisted += 1
  if (assessment.agentAuthored) totals.agentAuthored += 1
  if (assessment.assistance === 'unassisted') totals.unassisted += 1
  if (assessment.setAside !== undefined) totals.setAside += 1
  for (const [tool, tier] of strongestByTool(assessment)) {
    const row = totals.tools.get(tool) ?? { E1: 0, E2: 0, E3: 0, E4: 0 }
    row[tier] += 1
    totals.tools.set(tool, row)
  }
}

function strongestByTool({ evidence }: CommitAssessment): Map<string, Tier> {
  const strongest = new Map<string, Tier>()
  for (const { tool, tier, claim } of evidence) {
    if (claim === 'suggested') continue
    const known = strongest.get(tool)
    if (known === undefined || tier < known) strongest.set(tool, tier)
  }
  return strongest
}

/** The totals as a table for a terminal: what was recorded, by tool and tier, and what that does not say. */
export function assessmentTable(totals: Totals, marks: KnownMarks): string {
  const undeclared = totals.commits - totals.assisted - totals.unassisted
  const rows = [...totals.tools]
    .map(([tool, tiers]) => ({ name: marks.tools.get(tool)?.name ?? tool, tiers }))
    .toSorted(
      (one, other) => sum(other.tiers) - sum(one.tiers) || one.name.localeCompare(other.name),
    )
  return [
    `${count(totals.commits)} commits read${totals.merges > 0 ? `, and ${count(totals.merges)} merges, which do not count` : ''}.`,
    '',
    summaryLine('AI recorded', totals.assisted, totals.commits, agentNote(totals)),
    summaryLine('declared or attested without AI', totals.unassisted, totals.commits),
    summaryLine('nothing recorded', undeclared, totals.commits, automationNote(totals)),
    ...(totals.suggested > 0
      ? [
          summaryLine(
            'AI review suggestion accepted',
            totals.suggested,
            totals.commits,
            'not authorship',
          ),
        ]
      : []),
    ...(totals.setAside > 0
      ? [summaryLine('disputed or unreliable, set aside', totals.setAside, totals.commits)]
      : []),
    ...(rows.length === 0 ? [] : ['', ...toolTable(rows)]),
    '',
    'E1 attested · E2 written by the tool · E3 declared by a person · E4 weak, never enough alone.',
    'Nothing recorded does not mean that no AI was used: many tools leave no mark.',
    `Registry of ${marks.version}.`,
  ].join('\n')
}

function toolTable(rows: readonly { name: string; tiers: Record<Tier, number> }[]): string[] {
  const width = Math.max(4, ...rows.map(({ name }) => name.length))
  const cells = (values: readonly string[]) => values.map((value) => value.padStart(8)).join('')
  const heading = `${'Tool'.padEnd(width)}${cells(['E1', 'E2', 'E3', 'E4'])}`
  return [
    styleText('bold', heading, { validateStream: false }),
    ...rows.map(
      ({ name, tiers }) =>
        `${name.padEnd(width)}${cells(([tiers.E1, tiers.E2, tiers.E3, tiers.E4] as const).map((value) => (value === 0 ? '·' : count(value))))}`,
    ),
  ]
}

function summaryLine(label: string, value: number, of: number, note = ''): string {
  const share = of === 0 ? '' : ` ${((100 * value) / of).toFixed(1).padStart(5)} %`
  return `  ${label.padEnd(34)}${count(value).padStart(9)}${share}${note === '' ? '' : `   ${note}`}`
}

function agentNote({ agentAuthored }: Totals): string {
  return agentAuthored === 0 ? '' : `${count(agentAuthored)} authored by an agent`
}

function automationNote({ automation }: Totals): string {
  return automation === 0 ? '' : `${count(automation)} made by bots that are no AI tools`
}

function sum(tiers: Record<Tier, number>): number {
  return tiers.E1 + tiers.E2 + tiers.E3 + tiers.E4
}

function count(value: number): string {
  return value.toLocaleString('en')
}
