import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import * as core from '@actions/core'
import {
  answerLabels,
  connectGitHub,
  findPullRequest,
  type GitHubApi,
  GitHubError,
} from '../github/index.ts'
import { toolName } from '../provenance/index.ts'
import { assistanceSummary, visibleText } from '../report/index.ts'
import { gitHubSays, withoutStop } from './github-says.ts'
import { type Inputs, readInputs } from './inputs.ts'
import { logInfo, logNotice, logWarning } from './job-log.ts'
import { toMetadata } from './metadata.ts'
import { isOfGitHub, type Tagged, tagPullRequest } from './tag.ts'
import { writeTagOutputs } from './tag-outputs.ts'
import { findTarget, type Target } from './target.ts'
import { writeSummary } from './write-summary.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** The edge: environment in; outputs, summary, labels and one exit status out. Never throws. */
export async function run(environment: Environment): Promise<void> {
  try {
    const inputs = readInputs(environment)
    if (inputs.mode === 'report') await report(environment, inputs)
    else await tag(environment, inputs)
  } catch (error) {
    core.setFailed(visibleText(explain(error), 500))
  }
}

/** The report and what it needs are loaded for it alone: they would double what a tag's run loads. */
async function report(environment: Environment, inputs: Inputs): Promise<void> {
  const key = inputs['pseudonym-key']
  if (key !== undefined) core.setSecret(key)
  const repository = readRepository(environment)
  const api = await connect(inputs['github-token'])
  const { runReport } = await import('./run-report.ts')
  await runReport({
    environment,
    inputs,
    repository,
    api,
    now: Date.now,
    sleep: (milliseconds) => sleep(milliseconds),
    randomBytes,
  })
}

async function tag(environment: Environment, inputs: Inputs): Promise<void> {
  const repository = readRepository(environment)
  const target = await targetOf(environment, inputs)
  if (target.kind === 'nothing') {
    logNotice(`Nothing to tag: ${target.because}.`)
    return
  }
  const api = await connect(inputs['github-token'])
  const number =
    target.kind === 'pull-request'
      ? target.number
      : await pushedPullRequest(api, repository, target.sha)
  if (number === undefined) return
  const tagged = await tagPullRequest(api, { ...repository, number }, inputs, (milliseconds) =>
    sleep(milliseconds),
  )
  for (const notice of tagged.notices) logNotice(notice)
  for (const warning of tagged.warnings) logWarning(warning)
  const metadata = toMetadata(tagged.assessment, {
    repository: `${repository.owner}/${repository.name}`,
    number,
    head: tagged.head,
  })
  await writeTagOutputs(environment, metadata, tagged.labels)
  if (inputs.summary) {
    await writeSummary(environment, () => summaryOf(environment, inputs, number, tagged))
  }
  logInfo(`${metadata.repository}#${number}: ${metadata.assistance}. ${metadata.reason}`)
}

function readRepository(environment: Environment): { owner: string; name: string } {
  const [owner, name] = (environment.GITHUB_REPOSITORY ?? '').split('/')
  if (!owner || !name) {
    throw new Error('GITHUB_REPOSITORY is not set: run this as a step of a GitHub Actions workflow')
  }
  return { owner, name }
}

async function targetOf(environment: Environment, inputs: Inputs): Promise<Target> {
  const given = inputs['pull-request']
  const payload = given === undefined ? await readEvent(environment) : undefined
  return findTarget(environment.GITHUB_EVENT_NAME ?? '', payload, given)
}

/** Loaded only where it is used: it is slow to load, and reads the event file as soon as it is. */
async function connect(token: string): Promise<GitHubApi> {
  const { getOctokit } = await import('@actions/github').catch((cause: unknown) => {
    throw unreadableEvent(cause)
  })
  // The parser of HTTP is WebAssembly. V8 would optimize it beside the run, for two replies: a seventh of its processor time.
  setFlagsFromString('--wasm-tiering-budget=1000000000')
  return connectGitHub(getOctokit(token), {
    sleep: (milliseconds) => sleep(milliseconds),
    now: Date.now,
    random: Math.random,
  })
}

async function pushedPullRequest(
  api: GitHubApi,
  repository: { owner: string; name: string },
  sha: string,
): Promise<number | undefined> {
  try {
    const number = await findPullRequest(api, repository, sha)
    if (number === undefined) {
      logNotice('Nothing to tag: the pushed commit came with no pull request.')
    }
    return number
  } catch (error) {
    if (!isOfGitHub(error)) throw error
    logWarning(
      `Nothing was tagged: GitHub did not say which pull request the pushed commit came with (${withoutStop(error.message)}). Run the job again later.`,
    )
    return undefined
  }
}

async function readEvent(environment: Environment): Promise<unknown> {
  const path = environment.GITHUB_EVENT_PATH
  if (!path)
    throw new Error('GITHUB_EVENT_PATH is not set: run this as a step of a GitHub Actions workflow')
  try {
    return JSON.parse(await readFile(path, 'utf8'))
  } catch (cause) {
    throw unreadableEvent(cause)
  }
}

function unreadableEvent(cause: unknown): Error {
  return new Error('The event file that the runner wrote could not be read; run the job again', {
    cause,
  })
}

function summaryOf(
  environment: Environment,
  inputs: Inputs,
  number: number,
  tagged: Tagged,
): string {
  const server = environment.GITHUB_SERVER_URL || 'https://github.com'
  return assistanceSummary(tagged.assessment, {
    repositoryUrl: tagged.repositoryUrl ?? `${server}/${environment.GITHUB_REPOSITORY}`,
    number,
    labels: answerLabels(inputs['label-prefix']),
    toolName: (id) => toolName(id, tagged.marks),
    notices: [...tagged.warnings, ...tagged.notices],
  })
}

/** The one line a failed job shows: what happened, and what to change. */
function explain(error: unknown): string {
  if (error instanceof GitHubError && error.failure === 'permission') {
    return `The token may not read this pull request (${gitHubSays(error.message)}). Give the job \`permissions: pull-requests: read\`.`
  }
  if (error instanceof GitHubError && error.failure === 'not-found') {
    return `There is no such pull request, or the token may not see it (${gitHubSays(error.message)}). Check the input pull-request, and that the token is one of this repository.`
  }
  if (error instanceof GitHubError && error.failure === 'token') {
    return `${withoutStop(error.message)}. Leave the input github-token out to use the job's own token.`
  }
  return error instanceof Error ? error.message : String(error)
}
