import {
  type AnswerLabels,
  type ChangeAssessment,
  isSameLabel,
  type LabelEvent,
} from '../provenance/index.ts'
import type { Label, LabelChanges } from './labels.ts'

/** What is on the pull request now, and who put it there. */
export interface LabelState {
  readonly labels: readonly string[]
  readonly events: readonly LabelEvent[]
}

export interface LabelSettings {
  readonly prefix: string
  /** Whether each tool gets a label too. */
  readonly tools: boolean
}

/** GitHub takes no longer names. */
const maximumName = 50

/** The labels that answer, under a prefix. */
export function answerLabels(prefix: string): AnswerLabels {
  return {
    assisted: `${prefix}assisted`,
    agentAuthored: `${prefix}agent-authored`,
    unassisted: `${prefix}unassisted`,
  }
}

/**
 * Decides which labels to move. Only labels that this tool set itself are ever taken off, and none is put back that a
 * person took off. A disputed change, and one that a person labelled otherwise, carries only what people put on it. An answer that rests on commits that could not
 * be read moves nothing.
 */
export function planLabels(
  assessment: ChangeAssessment,
  state: LabelState,
  settings: LabelSettings,
): LabelChanges {
  if (!assessment.complete && assessment.assistance === 'undeclared') return { add: [], remove: [] }
  const wanted = wantedLabels(assessment, settings)
  const isOn = (name: string) => state.labels.some((label) => isSameLabel(label, name))
  return {
    add: wanted.filter(({ name }) => !isOn(name) && !takenOff(name, state.events)),
    remove: state.labels.filter(
      (label) =>
        isOurs(label, settings) &&
        !wanted.some(({ name }) => isSameLabel(name, label)) &&
        lastEvent(label, state.events)?.by === 'us',
    ),
  }
}

/** Names of the answer's labels that stand once the changes are made. */
export function standingLabels(
  state: LabelState,
  changes: LabelChanges,
  settings: LabelSettings,
): string[] {
  const kept = state.labels.filter(
    (label) => isOurs(label, settings) && !changes.remove.includes(label),
  )
  return [...kept, ...changes.add.map(({ name }) => name)].sort()
}

function wantedLabels(assessment: ChangeAssessment, { prefix, tools }: LabelSettings): Label[] {
  if (assessment.setAside === 'disputed') return []
  // A person's label that says otherwise stays, and two opposite answers would help nobody.
  const contradicted = assessment.overruled.some(({ where }) => where.in === 'label')
  const answer = contradicted ? [] : answerLabel(assessment, prefix)
  const toolLabels = assessment.tools.map((tool) => ({
    name: `${prefix}tool:${tool}`,
    color: 'd4c5f9',
    description: 'Recorded: an AI tool that left its mark',
  }))
  return [...answer, ...(tools ? toolLabels : [])].filter(({ name }) => name.length <= maximumName)
}

function answerLabel({ assistance, agentAuthored }: ChangeAssessment, prefix: string): Label[] {
  const names = answerLabels(prefix)
  if (assistance === 'undeclared') return []
  if (assistance === 'unassisted') {
    const description = 'Declared or attested: made without AI'
    return [{ name: names.unassisted, color: 'bfd4f2', description }]
  }
  return agentAuthored
    ? [
        {
          name: names.agentAuthored,
          color: '5319e7',
          description: 'Recorded: authored by an AI agent',
        },
      ]
    : [{ name: names.assisted, color: '1d76db', description: 'Recorded: made with AI assistance' }]
}

function isOurs(label: string, { prefix }: LabelSettings): boolean {
  const names = answerLabels(prefix)
  return (
    [names.assisted, names.agentAuthored, names.unassisted].some((name) =>
      isSameLabel(name, label),
    ) || label.toLowerCase().startsWith(`${prefix}tool:`.toLowerCase())
  )
}

function takenOff(name: string, events: readonly LabelEvent[]): boolean {
  const last = lastEvent(name, events)
  return last?.action === 'removed' && last.by === 'person'
}

function lastEvent(name: string, events: readonly LabelEvent[]): LabelEvent | undefined {
  return events
    .filter(({ label }) => isSameLabel(label, name))
    .toSorted((one, other) => one.at - other.at)
    .at(-1)
}
