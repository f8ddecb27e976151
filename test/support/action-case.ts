import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect } from 'vitest'
import { type Metadata, MetadataSchema } from '../../src/action/metadata-schema.ts'
import {
  aPullRequest,
  aRepository,
  type FakeGitHub,
  type FakeGitHubOptions,
  type PullRequest,
  type PullRequestInit,
  type RepositoryInit,
  startFakeGitHub,
} from './fake-github/index.ts'
import { readText } from './repository.ts'
import { type ActionResult, type ActionRun, pullRequestEvent, runAction } from './run-action.ts'

/** A pull request on a fake GitHub, and how the Action is run on it. What is left out is the ordinary. */
export interface ActionCase
  extends Omit<FakeGitHubOptions, 'repositories'>,
    Omit<RunInit, 'repository'> {
  readonly pullRequest?: PullRequestInit
  readonly repository?: RepositoryInit | ((pullRequest: PullRequest) => RepositoryInit)
  /** The event's payload, where it needs to know the pull request. */
  readonly payloadOf?: (pullRequest: PullRequest) => unknown
  /** Faults, and changes of the state, before the first run. */
  readonly script?: (github: FakeGitHub, pullRequest: PullRequest) => void
}

type RunInit = Partial<Omit<ActionRun, 'github'>>

/** A fake GitHub with one pull request, on which the Action can be run again and again. */
export interface World {
  readonly github: FakeGitHub
  readonly pullRequest: PullRequest
  readonly run: (init?: RunInit) => Promise<Tagging>
}

/** What a run said and did; `metadata` is checked against its schemas. */
export interface Tagging extends ActionResult {
  readonly metadata: Metadata | null
  /** What it asked GitHub for, and what it changed there, as `METHOD path` in order. */
  readonly reads: readonly string[]
  readonly writes: readonly string[]
}

export const outputNames = [
  'assistance',
  'agent-authored',
  'intensity',
  'tools',
  'tier',
  'assisted-commits',
  'total-commits',
  'labels',
  'metadata',
  'metadata-file',
] as const

/** Runs the Action once on a pull request; the state of the fake stays open to look at. */
export async function tagCase(init: ActionCase = {}): Promise<Tagging & Omit<World, 'run'>> {
  return withWorld(init, async ({ github, pullRequest, run }) => ({
    ...(await run()),
    github,
    pullRequest,
  }))
}

/**
 * Starts a fake GitHub for as long as it is used. Ends by expecting that the fake had to answer nothing that GitHub
 * would not.
 */
export async function withWorld<Result>(
  init: ActionCase,
  use: (world: World) => Promise<Result>,
): Promise<Result> {
  const {
    pullRequest: pullRequestInit,
    repository: repositoryInit,
    script,
    payloadOf,
    ...given
  } = init
  const pullRequest = aPullRequest({ number: 7, ...pullRequestInit })
  const about = typeof repositoryInit === 'function' ? repositoryInit(pullRequest) : repositoryInit
  const repository = aRepository({ ...about, pullRequests: [pullRequest] })
  const rest = payloadOf === undefined ? given : { ...given, payload: payloadOf(pullRequest) }
  const github = await startFakeGitHub({ ...rest, repositories: [repository] })
  try {
    script?.(github, pullRequest)
    const result = await use({
      github,
      pullRequest,
      run: (again) => runOn(github, pullRequest, { ...rest, ...again }),
    })
    expect(github.contractErrors).toEqual([])
    return result
  } finally {
    await github.close()
  }
}

async function runOn(github: FakeGitHub, { number }: PullRequest, init: RunInit): Promise<Tagging> {
  const before = github.requests.length
  const result = await runAction({
    event: 'pull_request',
    payload: pullRequestEvent(number),
    ...init,
    github,
  })
  const requests = github.requests
    .slice(before)
    .map(({ method, path }) => ({ asked: `${method} ${path}`, read: isRead(method, path) }))
  if (result.signal === null) expectSound(result)
  return {
    ...result,
    metadata: result.metadata === null ? null : MetadataSchema.parse(result.metadata),
    reads: requests.filter(({ read }) => read).map(({ asked }) => asked),
    writes: requests.filter(({ read }) => !read).map(({ asked }) => asked),
  }
}

function isRead(method: string, path: string): boolean {
  return method === 'GET' || path === '/graphql'
}

const ajv = new Ajv2020({ formats: { date: true } })
const schemaName = 'docs/metadata.schema.json'

/** What the published schema finds wrong with metadata. */
function problemsByPublishedSchema(metadata: unknown): unknown {
  if (ajv.getSchema(schemaName) === undefined) {
    ajv.addSchema(JSON.parse(readText(schemaName)), schemaName)
  }
  ajv.validate(schemaName, metadata)
  return ajv.errors ?? []
}

/** What holds for every run that came to its end, whatever it met. */
function expectSound(result: ActionResult): void {
  const { outputs, metadata } = result
  expect(result.stderr).toBe('')
  expect(result.environmentWrites).toBe('')
  expect(['notice', 'warning', 'error']).toEqual(
    expect.arrayContaining(result.commands.map(({ name }) => name)),
  )
  expect(result.errors).toHaveLength(result.exitCode === 0 ? 0 : 1)
  if (metadata === null) {
    expect(outputs).toEqual({})
    return
  }
  expect(result.exitCode).toBe(0)
  expect(Object.keys(outputs)).toEqual(outputNames)
  expect(JSON.parse(outputs.metadata ?? '')).toEqual(metadata)
  expect(problemsByPublishedSchema(metadata)).toEqual([])
  const told = MetadataSchema.parse(metadata)
  expect(outputs).toMatchObject({
    assistance: told.assistance,
    'agent-authored': String(told.agentAuthored),
    intensity: told.intensity ?? '',
    tools: told.tools.join(','),
    tier: told.tier ?? '',
    'assisted-commits': String(told.assistedCommits),
    'total-commits': String(told.totalCommits),
  })
}
