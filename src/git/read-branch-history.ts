import { changedWhileRead } from './changed-while-read.ts'
import type { CommitGraph } from './commit-graph.ts'
import { findPullRequest } from './find-pull-request.ts'
import type { Repository } from './open-repository.ts'
import { LOG_OPTIONS, milliseconds } from './read-listed-commits.ts'
import { readRecords } from './read-records.ts'
import { workKey } from './read-work.ts'
import { type GitLimits, streamGit } from './stream-git.ts'

/** The commits of a branch by first parent, newest first, in a few bytes each: texts are read again when they are due. */
export interface BranchHistory {
  readonly length: number
  /** Number of the commit in the graph, by position. */
  readonly commits: Int32Array
  /** Committer's date, milliseconds since the epoch, by position; NaN where the commit has none. */
  readonly committedAt: Float64Array
  /** Number of the pull request that the message names as its own, by position; 0: none. */
  readonly numbers: Int32Array
  /** Positions of commits without a number and with one parent, by who wrote them when under which subject. */
  readonly byWork: ReadonlyMap<number, number>
  /** By number of a pull request: the commit without a number of its own that says to close it, and its author. */
  readonly closers: ReadonlyMap<number, { readonly position: number; readonly email: string }>
}

const FIELDS = ['%H', '%P', '%ae', '%at', '%ct', '%s', '%B'] as const

/** As projects write it that put pull requests on the branch by hand. The number may be an issue's. */
const closing =
  /^(?:Closes|Fixes|Resolves):?[ \t]+(?:https?:\/\/\S+?\/pull\/|#)([1-9]\d{0,8})[ \t.]*$/im

export async function readBranchHistory(
  repository: Repository,
  graph: CommitGraph,
  tip: string,
  limits: GitLimits,
): Promise<BranchHistory> {
  const commits: number[] = []
  const committed: number[] = []
  const numbers: number[] = []
  const byWork = new Map<number, number>()
  const closers = new Map<number, { position: number; email: string }>()
  const args = ['log', '-z', '--first-parent', '--no-patch', ...LOG_OPTIONS]
  const format = `--format=tformat:${FIELDS.join('%x00')}`
  const log = streamGit(repository, [...args, format, '--end-of-options', tip, '--'], limits)
  for await (const records of readRecords(log, FIELDS.length)) {
    for (const record of records) {
      const [id = '', parents = '', email = '', authoredAt = ''] = record
      const [, , , , committedAt = '', subject = '', message = ''] = record
      const commit = graph.find(id)
      if (commit === undefined) throw changedWhileRead()
      const position = commits.push(commit) - 1
      committed.push(milliseconds(committedAt) ?? Number.NaN)
      const number = findPullRequest(message)?.number ?? 0
      numbers.push(number)
      if (number !== 0 || parents.includes(' ')) continue
      byWork.set(workKey(email, authoredAt, subject), position)
      const closed = closing.exec(message)?.[1]
      if (closed !== undefined) closers.set(Number(closed), { position, email })
    }
  }
  return {
    length: commits.length,
    commits: Int32Array.from(commits),
    committedAt: Float64Array.from(committed),
    numbers: Int32Array.from(numbers),
    byWork,
    closers,
  }
}
