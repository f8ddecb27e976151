import { execFileSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import {
  anAccount,
  aPullRequest,
  aRepository,
  type FakeGitHub,
  githubActions,
  startFakeGitHub,
} from '../test/support/fake-github/index.ts'
import { atMost, type Figure, median } from './figure.ts'
import { measureNode } from './measure-process.ts'

const runs = 21

/**
 * Our Action beside dependabot/fetch-metadata, which reads the same pull request from the same stub: time to the first
 * call, processor time, and the calls that an ordinary pull request costs.
 */
export async function benchAction(clones: readonly string[]): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'what-shipped-bench-'))
  const github = await startFakeGitHub({ repositories: [repository()] })
  try {
    const calls = await ordinaryCalls(github, folder)
    const clone = clones.find(holdsFetchMetadata)
    return clone === undefined
      ? calls
      : [...calls, ...(await besideFetchMetadata(github, folder, clone))]
  } finally {
    await github.close()
    await rm(folder, { recursive: true })
  }
}

const dependabot = anAccount('dependabot[bot]', { id: 49699333 })

/** Both pull requests have the same commit; the first has its label, as after every push but the first. */
const labelled = 7
const unlabelled = 8

/** Dependency updates with one AI trailer: both Actions have something to read in them. */
function repository() {
  return aRepository({
    labels: ['ai:assisted'],
    pullRequests: [labelled, unlabelled].map((number) =>
      aPullRequest({
        number,
        author: dependabot,
        ...(number === labelled
          ? {
              labels: ['ai:assisted'],
              labelEvents: [{ label: 'ai:assisted', actor: githubActions }],
            }
          : {}),
        head: { ref: 'dependabot/npm_and_yarn/left-pad-2.0.0' },
        commits: [
          {
            message:
              'Bump left-pad from 1.0.0 to 2.0.0\n\nBumps left-pad from 1.0.0 to 2.0.0.\n\n---\nupdated-dependencies:\n- dependency-name: left-pad\n  dependency-type: direct:production\n  update-type: version-update:semver-major\n...\n\nSigned-off-by: dependabot[bot] <support@github.com>\nCo-Authored-By: Claude <noreply@anthropic.com>\n',
            authorAccount: dependabot,
            verified: true,
          },
        ],
      }),
    ),
  })
}

async function ordinaryCalls(github: FakeGitHub, folder: string): Promise<Figure[]> {
  const again = await callsOf(github, folder, labelled)
  const first = await callsOf(github, folder, unlabelled)
  return [
    atMost(
      'reads for an ordinary pull request',
      Math.max(again.reads, first.reads),
      'calls',
      'a fixed limit',
      3,
    ),
    atMost('writes for one new label', first.writes, 'calls', 'one per label', 1),
    atMost('writes where the label stands', again.writes, 'calls', 'none', 0),
  ]
}

async function callsOf(
  github: FakeGitHub,
  folder: string,
  number: number,
): Promise<{ reads: number; writes: number }> {
  const before = github.requests.length
  await runOnce(github, folder, resolve('dist/index.js'), number)
  const made = github.requests.slice(before)
  const reads = made.filter(({ method, path }) => method === 'GET' || path === '/graphql').length
  return { reads, writes: made.length - reads }
}

async function besideFetchMetadata(
  github: FakeGitHub,
  folder: string,
  clone: string,
): Promise<Figure[]> {
  const other = join(folder, 'fetch-metadata.cjs')
  await writeFile(
    other,
    execFileSync('git', ['-C', clone, 'show', 'HEAD:dist/index.js'], { maxBuffer: 1e8 }),
  )
  const ours: Start[] = []
  const theirs: Start[] = []
  for (let run = 0; run < runs; run += 1) {
    theirs.push(await runOnce(github, folder, other))
    ours.push(await runOnce(github, folder, resolve('dist/index.js')))
  }
  const ratio = (of: (start: Start) => number) => median(ours.map(of)) / median(theirs.map(of))
  return [
    atMost(
      'time to first API call',
      ratio(({ firstCall }) => firstCall),
      'times',
      'fetch-metadata',
      1.15,
    ),
    atMost(
      'processor time of a run',
      ratio(({ cpu }) => cpu),
      'times',
      'fetch-metadata',
      1.15,
    ),
  ]
}

interface Start {
  readonly firstCall: number
  readonly cpu: number
}

async function runOnce(
  github: FakeGitHub,
  folder: string,
  script: string,
  number = labelled,
): Promise<Start> {
  const event = join(folder, 'event.json')
  const pull_request = {
    number,
    user: { login: dependabot.login },
    head: { ref: 'dependabot/npm_and_yarn/left-pad-2.0.0' },
    base: { ref: 'main' },
    body: '',
    title: 'Bump left-pad from 1.0.0 to 2.0.0',
  }
  await writeFile(
    event,
    JSON.stringify({
      action: 'opened',
      pull_request,
      repository: { name: 'widgets', owner: { login: 'acme' } },
    }),
  )
  await writeFile(join(folder, 'output'), '')
  await writeFile(join(folder, 'summary'), '')
  const started = performance.now()
  let firstCall = Number.NaN
  github.faults.push({
    match: {},
    times: 1,
    before: () => {
      firstCall = performance.now() - started
    },
  })
  const { cpu } = await measureNode([script], {
    env: {
      PATH: process.env.PATH,
      GITHUB_REPOSITORY: 'acme/widgets',
      GITHUB_API_URL: github.apiUrl,
      GITHUB_GRAPHQL_URL: github.graphqlUrl,
      GITHUB_SERVER_URL: github.url,
      GITHUB_EVENT_NAME: 'pull_request',
      GITHUB_EVENT_PATH: event,
      GITHUB_OUTPUT: join(folder, 'output'),
      GITHUB_STEP_SUMMARY: join(folder, 'summary'),
      RUNNER_TEMP: folder,
      'INPUT_GITHUB-TOKEN': github.state.token,
      'INPUT_SKIP-COMMIT-VERIFICATION': 'false',
      'INPUT_SKIP-VERIFICATION': 'false',
    },
  })
  return { firstCall, cpu }
}

function holdsFetchMetadata(clone: string): boolean {
  try {
    const manifest = execFileSync('git', ['-C', clone, 'show', 'HEAD:action.yml'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    return manifest.includes('Fetch Metadata from Dependabot PRs')
  } catch {
    return false
  }
}
