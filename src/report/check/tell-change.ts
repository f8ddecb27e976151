import type { Place } from '../../provenance/index.ts'
import {
  assistanceHeadline,
  claimWords,
  groupSigns,
  placeNames,
  type Sign,
  tierWords,
} from '../markdown/assistance-parts.ts'
import { type ChangeStep, changeFate, changeSteps, timeText } from './change-timeline.ts'
import type { CheckContents } from './check-contents.ts'
import { declarationText } from './declarations-section.ts'

/** What the check of a change tells of the change itself, for a page that writes it in its own way. Its texts are not escaped. */
export interface ToldChange {
  /** What is recorded, in a few words. */
  readonly headline: string
  /** Why, in a sentence or two. */
  readonly reason: string
  /** Signs that were found, the surest first. */
  readonly signs: readonly ToldSign[]
  readonly steps: readonly ToldStep[]
  /** Review rounds, and whether it was reverted; sentences. */
  readonly fate: readonly string[]
  /** What people declared of it; sentences. */
  readonly declarations: readonly string[]
}

/** A sign, and where it stands. */
export interface ToldSign {
  readonly text: string
  readonly tool: string
  readonly says: string
  /** Its tier, in words. */
  readonly sure: string
  readonly where: string
}

/** A step, and when it happened. */
export interface ToldStep extends ChangeStep {
  /** UTC, to the minute. */
  readonly when: string
}

/** The same facts as the check's, of this change alone: nothing compares it with others. */
export function tellChange({
  assessment,
  change,
  declarations,
  toolName,
}: Pick<CheckContents, 'assessment' | 'change' | 'declarations' | 'toolName'>): ToldChange {
  return {
    headline: assistanceHeadline(assessment),
    reason: [assessment.reason, assessment.policy].filter((part) => part !== null).join(' '),
    signs: groupSigns(assessment.evidence).map((sign) => tellSign(sign, toolName)),
    steps: changeSteps(change).map((step) => ({ ...step, when: timeText(step.at) })),
    fate: changeFate(change, (number) => `pull request ${number}`),
    declarations: declarations.map(declarationText),
  }
}

function tellSign(
  { evidence: { text, tool, claim, tier }, places }: Sign,
  toolName: (id: string) => string,
): ToldSign {
  const [first] = places
  const more = places.length - 1
  return {
    text,
    tool: toolName(tool),
    says: claimWords[claim],
    sure: tierWords[tier],
    where: `${first === undefined ? '' : placeText(first)}${more > 0 ? ` and ${more} more ${more === 1 ? 'place' : 'places'}` : ''}`,
  }
}

function placeText({ in: where, line, sha }: Place): string {
  const lineText = line === undefined ? '' : `, line ${line}`
  const commit = sha === undefined ? '' : ` of commit ${sha.slice(0, 7)}`
  return `${placeNames[where]}${lineText}${commit}`
}
