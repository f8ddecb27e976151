import type { ChangeAssessment, Evidence, Place, Tier } from '../../provenance/index.ts'
import { codeSpan, markdownTable, proseWithCode } from './markdown.ts'

/** What the summary of a pull request needs beside its assessment. */
export interface SummaryContext {
  /** Web address of the repository, without a slash at its end. */
  readonly repositoryUrl: string
  readonly number: number
  /** Names of the labels that answer, under the prefix in use. */
  readonly labels: { readonly assisted: string; readonly unassisted: string }
  /** Name of a tool by its id, as people read it. */
  readonly toolName: (id: string) => string
  /** What was left out of this run, in words: missing permissions, an unreadable configuration. */
  readonly notices: readonly string[]
}

/** GitHub takes 65,535 bytes for a check's summary; a job's may be longer. */
const maximumBytes = 65_000
/** Rows of a table at most; fewer, where their texts are so long that the summary would not fit. */
const rowLimits = [40, 20, 10, 5, 1]
const maximumTools = 10
const maximumNotices = 10
const maximumNotice = 300

/**
 * Markdown for the job summary or the check of one pull request: what was found, where, how sure, how to correct it. Never
 * longer than 65,000 bytes.
 */
export function assistanceSummary(assessment: ChangeAssessment, context: SummaryContext): string {
  for (const rows of rowLimits) {
    const summary = withRows(assessment, context, rows)
    if (new TextEncoder().encode(summary).length <= maximumBytes) return summary
  }
  return withRows(assessment, context, 0)
}

function withRows(
  assessment: ChangeAssessment,
  context: SummaryContext,
  maximumRows: number,
): string {
  return [
    `## ${headline(assessment)}`,
    assessment.reason,
    ...facts(assessment, context),
    ...(assessment.policy === null
      ? []
      : [`${assessment.policy} Here the absence of a mark means nothing.`]),
    ...notices(context),
    ...signs(assessment.evidence, context, maximumRows),
    ...correction(context),
    `<sub>Read from the commits, description, branch, labels and notes of pull request ${context.number}, with registry ${assessment.registry}. This describes one change and judges nobody's work.</sub>`,
  ].join('\n\n')
}

function headline({ assistance, agentAuthored, setAside, complete }: ChangeAssessment): string {
  const disputed = setAside === 'disputed' ? ', but disputed' : ''
  if (assistance === 'undeclared')
    return complete ? `No AI recorded${disputed}` : 'Not read in full'
  if (assistance === 'unassisted') return `Recorded as made without AI${disputed}`
  return `AI recorded: ${agentAuthored ? 'authored by an agent' : 'AI-assisted'}${disputed}`
}

const tierWords: Record<Tier, string> = {
  E1: 'E1 attested',
  E2: "E2 a tool's own mark",
  E3: "E3 a person's word",
  E4: 'E4 weak, not counted',
}

const claimWords: Record<Evidence['claim'], string> = {
  'agent-authored': 'an agent authored it',
  assisted: 'AI was used',
  unassisted: 'no AI',
  suggested: 'a review suggestion was taken',
  'assisted-withdrawn': 'AI use taken back',
  'unassisted-withdrawn': '"no AI" taken back',
}

function facts(assessment: ChangeAssessment, { toolName }: SummaryContext): string[] {
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
          `${intensity}: ${assessment.assistedCommits} of ${assessment.totalCommits} commits`,
        ],
      ],
    ),
  ]
}

function notices(context: SummaryContext): string[] {
  const shown = context.notices.slice(0, maximumNotices)
  const more = context.notices.length - shown.length
  return [
    ...shown.map((notice) => `> ${proseWithCode(notice, maximumNotice)}`),
    ...(more > 0 ? [`> … and ${more} more, in the job's log.`] : []),
  ]
}

/** A sign and all the places where it was found. */
interface Sign {
  readonly evidence: Evidence
  readonly places: readonly Place[]
}

function signs(
  evidence: readonly Evidence[],
  context: SummaryContext,
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
function groupSigns(evidence: readonly Evidence[]): Sign[] {
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

const placeNames: Record<Place['in'], string> = {
  author: 'author',
  committer: 'committer',
  message: 'message',
  note: 'authorship note',
  opener: 'account that opened it',
  branch: 'branch name',
  description: 'description',
  label: 'label',
}

function whereWords(places: readonly Place[], { repositoryUrl }: SummaryContext): string {
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

function correction({ labels }: SummaryContext): string[] {
  return [
    '### Is it wrong?',
    `Take a wrong label off, or put ${codeSpan(labels.assisted)} or ${codeSpan(labels.unassisted)} on. Or write ${codeSpan('AI-Assistance: none')}, ${codeSpan('AI-Assistance: assisted')} or ${codeSpan('AI-Assistance: agent')} on a line of its own in the description or a commit message. Your word is kept and shown. Against a tool's own mark it makes the change count neither as assisted nor as unassisted; what is attested stands.`,
  ]
}
