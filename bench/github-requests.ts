import { execFileSync } from 'node:child_process'
import { createPseudonyms } from '../src/delivery/index.ts'
import { connectGitHub, connectRest, readPullRequestRecords } from '../src/github/index.ts'
import { indexRegistry, shippedRegistry } from '../src/provenance/index.ts'
import {
  anAccount,
  aRepositoryOf,
  type FakeGitHub,
  type HistoryEvent,
  minute,
  type PullRequestHistory,
  startFakeGitHub,
} from '../test/support/fake-github/index.ts'
import { atMost, type Figure } from './figure.ts'

const pullRequests = 500

/**
 * Requests per pull request of an export, beside the calls that github/issue-metrics makes for each one. Looking for reverts
 * on the default branch is counted apart: it is a request per hundred commits, however many pull requests they came by.
 */
export async function benchGitHubRequests(clones: readonly string[]): Promise<Figure[]> {
  const theirs = callsOfIssueMetrics(clones)
  const versus = `${theirs.calls} calls of github/issue-metrics: ${theirs.cited}`
  const withContents = await requestsOf({ 'pull-requests': 'read', contents: 'read' })
  const without = await requestsOf({ 'pull-requests': 'read' })
  const unit = 'requests'
  return [
    atMost('requests per pull request, with contents', withContents.own, unit, versus, 0.06),
    atMost('requests per pull request, without contents', without.own, unit, versus, 1.1),
    atMost(
      'requests per commit for reverts on the branch',
      withContents.branch,
      unit,
      'nothing: github/issue-metrics reads no branch',
      0.02,
    ),
  ]
}

async function requestsOf(permissions: Record<string, 'read'>) {
  const github = await startFakeGitHub({
    repositories: [
      aRepositoryOf(Array.from({ length: pullRequests }, (_, index) => ordinary(index))),
    ],
    permissions,
    rateLimits: null,
  })
  try {
    let read = 0
    for await (const { records } of recordsOf(github)) {
      read += records.filter(({ record }) => record === 'pull-request').length
    }
    if (read !== pullRequests) throw new Error(`${read} of ${pullRequests} pull requests came`)
    const branch = github.requests.filter(({ body }) =>
      /query (?:BranchCommits|CommitDetails)/.test(JSON.stringify(body) ?? ''),
    ).length
    const own = (github.requests.length - branch) / pullRequests
    // Each pull request left one commit on the branch, its squash.
    return { own, branch: branch / pullRequests }
  } finally {
    await github.close()
  }
}

function recordsOf(github: FakeGitHub) {
  const api = connectGitHub(connectRest({ token: github.state.token, baseUrl: github.apiUrl }), {
    sleep: async () => {},
    now: Date.now,
    random: () => 0,
  })
  const recording = {
    marks: indexRegistry(shippedRegistry()),
    pseudonyms: createPseudonyms(new Uint8Array(32)),
  }
  const repository = { owner: 'acme', name: 'widgets' }
  return readPullRequestRecords(api, repository, {
    recording,
    readAt: () => '2026-06-01T00:00:00Z',
  })
}

const dev = anAccount('dev')
const reviewers = ['one', 'two'].map((name) => anAccount(name))

/**
 * The pull request of that place in a mix like that of 17,743 merged ones of three public repositories: of a thousand, 9 change
 * more than 100 files and 2 have more than 50 commits (the highest shares of the three); 4 have more than 20 threads, which
 * is assumed. Most have one to three commits, one or two reviews and a few label events.
 */
function ordinary(index: number): PullRequestHistory {
  const place = index % 1_000
  const opened = index * 30
  const files = isOneOf(place, 9) ? 130 : 1 + (place % 12)
  const commits = isOneOf(place + 7, 2) ? 60 : 1 + (place % 3)
  const threads = isOneOf(place + 13, 4) ? 25 : place % 3
  const reviews = Array.from({ length: 1 + (place % 2) }, (_, review): HistoryEvent => {
    const by = reviewers[review] ?? dev
    const state = review === 0 ? 'COMMENTED' : 'APPROVED'
    return { type: 'review', at: minute(opened + 5 + review), by, state, threads }
  })
  return {
    number: index + 1,
    author: dev,
    openedAt: minute(opened),
    draft: place % 4 === 0,
    commits: Array.from({ length: commits }, (_, commit) => ({ message: `Step ${commit}` })),
    files: Array.from({ length: files }, (_, file) => ({
      path: `src/file-${file}.ts`,
      additions: 10,
      deletions: 3,
    })),
    events: [
      { type: 'label', at: minute(opened + 1), label: 'feature' },
      ...(place % 4 === 0 ? [{ type: 'ready', at: minute(opened + 2) } as const] : []),
      { type: 'request-review', at: minute(opened + 3) },
      ...reviews,
      { type: 'merge', at: minute(opened + 25), method: 'squash' },
    ],
  }
}

/** Spreads so many over a thousand places. */
function isOneOf(place: number, of1000: number): boolean {
  return Math.floor(((place + 1) * of1000) / 1_000) > Math.floor((place * of1000) / 1_000)
}

/**
 * What github/issue-metrics asks GitHub for one merged pull request with its settings left at their defaults, read from its
 * source at this commit; beside these a search for each hundred items. Comments, reviews and events of more than a page cost
 * more.
 */
const issueMetrics = {
  commit: 'd70b1a008160de287006e9fac87270cf5b3a3001',
  calls: [
    ['issue_metrics.py', 144, 'issue.issue.pull_request()'],
    ['time_to_ready_for_review.py', 40, 'issue.issue.events('],
    ['time_to_first_response.py', 57, 'issue.issue.comments('],
    ['time_to_first_response.py', 75, 'pull_request.reviews('],
  ],
} as const

/** With a clone of it (`--clone`), each place is looked up again. */
function callsOfIssueMetrics(clones: readonly string[]): { calls: number; cited: string } {
  const { commit, calls } = issueMetrics
  const clone = clones.find((path) => holds(path, commit))
  for (const [file, line, call] of clone === undefined ? [] : calls) {
    const text = git(clone ?? '', 'show', `${commit}:${file}`).split('\n')[line - 1] ?? ''
    if (!text.includes(call)) throw new Error(`${file}:${line} does not call ${call} at ${commit}`)
  }
  const cited = calls.map(([file, line]) => `${file}:${line}`).join(', ')
  const how = clone === undefined ? 'as read at' : 'looked up at'
  return { calls: calls.length, cited: `${cited}, ${how} ${commit.slice(0, 7)}` }
}

function holds(clone: string, commit: string): boolean {
  try {
    return git(clone, 'cat-file', '-t', commit).trim() === 'commit'
  } catch {
    return false
  }
}

function git(directory: string, ...args: readonly string[]): string {
  return execFileSync('git', ['-C', directory, ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  })
}
