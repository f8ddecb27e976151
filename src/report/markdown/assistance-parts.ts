import type { ChangeAssessment, Evidence, Place, Tier } from '../../provenance/index.ts'
import { codeSpan, markdownTable } from './markdown.ts'

/** What names and links are made with. */
export interface AssistanceContext {
  /** Web address of the repository, without a slash at its end. */
  readonly repositoryUrl: string
  /** Name of a tool by its id, as people read it. */
  readonly toolName: (id: string) => string
}

const maximumTools = 10

/** What is recorded, in a few words: `AI recorded: AI-assisted`. */
export function assistanceHeadline({
  assistance,
  agentAuthored,
  setAside,
  complete,
}: ChangeAssessment): string {
  const disputed = setAside === 'disputed' ? ', but disputed' : ''
  if (assistance === 'undeclared')
    return complete ? `No AI recorded${disputed}` : 'Not read in full'
  if (assistance === 'unassisted') return `Recorded as made without AI${disputed}`
  return `AI recorded: ${agentAuthored ? 'authored by an agent' : 'AI-assisted'}${disputed}`
}

/** How sure a sign is. */
export const tierWords: Record<Tier, string> = {
  E1: 'E1 attested',
  E2: "E2 a tool's own mark",
  E3: "E3 a person's word",
  E4: 'E4 weak, not counted',
}

/** What a sign says. */
export const claimWords: Record<Evidence['claim'], string> = {
  'agent-authored': 'an agent authored it',
  assisted: 'AI was used',
  unassisted: 'no AI',
  suggested: 'a review suggestion was taken',
  'assisted-withdrawn': 'AI use taken back',
  'unassisted-withdrawn': '"no AI" taken back',
}

/** Tool, tier and intensity of an assisted change; and where a policy makes the absence of a mark mean nothing, that. */
export function assistanceFacts(
  assessment: ChangeAssessment,
  context: AssistanceContext,
): string[] {
  return [
    ...answerTable(assessment, context),
    ...(assessment.policy === null
      ? []
      : [`${assessment.policy} Here the absence of a mark means nothing.`]),
  ]
}

function answerTable(assessment: ChangeAssessment, { toolName }: AssistanceContext): string[] {
  const { tools, tier, intensity } = assessment
  if (assessment.assistance !== 'assisted' || tier === null || intensity === null) return []
  const named = tools.slice(0, maximumTools).map((id) => codeSpan(toolName(id)))
  const more = tools.length - named.length
  return [
    markdownTable(
      ['Tool', 'Strongest sign', 'Intensity'],
      [
        [
          named.length === 0
            ? 'not named'
            : `${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`,
          tierWords[tier],
          intensityWords(assessment, intensity),
        ],
      ],
    ),
  ]
}

/** How much of the change carries signs. */
export function intensityWords(
  { assistedCommits, totalCommits }: ChangeAssessment,
  intensity: 'light' | 'heavy',
): string {
  return totalCommits === 1
    ? 'its one commit'
    : `${intensity}: ${assistedCommits} of ${totalCommits} commits`
}

/** A sign and all the places where it was found. */
export interface Sign {
  readonly evidence: Evidence
  readonly places: readonly Place[]
}

/** Each sign that was found, with its tier and its place, in at most so many rows. */
export function assistanceSigns(
  evidence: readonly Evidence[],
  context: AssistanceContext,
  maximumRows: number,
): string[] {
  if (evidence.length === 0) return []
  const all = groupSigns(evidence)
  const rows = all
    .slice(0, maximumRows)
    .map(({ evidence: { text, tool, claim, tier }, places }) => [
      codeSpan(text),
      codeSpan(context.toolName(tool)),
      claimWords[claim],
      tierWords[tier],
      whereWords(places, context),
    ])
  const more = all.length - rows.length
  return [
    '### What was found',
    ...(rows.length > 0
      ? [markdownTable(['Sign', 'Tool', 'It says', 'How sure', 'Where'], rows)]
      : []),
    ...(more > 0 ? [`… and ${more} more.`] : []),
  ]
}

/** The same sign in many commits is one row; the strongest come first. */
export function groupSigns(evidence: readonly Evidence[]): Sign[] {
  const groups = Map.groupBy(evidence, ({ tool, tier, claim, text, where }) =>
    JSON.stringify([tool, tier, claim, text, where.in]),
  )
  return [...groups.values()]
    .flatMap((group) => {
      const [first] = group
      return first === undefined
        ? []
        : [{ evidence: first, places: group.map(({ where }) => where) }]
    })
    .toSorted((one, other) => strength(one) - strength(other))
}

function strength({ evidence: { tier } }: Sign): number {
  return Number(tier.slice(1))
}

/** Where a sign was found. */
export const placeNames: Record<Place['in'], string> = {
  author: 'author',
  committer: 'committer',
  message: 'message',
  note: 'authorship note',
  opener: 'account that opened it',
  branch: 'branch name',
  description: 'description',
  label: 'label',
  check: 'button of the check',
}

function whereWords(places: readonly Place[], { repositoryUrl }: AssistanceContext): string {
  const [place] = places
  if (place === undefined) return ''
  const line = place.line === undefined ? '' : `, line ${place.line}`
  const more =
    places.length === 1
      ? ''
      : ` and ${places.length - 1} more ${places.length === 2 ? 'place' : 'places'}`
  const words = `${placeNames[place.in]}${line}`
  if (place.sha === undefined || !/^[0-9a-f]{40,64}$/.test(place.sha)) return `${words}${more}`
  const commit = `[\`${place.sha.slice(0, 7)}\`](${repositoryUrl}/commit/${place.sha})`
  return `${commit} ${words}${more}`
}
