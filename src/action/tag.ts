import {
  addNotes,
  answerLabels,
  changeLabels,
  type GitHubApi,
  GitHubError,
  type PullRequestAddress,
  type PullRequestCommits,
  type PullRequestFacts,
  planLabels,
  readCommits,
  readPullRequest,
  standingLabels,
} from '../github/index.ts'
import {
  assessChange,
  type ChangeAssessment,
  type Commit,
  indexRegistry,
  type KnownMarks,
  shippedRegistry,
} from '../provenance/index.ts'
import { withoutStop } from './github-says.ts'
import type { Inputs } from './inputs.ts'
import { useConfiguration } from './use-configuration.ts'

/** What a run found out and did about one pull request. */
export interface Tagged {
  readonly assessment: ChangeAssessment
  readonly marks: KnownMarks
  /** Head commit that was read; null when nothing could be read. */
  readonly head: string | null
  /** Web address of the repository; absent when nothing could be read. */
  readonly repositoryUrl?: string
  /** Labels of ours that stand now, sorted. */
  readonly labels: readonly string[]
  /** What was left out for want of a permission, and which, in words. */
  readonly notices: readonly string[]
  /** What went wrong, and what to do, in words. */
  readonly warnings: readonly string[]
}

/** What the user should hear of a run, as it comes up. */
interface Remarks {
  readonly notices: string[]
  readonly warnings: string[]
}

/** GitHub's replicas lag behind its events: a head that is not listed yet is waited for. */
const lagDelays = [1_000, 4_000, 10_000]

/**
 * Reads one pull request, assesses it and moves its labels. What the token may not do is a notice; what GitHub does not
 * give makes the answer undeclared.
 *
 * @throws GitHubError `not-found`, `token` or `permission` when the set-up cannot work at all
 */
export async function tagPullRequest(
  api: GitHubApi,
  address: PullRequestAddress,
  inputs: Inputs,
  sleep: (milliseconds: number) => Promise<void>,
): Promise<Tagged> {
  const remarks: Remarks = { notices: [], warnings: [] }
  try {
    const { facts, commits } = await readWhole(api, address, inputs, sleep)
    remarkUnread(facts, commits, remarks)
    const warn = (message: string) => remarks.warnings.push(message)
    const configuration = await useConfiguration(facts.configuration, inputs.config, warn)
    const marks = indexRegistry(shippedRegistry(), configuration)
    const noted = await notesOf(api, address, facts, commits.commits, remarks)
    const assessment = assessChange(
      {
        ...facts,
        commits: noted.commits,
        complete: commits.complete && noted.complete,
        answerLabels: answerLabels(inputs['label-prefix']),
      },
      marks,
    )
    return {
      assessment,
      marks,
      head: facts.headSha,
      repositoryUrl: facts.url.replace(/\/pull\/\d+$/, ''),
      labels: await moveLabels(api, address, inputs, facts, assessment, remarks),
      ...remarks,
    }
  } catch (error) {
    if (!isOfGitHub(error)) throw error
    remarks.warnings.push(
      `Nothing was concluded, and no label was moved: ${withoutStop(error.message)}. Run the job again later.`,
    )
    const marks = indexRegistry(shippedRegistry())
    const assessment = {
      ...assessChange({ commits: [], complete: false }, marks),
      reason: 'GitHub did not give the pull request, so nothing is known of it.',
    }
    return { assessment, marks, head: null, labels: [], ...remarks }
  }
}

/** Whether a failure is GitHub's own or of the way there, and not one of the job's set-up. */
export function isOfGitHub(error: unknown): error is GitHubError {
  return (
    error instanceof GitHubError && (error.failure === 'unavailable' || error.failure === 'refused')
  )
}

/** Reads until the commits listed are those of the head that the pull request has (it may be pushed to meanwhile). */
async function readWhole(
  api: GitHubApi,
  address: PullRequestAddress,
  inputs: Inputs,
  sleep: (milliseconds: number) => Promise<void>,
): Promise<{ facts: PullRequestFacts; commits: PullRequestCommits }> {
  for (let tries = 0; ; tries += 1) {
    const facts = await readPullRequest(api, address, {
      configurationPath: inputs.config,
      labelPrefix: inputs['label-prefix'],
    })
    const commits = await readCommits(api, address, facts)
    const delay = lagDelays[tries]
    const settled = commits.complete || commits.missingPermission !== undefined
    if (settled || delay === undefined) return { facts, commits }
    await sleep(delay)
  }
}

function remarkUnread(
  facts: PullRequestFacts,
  commits: PullRequestCommits,
  { notices, warnings }: Remarks,
): void {
  if (facts.unreadable.includes('contents')) {
    notices.push(
      'The configuration file, authorship notes and the merge commit were not read: give the job `contents: read` to have them.',
    )
  }
  if (commits.missingPermission !== undefined) {
    notices.push(
      'Only the first 250 commits were read: give the job `contents: read` to have all of them.',
    )
  } else if (!commits.complete) {
    warnings.push(
      'GitHub did not list every commit up to the head of the pull request; it may have been pushed to meanwhile. Run the job again later.',
    )
  }
}

async function notesOf(
  api: GitHubApi,
  address: PullRequestAddress,
  facts: PullRequestFacts,
  commits: readonly Commit[],
  { warnings }: Remarks,
): Promise<{ readonly commits: readonly Commit[]; readonly complete: boolean }> {
  if (facts.notesTip === undefined) return { commits, complete: true }
  let noted: Awaited<ReturnType<typeof addNotes>>
  try {
    noted = await addNotes(api, address, facts.notesTip, commits)
  } catch (error) {
    if (!isOfGitHub(error)) throw error
    warnings.push(
      `Authorship notes were not read: ${withoutStop(error.message)}. Run the job again later.`,
    )
    return { commits, complete: false }
  }
  const { truncated } = noted
  if (truncated > 0) {
    warnings.push(
      `${truncated} authorship ${truncated === 1 ? 'note is' : 'notes are'} too long for GitHub to give whole and ${truncated === 1 ? 'was' : 'were'} not read.`,
    )
  }
  return { commits: noted.commits, complete: truncated === 0 }
}

async function moveLabels(
  api: GitHubApi,
  address: PullRequestAddress,
  inputs: Inputs,
  facts: PullRequestFacts,
  assessment: ChangeAssessment,
  { notices, warnings }: Remarks,
): Promise<readonly string[]> {
  const settings = { prefix: inputs['label-prefix'], tools: inputs['tool-labels'] }
  const state = { labels: facts.labels, events: facts.labelEvents }
  const removed: string[] = []
  const changes = inputs.labels ? planLabels(assessment, state, settings) : { add: [], remove: [] }
  try {
    const outcome = await changeLabels(api, address, changes, facts.knownLabels, (label) =>
      removed.push(label),
    )
    if (outcome.done) return standingLabels(state, changes, settings)
    notices.push(
      `No label was set: give the job \`${outcome.missing}\` to have ${outcome.missing === 'issues: write' ? 'labels created' : 'labels'}. Pull requests from forks and from Dependabot have a read-only token, so this is normal there.`,
    )
  } catch (error) {
    if (!(error instanceof GitHubError)) throw error
    const what = removed.length > 0 ? 'only half moved' : 'not moved'
    warnings.push(`Labels were ${what}: ${withoutStop(error.message)}. Run the job again later.`)
  }
  return standingLabels(state, { add: [], remove: removed }, settings)
}
