import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { snapToMonday } from '../../src/comparison/index.ts'
import { lines, messageWith } from './ai-marks.ts'
import { fakeGitHubForTest } from './fake-github/for-test.ts'
import {
  anAccount,
  aRepositoryOf,
  type FakeGitHub,
  type FakeGitHubOptions,
  type PullRequestHistory,
  type RepositoryInit,
  type StraightCommit,
} from './fake-github/index.ts'
import { temporaryDirectory } from './git-repository.ts'
import { type ActionResult, type ActionRun, runAction } from './run-action.ts'

const hour = 3_600_000

/** The Monday as of which a report is made now. */
export function thisMonday(): number {
  return snapToMonday(Date.now())
}

/** The time so many hours before or after this Monday 00:00 UTC, as GitHub writes it. */
export function hoursFromMonday(hours: number): string {
  return new Date(thisMonday() + hours * hour).toISOString().replace('.000Z', 'Z')
}

/** Names by which a person could be known: a report, a log and a file must hold none of them. */
export const people = Array.from({ length: 12 }, (_, index) => `zqperson${index}`)

/** A merged change, the n-th before this Monday, two days and more ago, seven hours apart: every second with AI, of twelve people, each working both ways. */
export function aMergedChange(nth: number): PullRequestHistory {
  const start = -(nth + 1) * 7 - 48
  const author = people[Math.floor(nth / 2) % people.length] ?? ''
  const reviewer = people[(Math.floor(nth / 2) + 1) % people.length] ?? ''
  const title = `Zqtitle of change ${nth}`
  const message = nth % 2 === 0 ? messageWith(lines.claude) : title
  const hoursToMerge = 2 + ((nth * 7) % 11)
  return {
    number: nth + 1,
    title,
    author: anAccount(author),
    openedAt: hoursFromMonday(start),
    commits: [{ message, author: { name: `Zqname ${author}`, email: `${author}@zqmail.example` } }],
    files: [{ path: 'src/widget.ts', additions: 5 + ((nth * 13) % 300), deletions: nth % 17 }],
    events: [
      {
        type: 'review',
        at: hoursFromMonday(start + 1),
        by: anAccount(reviewer),
        state: nth % 3 === 0 ? 'CHANGES_REQUESTED' : 'APPROVED',
      },
      {
        type: 'merge',
        at: hoursFromMonday(start + hoursToMerge),
        by: anAccount(reviewer),
        method: 'squash',
        message: `${title} (#${nth + 1})\n\n${message}`,
      },
    ],
  }
}

export interface ReportWorld {
  readonly github: FakeGitHub
  /** The runner's temporary directory, which stays between runs as a cache would keep it. */
  readonly temporary: string
  readonly run: (init?: Partial<Omit<ActionRun, 'github'>>) => Promise<Reporting>
}

/** What a run said, wrote and asked. */
export interface Reporting extends ActionResult {
  /** Text of a file that an output names; undefined where there is none. */
  readonly fileOf: (output: string) => string | undefined
  /** What it asked GitHub for, and what it changed there, as `METHOD path` in order. */
  readonly reads: readonly string[]
  readonly writes: readonly string[]
}

interface WorldInit extends FakeGitHubOptions {
  readonly changes?: number
  readonly straight?: readonly StraightCommit[]
  readonly repository?: RepositoryInit
}

/** A fake GitHub with so many merged changes, on which the report can be made again and again. */
export async function reportWorld({
  changes = 60,
  straight = [],
  repository,
  ...options
}: WorldInit = {}): Promise<ReportWorld> {
  const histories = Array.from({ length: changes }, (_, nth) => aMergedChange(nth))
  const github = await fakeGitHubForTest({
    repositories: [aRepositoryOf(histories, straight, repository)],
    permissions: { 'pull-requests': 'read', contents: 'read' },
    ...options,
  })
  const temporary = temporaryDirectory()
  return {
    github,
    temporary,
    run: (init) => runOn(github, temporary, init),
  }
}

async function runOn(
  github: FakeGitHub,
  temporary: string,
  init: Partial<Omit<ActionRun, 'github'>> = {},
): Promise<Reporting> {
  const before = github.requests.length
  const result = await runAction({
    event: 'schedule',
    ...init,
    inputs: { mode: 'report', ...init.inputs },
    environment: { RUNNER_TEMP: temporary, ...init.environment },
    github,
  })
  const asked = github.requests.slice(before).map(({ method, path }) => ({ method, path }))
  const isRead = ({ method, path }: { method: string; path: string }) =>
    method === 'GET' || path === '/graphql'
  const inWords = ({ method, path }: { method: string; path: string }) => `${method} ${path}`
  if (result.signal === null) expectSound(result, temporary)
  return {
    ...result,
    fileOf: (output) => {
      const path = result.outputs[output]
      return path !== undefined && existsSync(path) ? readFileSync(path, 'utf8') : undefined
    },
    reads: asked.filter(isRead).map(inWords),
    writes: asked.filter((one) => !isRead(one)).map(inWords),
  }
}

export const reportOutputNames = [
  'headline',
  'cycle-time',
  'review-rounds',
  'reverts',
  'report-html',
  'report-json',
] as const

/** What holds for every run that came to its end, whatever it met. */
function expectSound(result: ActionResult, temporary: string): void {
  expect(result.stderr).toBe('')
  expect(result.environmentWrites).toBe('')
  expect(['notice', 'warning', 'error', 'add-mask']).toEqual(
    expect.arrayContaining(result.commands.map(({ name }) => name)),
  )
  expect(result.errors).toHaveLength(result.exitCode === 0 ? 0 : 1)
  const names = Object.keys(result.outputs).filter((name) => name !== 'records-file')
  expect(names).toEqual(result.exitCode === 0 ? reportOutputNames : [])
  if (result.exitCode !== 0) return
  for (const name of ['report-html', 'report-json']) {
    expect(result.outputs[name]?.startsWith(join(temporary, 'what-shipped'))).toBe(true)
  }
}

/** How a person could be told from a text: by login, name, address, or the title of a change of theirs. */
export const tellsOfPeople = /zqperson|zqname|zqmail|zqtitle/i
