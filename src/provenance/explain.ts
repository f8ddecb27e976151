import type { Assistance, Evidence } from './evidence.ts'
import { isPositive, type Weighed } from './weigh-evidence.ts'

/** Why one commit has its answer, in words of a closed vocabulary. */
export function explainCommit(
  { assistance, tier, setAside }: Weighed,
  evidence: readonly Evidence[],
  automation: string | undefined,
): string {
  if (setAside === 'disputed')
    return 'a tool left its mark and a person declared otherwise: disputed'
  if (setAside === 'unreliable-mark')
    return 'the only mark comes from a time in which it was written without AI use'
  if (assistance === 'unassisted') {
    return tier === 'E1'
      ? 'its authorship note saw no line by AI'
      : 'a person declared that no AI was used'
  }
  if (tier === 'E1') return 'attested by a verified account or an authorship note'
  if (tier === 'E2') return 'carries the mark that an AI tool leaves'
  if (tier === 'E3') return 'a person declared AI assistance'
  if (automation !== undefined) return 'made by a bot that is not an AI tool'
  if (evidence.some(({ claim }) => claim === 'suggested'))
    return 'an AI review suggestion was accepted, which is not authorship'
  if (evidence.length > 0) return 'only weak signs, which are never enough alone'
  return 'nothing recorded, which does not show that no AI was used'
}

/** What a change's answer is explained from. */
export interface Explained {
  readonly commits: readonly { readonly assistance: Assistance }[]
  /** Evidence of the change itself and of its commits. */
  readonly evidence: readonly Evidence[]
  readonly automation: string | undefined
  readonly complete: boolean
}

const unread = 'Not everything could be read, so nothing is concluded from what is missing.'

/** Why a change has its answer, in one to three sentences of a closed vocabulary. */
export function explainChange(weighed: Weighed, explained: Explained): string {
  const sentences =
    weighed.setAside === undefined
      ? explainAnswer(weighed, explained)
      : explainSetAside(weighed, explained)
  return [...sentences, ...(explained.complete ? [] : [unread])].join(' ')
}

const leftOut = 'so this change counts neither as assisted nor as unassisted'

function explainSetAside({ setAside, assistance }: Weighed, explained: Explained): string[] {
  if (setAside === 'unreliable-mark') {
    return [`The only mark comes from a time in which it was written without AI use, ${leftOut}.`]
  }
  return assistance === 'assisted'
    ? [
        `A tool left its mark and a person declared otherwise, ${leftOut}.`,
        ...shareOf(explained.commits),
      ]
    : [`Authorship notes saw no line by AI and a person declared AI assistance, ${leftOut}.`]
}

function explainAnswer({ assistance, tier, overruled }: Weighed, explained: Explained): string[] {
  if (assistance === 'unassisted') {
    return tier === 'E1'
      ? ['Its authorship notes saw no line by AI, and nothing says otherwise.']
      : ['A person declared that no AI was used.']
  }
  if (assistance === 'undeclared') return [explainUndeclared(explained)]
  const basis =
    tier === 'E1'
      ? 'A verified account or an authorship note attests it.'
      : tier === 'E2'
        ? 'It carries the mark that an AI tool leaves.'
        : 'A person declared it.'
  const unseen = overruled.some(({ tier, claim }) => tier === 'E1' && claim === 'unassisted')
  const denied =
    tier === 'E1' && overruled.some(({ tier, claim }) => tier === 'E3' && !isPositive(claim))
  return [
    basis,
    ...(denied ? ['A person declared otherwise; what is attested stands.'] : []),
    ...(unseen ? ['An authorship note saw no line by AI; the mark stands all the same.'] : []),
    ...shareOf(explained.commits),
  ]
}

function shareOf(commits: Explained['commits']): string[] {
  const marked = commits.filter(({ assistance }) => assistance === 'assisted').length
  if (commits.length === 0) return []
  if (marked === 0) return ['No sign stands in its own commits.']
  if (commits.length === 1) return ['Its one commit carries a sign of AI.']
  const carry = marked === 1 ? 'carries' : 'carry'
  return [`${marked} of its ${commits.length} commits ${carry} a sign of AI.`]
}

function explainUndeclared({ commits, evidence, automation, complete }: Explained): string {
  if (automation !== undefined) return 'It was made by a bot that is not an AI tool.'
  if (!complete && evidence.some(({ claim }) => claim === 'unassisted'))
    return 'It is declared or attested that no AI was used, which is not enough here.'
  if (evidence.some(({ claim }) => claim.endsWith('-withdrawn')))
    return 'A person took back what was declared, and nothing else is recorded.'
  if (evidence.some(({ claim }) => claim === 'suggested'))
    return 'An AI review suggestion was accepted, which is not authorship; nothing else is recorded.'
  if (commits.some(({ assistance }) => assistance === 'unassisted'))
    return 'Some commits are declared or attested to be made without AI; the others say nothing.'
  if (evidence.some(({ claim }) => isPositive(claim)))
    return 'There are only weak signs, which are never enough alone.'
  return 'Nothing is recorded, which does not show that no AI was used.'
}
