import type { AnswerLabels, ChangeFacts, LabelEvent } from './change-facts.ts'
import type { Claim, Evidence, Place, Tier } from './evidence.ts'
import { isSameLabel } from './is-same-label.ts'
import { forEachPlainLine } from './plain-lines.ts'
import { isAccountOf, type KnownMark, type KnownMarks } from './registry.ts'
import { shownText } from './shown-text.ts'

/** What the pull request itself says, apart from its commits. */
export interface ChangeEvidence {
  readonly evidence: readonly Evidence[]
  /** Id of the dependency, release, merge or format bot that opened it. */
  readonly automation?: string
}

/** `Evidence.tool` of what a person says with one of our labels: it names no tool. */
export const answerLabelTool = 'label'

/** `Evidence.tool` of what a person says with a button of the check: it names no tool. */
export const checkTool = 'check'

/** Reads who opened a pull request, its branch, description, labels and declarations against the registry. */
export function findChangeEvidence(facts: ChangeFacts, marks: KnownMarks): ChangeEvidence {
  const { evidence, automation } = openerEvidence(facts, marks)
  return {
    evidence: [
      ...evidence,
      ...branchEvidence(facts, marks),
      ...descriptionEvidence(facts, marks),
      ...ownLabelEvidence(facts),
      ...otherLabelEvidence(facts, marks),
      ...declarationEvidence(facts),
    ],
    ...(automation === undefined ? {} : { automation }),
  }
}

/** Who opens a pull request authors it: that goes for a reviewer's own account too. */
function openerEvidence({ opener }: ChangeFacts, marks: KnownMarks): ChangeEvidence {
  if (opener === undefined) return { evidence: [] }
  const known = marks.authors.match('', opener).map((match) => match.known)
  const [agent] = known.filter(({ tool }) => tool.kind !== 'automation')
  if (agent === undefined) {
    const [bot] = known
    return bot === undefined ? { evidence: [] } : { evidence: [], automation: bot.tool.id }
  }
  const attested = isAccountOf(agent, opener) ? { tier: 'E1' as const } : {}
  const says: Says = { claim: 'agent-authored', ...attested }
  return { evidence: [toEvidence(agent, { in: 'opener' }, opener.login, marks, says)] }
}

function branchEvidence({ branch }: ChangeFacts, marks: KnownMarks): Evidence[] {
  if (branch === undefined) return []
  return marks.branches
    .filter(({ pattern }) => pattern?.test(branch) === true)
    .map((known) => toEvidence(known, { in: 'branch' }, branch, marks))
}

function descriptionEvidence(facts: ChangeFacts, marks: KnownMarks): Evidence[] {
  const { description } = facts
  if (description === undefined || description === '') return []
  const lines = marks.lines.filter(({ mark }) => description.includes(mark.contains))
  const evidence = new Map<string, Evidence>()
  forEachPlainLine(description, marks.reviewerBlocks, (line, number) => {
    for (const known of lines) {
      const key = `${known.id}\n${line}`
      if (!line.includes(known.mark.contains) || evidence.has(key)) continue
      if (known.pattern?.test(line) !== true) continue
      const where: Place = { in: 'description', line: number }
      evidence.set(key, toEvidence(known, where, line, marks, { at: facts.describedAt }))
    }
  })
  return [...evidence.values()]
}

/** A vendor's or the repository's label is the tool's own mark only where an app set it. */
function otherLabelEvidence(facts: ChangeFacts, marks: KnownMarks): Evidence[] {
  const { labels = [] } = facts
  if (labels.length === 0) return []
  const answers = facts.answerLabels === undefined ? [] : Object.values(facts.answerLabels)
  return labels.flatMap((label) => {
    const known = marks.labels.get(label.toLowerCase())
    if (known === undefined || answers.some((answer) => isSameLabel(answer, label))) return []
    const added = eventsOf(label, facts).findLast(({ action }) => action === 'added')
    const byApp = added !== undefined && added.by !== 'person'
    const weaker = byApp || known.mark.tier === 'E4' ? {} : { tier: 'E3' as const }
    return [toEvidence(known, { in: 'label' }, label, marks, { ...weaker, at: added?.at })]
  })
}

const answerClaims = {
  assisted: 'assisted',
  agentAuthored: 'agent-authored',
  unassisted: 'unassisted',
} as const satisfies Record<keyof AnswerLabels, Claim>

/**
 * A person's word about one of our labels: adding it declares, taking off what we had put on withdraws. What we did
 * ourselves says nothing new, and taking off one's own label leaves nothing said.
 */
function ownLabelEvidence(facts: ChangeFacts): Evidence[] {
  const { answerLabels, labelEvents = [] } = facts
  if (answerLabels === undefined || labelEvents.length === 0) return []
  const answers = ['assisted', 'agentAuthored', 'unassisted'] as const
  const words = answers.flatMap((answer): Evidence[] => {
    const label = answerLabels[answer]
    const events = eventsOf(label, facts)
    const last = events.findLast(({ by }) => by === 'person')
    if (last === undefined) return []
    const tookOffOurs = events.some(
      ({ by, action }, index) =>
        by === 'person' && action === 'removed' && events[index - 1]?.by !== 'person',
    )
    if (last.action === 'removed' && !tookOffOurs) return []
    const declared = answerClaims[answer]
    const withdrawn = declared === 'unassisted' ? 'unassisted-withdrawn' : 'assisted-withdrawn'
    return [
      {
        tool: answerLabelTool,
        mark: `${answerLabelTool}/${declared}`,
        tier: 'E3',
        claim: last.action === 'added' ? declared : withdrawn,
        where: { in: 'label' },
        text: label,
        at: last.at,
      },
    ]
  })
  // Who changes "agent-authored" into "assisted" takes off the one and puts on the other, in any order or at once.
  return words.some(({ claim }) => claim === 'assisted' || claim === 'agent-authored')
    ? words.filter(({ claim }) => claim !== 'assisted-withdrawn')
    : words
}

function declarationEvidence({ declarations = [] }: ChangeFacts): Evidence[] {
  return declarations.map(({ claim, at }) => ({
    tool: checkTool,
    mark: `${checkTool}/${claim}`,
    tier: 'E3',
    claim,
    where: { in: 'check' },
    text: claim,
    at,
  }))
}

/** What happened to one label, oldest first. */
function eventsOf(label: string, { labelEvents = [] }: ChangeFacts): LabelEvent[] {
  return labelEvents
    .filter((event) => isSameLabel(event.label, label))
    .toSorted((one, other) => one.at - other.at)
}

/** What differs from the mark's own tier and claim, and when it was written. */
interface Says {
  readonly tier?: Tier
  readonly claim?: Claim
  readonly at?: number | undefined
}

function toEvidence(
  { id, tool, mark }: KnownMark,
  where: Place,
  text: string,
  marks: KnownMarks,
  { tier = mark.tier, claim = mark.claim ?? 'assisted', at }: Says = {},
): Evidence {
  return {
    tool: tool.id,
    mark: id,
    tier,
    claim,
    where,
    text: shownText(text, marks),
    at,
  }
}
