import { execFileSync } from 'node:child_process'
import { basename, dirname, resolve } from 'node:path'
import { openRepository, readCommits } from '../../src/git/index.ts'
import type { Commit } from '../../src/provenance/index.ts'

/** A clone to compare on: branches, and the heads of pull requests where it has them. */
export interface Clone {
  readonly directory: string
  readonly name: string
  /** Head commit by pull request's number. */
  readonly heads: ReadonlyMap<number, string>
  /** Commits to start from. */
  readonly tips: readonly string[]
}

/** Branches on which Entire CLI keeps its own commits; nobody's work. */
const metadataBranch = /^refs\/heads\/entire\//
const pullHead = /^refs\/pull\/(\d+)\/head$/

/** Reads the refs of a clone. Its name is its folder's; that of a bare `repo` or a `.git`, the folder above. */
export function openClone(directory: string): Clone {
  const path = resolve(directory)
  const inner = ['repo', '.git'].includes(basename(path))
  const heads = new Map<number, string>()
  const tips = new Set<string>()
  const format = '--format=%(refname) %(objectname)'
  for (const line of git(path, [
    'for-each-ref',
    format,
    'refs/heads',
    'refs/remotes',
    'refs/pull',
  ])) {
    const [ref = '', sha = ''] = line.split(' ')
    const number = pullHead.exec(ref)?.[1]
    if (ref.startsWith('refs/pull/') && number === undefined) continue
    if (metadataBranch.test(ref)) continue
    if (number !== undefined) heads.set(Number(number), sha)
    tips.add(sha)
  }
  return {
    directory: path,
    name: basename(inner ? dirname(path) : path).replace('+', '/'),
    heads,
    tips: [...tips],
  }
}

/** Streams the clone's commits but those of the default branch before `since` (a day, `2024-06-01`, UTC). */
export async function* commitsOf(clone: Clone, since: string): AsyncGenerator<Commit> {
  const repository = await openRepository(clone.directory, { environment: process.env })
  // A bare date would be read as that day at the present time of day.
  const before = `--before=${since}T00:00:00Z`
  const [old] = git(clone.directory, ['rev-list', '-1', before, 'HEAD'])
  const revisions = old === undefined ? clone.tips : [...clone.tips, `^${old}`]
  yield* readCommits(repository, { revisions })
}

/** Parents of every commit that leads to the clone's tips, by commit. */
export function parentsOf(clone: Clone): Map<string, readonly string[]> {
  const input = clone.tips.join('\n')
  const lines = git(clone.directory, ['rev-list', '--parents', '--stdin'], input)
  return new Map(
    lines.map((line) => {
      const [sha = '', ...parents] = line.split(' ')
      return [sha, parents] as const
    }),
  )
}

/** The default branch's commits by first parent, newest first. */
export function mainLine(clone: Clone): string[] {
  return git(clone.directory, ['rev-list', '--first-parent', 'HEAD'])
}

function git(directory: string, args: readonly string[], input?: string): string[] {
  const output = execFileSync('git', ['-C', directory, ...args], {
    encoding: 'utf8',
    maxBuffer: 1 << 30,
    ...(input === undefined ? {} : { input }),
  })
  return output.split('\n').filter((line) => line !== '')
}
